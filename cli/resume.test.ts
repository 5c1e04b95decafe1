import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freshPace } from '../core/joining/pace.ts'
import { entry } from '../core/testing/queue.ts'
import type { Journal } from './journal.ts'
import type { Beginning } from './joining.ts'
import { isFinished, resumedFrom } from './resume.ts'
import { readSource } from './source.ts'

const source = readSource(join(import.meta.dirname, '../practice/communities/odd-rooms.json'))
const inside = { status: 'joined', isFollowed: true } as const
const journal: Journal = {
  version: 1,
  userId: '@ada:matrix.org',
  community: 'odd-rooms',
  choice: 'all',
  inside: 'listed',
  names: {},
  queue: { entries: [entry('#space:x', inside), entry('#a:x', inside)] },
  pace: freshPace,
  entered: { before: null, replaced: [] },
  leaving: null,
  quiet: { isWanted: false, marks: [] },
  wantsQuiet: null,
  monotonic: 0,
  wall: 0,
}

test('a journal whose rooms inside the space nobody listed isn’t finished', () => {
  expect(isFinished(journal, null)).toBe(true)
  expect(isFinished({ ...journal, inside: 'unlisted' }, null)).toBe(false)
})

test('and asks for them again when it is taken up', () => {
  const followed = (each: Journal): boolean[] =>
    resumedFrom(each, source, { preset: 'all', rooms: [] }, null).state.queue.entries.map(
      ({ isFollowed }) => isFollowed,
    )
  expect(followed(journal)).toEqual([true, true])
  expect(followed({ ...journal, inside: 'unlisted' })).toEqual([false, true])
})

describe('a quiet start', () => {
  const [space, room] = [entry('#space:x', inside), entry('#a:x', { ...inside, roomId: '!a' })]
  const queue = { entries: [space, room] }
  const mark = { kind: 'rule', roomId: '!a', status: 'set' } as const
  const joined = { ...journal, queue, entered: { before: [], replaced: [] } }
  const set = { ...joined, quiet: { isWanted: true, marks: [mark] } }
  const half = { ...joined, quiet: { isWanted: true, marks: [] } }
  const failed = { ...joined, quiet: { isWanted: true, marks: [{ ...mark, status: 'failed' as const }] } }
  const beginning = (from: Journal, isQuiet: boolean | null): Beginning =>
    resumedFrom(from, source, { preset: 'all', rooms: [] }, isQuiet)

  test('is finished when it stands, and goes on when it doesn’t, or is said to be taken back', () => {
    expect([isFinished(set, null), isFinished(set, true), isFinished(joined, false)]).toEqual([
      true,
      true,
      true,
    ])
    expect([isFinished(half, null), isFinished(set, false), isFinished(joined, true)]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('what failed gets another chance; what was said last counts, also for the next run', () => {
    expect(isFinished(failed, null)).toBe(false)
    expect(beginning(failed, null).quiet).toEqual({ isWanted: true, marks: [] })
    expect(beginning(set, false)).toMatchObject({
      quiet: { isWanted: false, marks: [mark] },
      wantsQuiet: false,
    })
    expect(beginning({ ...joined, wantsQuiet: false }, null)).toMatchObject({ wantsQuiet: false })
    expect(beginning(set, null).quiet).toBe(set.quiet)
  })
})
