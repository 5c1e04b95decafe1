import { useEffect, useRef, useState } from 'react'
import type { Community } from '../../core/communities/community.ts'
import { useActions } from '../bridge.tsx'

/** Pixels on each side of the canvas: twice what is shown. */
const SIDE = 96

/**
 * The sign of a community: its initials, until its own picture is drawn over them. On a canvas, so that the page's
 * policy needn't allow pictures from anywhere, and nothing in it moves.
 */
export function Face({ community }: { readonly community: Pick<Community, 'initials' | 'picture'> }) {
  const { readPicture } = useActions()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawn, setDrawn] = useState<string | null>(null)
  const { picture, initials } = community
  useEffect(() => {
    if (!picture) return undefined
    let isCurrent = true
    const show = async (): Promise<void> => {
      const image = await readImage(await readPicture(picture).catch(() => null))
      const context = image === null ? null : canvas.current?.getContext('2d')
      if (!isCurrent || !image || !context) return
      drawSquare(context, image)
      setDrawn(picture)
    }
    void show()
    return () => {
      isCurrent = false
    }
  }, [picture, readPicture])
  const isDrawn = drawn !== null && drawn === picture
  return (
    <span className="face" aria-hidden="true">
      {!isDrawn && initials}
      <canvas ref={canvas} width={SIDE} height={SIDE} hidden={!isDrawn} />
    </span>
  )
}

/* The middle of it, on white: signs with see-through parts are made for paper. */
function drawSquare(context: CanvasRenderingContext2D, image: ImageBitmap): void {
  const side = Math.min(image.width, image.height)
  const [left, top] = [(image.width - side) / 2, (image.height - side) / 2]
  context.imageSmoothingQuality = 'high'
  context.fillStyle = 'white'
  context.fillRect(0, 0, SIDE, SIDE)
  context.drawImage(image, left, top, side, side, 0, 0, SIDE, SIDE)
}

// Its head was read in the main process; whether the rest is a picture shows only here.
async function readImage(bytes: Uint8Array<ArrayBuffer> | null): Promise<ImageBitmap | null> {
  try {
    return bytes === null ? null : await createImageBitmap(new Blob([bytes]))
  } catch {
    return null
  }
}
