/** Pixels on each side of the picture that is sent; apps show it at 96 at most, twice that on fine screens. */
export const PORTRAIT_SIDE = 512

/** How the picture is cut: `closer` from 1 (as much as fits) to 3, `position` from 0 to 1 along its longer side. */
export interface Cut {
  readonly closer: number
  readonly position: number
}

/** As a picture opens: everything that fits, from its middle. */
export const wholeCut: Cut = { closer: 1, position: 0.5 }

/** The square of a `width` × `height` picture that a cut takes, in its pixels. */
export function squareOf(
  width: number,
  height: number,
  { closer, position }: Cut,
): { readonly x: number; readonly y: number; readonly side: number } {
  const side = Math.min(width, height) / closer
  const isWide = width >= height
  return {
    x: (width - side) * (isWide ? position : 0.5),
    y: (height - side) * (isWide ? 0.5 : position),
    side,
  }
}

/** Draws the cut onto a square canvas, in place of what was there. */
export function drawPortrait(canvas: HTMLCanvasElement, picture: ImageBitmap, cut: Cut): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const { x, y, side } = squareOf(picture.width, picture.height, cut)
  context.imageSmoothingQuality = 'high'
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height)
}

/**
 * The canvas as a JPEG in base64. Only pixels are left by then: whatever else the file said is not on the canvas. Null
 * where the browser refuses.
 */
export async function portraitBytes(canvas: HTMLCanvasElement): Promise<string | null> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))
  if (blob === null) return null
  const bytes = new Uint8Array(await blob.arrayBuffer())
  // In pieces, as a call takes only so many arguments.
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}
