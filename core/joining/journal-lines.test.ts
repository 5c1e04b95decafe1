import { array, assert, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entry } from '../testing/queue.ts'
import { changeLine, readLines, wholeLine } from './journal-lines.ts'
import type { JoinQueue } from './queue.ts'

interface Kept {
  readonly queue: JoinQueue
  readonly wall: number
}
const kept = (wall: number, ...entries: ReturnType<typeof entry>[]): Kept => ({ queue: { entries }, wall })
const [a, b, c] = [entry('#a:x'), entry('#b:x'), entry('#c:x')] as const
const first = kept(1, a, b)
const lineOf = (before: Kept, after: Kept): string => changeLine(before, after)

describe('a journal in lines', () => {
  test('says only what has changed', () => {
    const after = kept(2, a, { ...b, status: 'joining' }, c)
    const line = lineOf(first, after)
    expect(line).not.toContain('#a:x')
    expect(readLines(wholeLine(first) + line)).toEqual(after)
  })

  test('says of one thing among thousands only that', () => {
    const marks = Array.from({ length: 5_000 }, (_, place) => ({ roomId: `!${place}`, status: 'asked' }))
    const before = { quiet: { isWanted: true, marks } }
    const after = { quiet: { isWanted: true, marks: marks.with(411, { roomId: '!411', status: 'set' }) } }
    const line = changeLine(before, after)
    expect(line.length).toBeLessThan(100)
    expect(readLines(wholeLine(before) + line)).toEqual(after)
  })

  test('follows when rooms are gone from it', () => {
    const after = kept(2, a)
    expect(readLines(wholeLine(first) + lineOf(first, after))).toEqual(after)
  })

  test('whose last line is cut off stands where it was before that line', () => {
    const line = lineOf(first, kept(2, a, { ...b, status: 'joined' }))
    for (let length = 0; length < line.length; length += 1)
      expect(readLines(wholeLine(first) + line.slice(0, length))).toEqual(first)
  })

  test.each([
    ['nothing', ''],
    ['a first line that was cut off', wholeLine(first).slice(0, -1)],
    ['other JSON', '[1, 2]\n'],
    ['zeroes', '\0'.repeat(64)],
    ['a broken line in the middle', `${wholeLine(first)}{"entr\n${lineOf(first, kept(2, a, c))}`],
    ['a line of another kind', `${wholeLine(first)}7\n`],
  ])('that holds %s is damaged', (_, text) => {
    expect(readLines(text)).toBeNull()
  })

  test('amounts to its last state, whatever happened', () => {
    const states = array(
      record({ wall: integer(), tries: array(integer({ min: 0, max: 9 }), { maxLength: 6 }) }),
      { minLength: 1, maxLength: 20 },
    )
    assert(
      property(states, (walk) => {
        const journals = walk.map(({ wall, tries }) =>
          kept(wall, ...tries.map((each, place) => entry(`#${place}:x`, { tries: each }))),
        )
        let text = ''
        journals.forEach((journal, index) => {
          const before = journals[index - 1]
          text += before === undefined ? wholeLine(journal) : changeLine(before, journal)
        })
        expect(readLines(text)).toEqual(journals.at(-1))
      }),
    )
  })
})
