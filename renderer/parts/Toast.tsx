import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { Icon } from './Icon.tsx'

const SHOWN_FOR = 5_000

/** A short message that goes away by itself. Gives the element to place and the function that shows a text. */
export function useToast(): readonly [toast: ReactNode, show: (text: string) => void] {
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    if (text === null) return undefined
    const timer = setTimeout(() => setText(null), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [text])
  const show = useCallback((next: string) => setText(next), [])
  const toast = (
    <div className="toast-place" role="status">
      {text !== null && (
        <p className="toast">
          <Icon name="check" isSmall />
          <bdi>{text}</bdi>
        </p>
      )}
    </div>
  )
  return [toast, show]
}
