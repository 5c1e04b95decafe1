import { useEffect, useRef, useState, type RefObject } from 'react'

/** Draws a picture on a canvas of its own. */
export type Draw = (context: CanvasRenderingContext2D, image: ImageBitmap) => void

/**
 * Draws a picture once it is there, on a canvas, so that the page's policy needn't allow pictures from anywhere, and
 * nothing in it moves. `read` gives its bytes, null where there are none; both functions must stay the same. `isDrawn` is
 * false until then, and for what turns out to be none.
 */
export function useDrawn(
  picture: string | null,
  read: (picture: string) => Promise<Uint8Array<ArrayBuffer> | null>,
  draw: Draw,
): { readonly canvas: RefObject<HTMLCanvasElement | null>; readonly isDrawn: boolean } {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawn, setDrawn] = useState<string | null>(null)
  useEffect(() => {
    if (!picture) return undefined
    let isCurrent = true
    const show = async (): Promise<void> => {
      const image = await imageOf(() => read(picture))
      const context = canvas.current?.getContext('2d') ?? null
      if (!isCurrent || image === null || context === null) return
      context.imageSmoothingQuality = 'high'
      draw(context, image)
      setDrawn(picture)
    }
    void show()
    return () => {
      isCurrent = false
    }
  }, [picture, read, draw])
  return { canvas, isDrawn: drawn !== null && drawn === picture }
}

// Its head was read in the main process; whether the rest is a picture shows only here.
async function imageOf(read: () => Promise<Uint8Array<ArrayBuffer> | null>): Promise<ImageBitmap | null> {
  try {
    const bytes = await read()
    return bytes === null ? null : await createImageBitmap(new Blob([bytes]))
  } catch {
    return null
  }
}
