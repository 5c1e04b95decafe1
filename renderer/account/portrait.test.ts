import { describe, expect, it } from 'vitest'
import { squareOf, wholeCut } from './portrait.ts'

describe('squareOf', () => {
  it('takes the middle of what fits at first', () => {
    expect(squareOf(400, 300, wholeCut)).toEqual({ x: 50, y: 0, side: 300 })
    expect(squareOf(300, 400, wholeCut)).toEqual({ x: 0, y: 50, side: 300 })
    expect(squareOf(300, 300, wholeCut)).toEqual({ x: 0, y: 0, side: 300 })
  })

  it('moves along the longer side, and never out of the picture', () => {
    expect(squareOf(400, 300, { closer: 1, position: 1 })).toEqual({ x: 100, y: 0, side: 300 })
    expect(squareOf(300, 400, { closer: 3, position: 0 })).toEqual({ x: 100, y: 0, side: 100 })
  })
})
