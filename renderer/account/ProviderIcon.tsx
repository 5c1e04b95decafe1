import { useEffect, useRef, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'

/** Pixels on each side of the canvas: twice what is shown. */
const SIDE = 48

interface Props {
  /** A picture in base64; null where there is none. */
  readonly picture: string | null
}

/**
 * The icon beside an identity provider's name: a key, until its own is drawn. On a canvas, so that the page's policy
 * needn't allow pictures from anywhere, and nothing in it moves.
 */
export function ProviderIcon({ picture }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawn, setDrawn] = useState<string | null>(null)
  useEffect(() => {
    if (picture === null) return undefined
    let isCurrent = true
    const show = async (): Promise<void> => {
      const icon = await readIcon(picture)
      const context = canvas.current?.getContext('2d') ?? null
      if (!isCurrent || icon === null || context === null) return
      const scale = Math.min(SIDE / icon.width, SIDE / icon.height)
      const [width, height] = [icon.width * scale, icon.height * scale]
      context.imageSmoothingQuality = 'high'
      context.clearRect(0, 0, SIDE, SIDE)
      context.drawImage(icon, (SIDE - width) / 2, (SIDE - height) / 2, width, height)
      setDrawn(picture)
    }
    void show()
    return () => {
      isCurrent = false
    }
  }, [picture])
  const isDrawn = picture !== null && drawn === picture
  return (
    <>
      {!isDrawn && <Icon name="key" />}
      <canvas
        ref={canvas}
        className="provider-icon"
        width={SIDE}
        height={SIDE}
        hidden={!isDrawn}
        aria-hidden="true"
      />
    </>
  )
}

// Its head was read in the main process; whether the rest is a picture shows only here.
async function readIcon(picture: string): Promise<ImageBitmap | null> {
  try {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.codePointAt(0) ?? 0)
    return await createImageBitmap(new Blob([bytes]))
  } catch {
    return null
  }
}
