import { describe, expect, test } from 'vitest'
import { onePixel } from '../testing/pictures.ts'
import { pictureFacts } from './picture-bytes.ts'

// atob is in every environment, and in none of this folder's types.
declare const atob: (base64: string) => string

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
}

function segment(marker: number, ...content: number[]): number[] {
  const length = content.length + 2
  return [0xff, marker, length >> 8, length & 0xff, ...content]
}

const text = (words: string): number[] => Array.from(words, (letter) => letter.codePointAt(0) ?? 0)
const FRAME = segment(0xc0, 8, 0, 64, 0, 48, 3)
const SCAN = segment(0xda, 0)

function jpeg(...segments: number[][]): Uint8Array {
  return Uint8Array.from([0xff, 0xd8, ...segments.flat(), 1, 2, 3, 0xff, 0xd9])
}

describe('a PNG', () => {
  test('of one pixel', () => {
    expect(pictureFacts(bytesOf(onePixel.png))).toEqual({
      type: 'image/png',
      width: 1,
      height: 1,
      hasMetadata: false,
    })
  })

  test('with a comment, or something after its end', () => {
    expect(pictureFacts(bytesOf(onePixel.metadata))).toMatchObject({ hasMetadata: true })
    const longer = Uint8Array.from([...bytesOf(onePixel.png), 1])
    expect(pictureFacts(longer)).toMatchObject({ hasMetadata: true })
  })

  test('cut off anywhere is none', () => {
    const bytes = bytesOf(onePixel.png)
    for (let end = 0; end < bytes.length; end += 1) expect(pictureFacts(bytes.subarray(0, end))).toBeNull()
  })
})

describe('a JPEG', () => {
  test('as a canvas writes it', () => {
    const profile = segment(0xe2, ...text('ICC_PROFILE'), 0, 1, 1, 9, 9)
    const bytes = jpeg(segment(0xe0, ...text('JFIF')), profile, FRAME, SCAN)
    expect(pictureFacts(bytes)).toEqual({ type: 'image/jpeg', width: 48, height: 64, hasMetadata: false })
  })

  test.each([
    ['Exif', segment(0xe1, ...text('Exif'))],
    ['pictures within', segment(0xe2, ...text('MPF'))],
    ['IPTC', segment(0xed, ...text('Photoshop 3.0'))],
    ['a comment', segment(0xfe, ...text('Dresden'))],
  ])('with %s', (_, told) => {
    expect(pictureFacts(jpeg(told, FRAME, SCAN))).toMatchObject({ hasMetadata: true })
  })

  test('that has no pixels, or no size, is none', () => {
    expect(pictureFacts(jpeg(FRAME))).toBeNull()
    expect(pictureFacts(jpeg(SCAN))).toBeNull()
  })
})

test.each([
  ['nothing', ''],
  ['text', 'bm8gcGljdHVyZQ=='],
  ['a GIF', 'R0lGODlhAQABAAAAACw='],
])('%s is no picture', (_, base64) => {
  expect(pictureFacts(bytesOf(base64))).toBeNull()
})
