import { useEffect, useEffectEvent, useState } from 'react'
import { MAX_LINK_FILE } from '../../core/links/link-file.ts'

/** Takes files that are dropped anywhere in the window, one at a time. True while one is held over it. */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent(onFile)
  useEffect(() => {
    const end = new AbortController()
    const { signal } = end
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      // Otherwise the drop is refused.
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      // Within the window it goes on to another element.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      const [file] = event.dataTransfer?.files ?? []
      if (file === undefined) return
      event.preventDefault()
      setOver(false)
      take(file)
    }
    window.addEventListener('dragover', over, { signal })
    window.addEventListener('dragleave', leave, { signal })
    window.addEventListener('drop', drop, { signal })
    return () => end.abort()
  }, [])
  return isOver
}

/** A file's text; empty for one that is larger than any invitation, and where it can't be read. */
export async function textOf(file: File): Promise<string> {
  if (file.size > MAX_LINK_FILE) return ''
  return file.text().catch(() => '')
}
