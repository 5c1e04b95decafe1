import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freshPace } from '../core/joining/pace.ts'
import { entry } from '../core/testing/queue.ts'
import type { Journal } from './journal.ts'
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
  monotonic: 0,
  wall: 0,
}

test('a journal whose rooms inside the space nobody listed isn’t finished', () => {
  expect(isFinished(journal)).toBe(true)
  expect(isFinished({ ...journal, inside: 'unlisted' })).toBe(false)
})

test('and asks for them again when it is taken up', () => {
  const followed = (each: Journal): boolean[] =>
    resumedFrom(each, source, { preset: 'all', rooms: [] }).state.queue.entries.map(
      ({ isFollowed }) => isFollowed,
    )
  expect(followed(journal)).toEqual([true, true])
  expect(followed({ ...journal, inside: 'unlisted' })).toEqual([false, true])
})
