/** A picture's kind and size in pixels, as its own bytes say. */
export interface PictureFacts {
  readonly type: 'image/jpeg' | 'image/png'
  readonly width: number
  readonly height: number
  /** True where it carries more than pixels: where and when it was taken, by which camera, comments. */
  readonly hasMetadata: boolean
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Chunks that pixels need (PNG specification, third edition); any other says something beside them. */
const PNG_PIXELS = 'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT pHYs bKGD'.split(' ')
/** JPEG markers with sizes in them: start of frame, but for the tables and arithmetic markers in between. */
const JPEG_FRAMES = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]

/** Reads what a picture is; null for anything but a whole JPEG or PNG. Looks at headers only and decodes nothing. */
export function pictureFacts(bytes: Uint8Array): PictureFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return PNG_SIGNATURE.every((byte, index) => bytes[index] === byte) ? pngFacts(view) : jpegFacts(view)
}

function pngFacts(view: DataView): PictureFacts | null {
  let hasMetadata = false
  let size: readonly [number, number] | null = null
  for (let at = 8; at + 12 <= view.byteLength;) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)))
    if (at + 12 + length > view.byteLength) return null
    if (name === 'IHDR' && length >= 8) size = [view.getUint32(at + 8), view.getUint32(at + 12)]
    hasMetadata ||= !PNG_PIXELS.includes(name)
    if (name === 'IEND' && size !== null) {
      // What follows the end is no picture, and nobody would look for it.
      hasMetadata ||= at + 12 + length !== view.byteLength
      return { type: 'image/png', width: size[0], height: size[1], hasMetadata }
    }
    at += 12 + length
  }
  return null
}

function jpegFacts(view: DataView): PictureFacts | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  let hasMetadata = false
  let size: readonly [number, number] | null = null
  for (let at = 2; at + 4 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const length = view.getUint16(at + 2)
    if (at + 2 + length > view.byteLength) return null
    if (JPEG_FRAMES.includes(marker) && length >= 7) size = [view.getUint16(at + 7), view.getUint16(at + 5)]
    // Application segments after JFIF's own (where Exif, XMP and IPTC live), and comments.
    const isTold = (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe
    hasMetadata ||= isTold && !isColourProfile(view, at, length)
    // The pixels follow the start of scan, and nothing after them is looked at.
    if (marker === 0xda)
      return size === null ? null : { type: 'image/jpeg', width: size[0], height: size[1], hasMetadata }
    at += 2 + length
  }
  return null
}

/** What its colours mean (ICC.1, annex B.4): canvases write it, and it says nothing of the person. */
function isColourProfile(view: DataView, at: number, length: number): boolean {
  const name = 'ICC_PROFILE'
  if (view.getUint8(at + 1) !== 0xe2 || length < name.length + 2) return false
  return Array.from(name).every((letter, index) => view.getUint8(at + 4 + index) === letter.codePointAt(0))
}
