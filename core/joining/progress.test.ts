import { expect, test } from 'vitest'
import { community, room } from '../testing/communities.ts'
import { entry, stateOf } from '../testing/queue.ts'
import type { JoinLine } from '../onboarding/state.ts'
import { progressOf, retryable } from './progress.ts'

const running = { phase: 'running', stopReason: null, nextAt: null, nextKey: null } as const
const club = community([room('#a:x', { name: 'Ada' }), room('#b:x', { section: 'more' })])

test('a line for each room, none for the space', () => {
  const state = stateOf([entry('#space:x'), entry('#a:x', { status: 'joined' }), entry('!inside')])
  expect(progressOf(club, state, running, 0, 0).lines).toMatchObject([
    { key: '#a:x', name: 'Ada', section: 'rooms', status: 'joined', server: null },
    { key: '!inside', name: '!inside', section: 'rest' },
  ])
})

test('the server that is not answering is named: the alias’s own, or the first that was named', () => {
  const reason = 'unreachable' as const
  const state = stateOf([
    entry('#a:far.example', { reason }),
    entry('!v12', { reason, via: ['near.example'] }),
  ])
  const servers = progressOf(club, state, running, 0, 0).lines.map((line) => line.server)
  expect(servers).toEqual(['far.example', 'near.example'])
})

test.each([
  [null, null],
  [5_900, null],
  [7_000, 102_000],
])('a next request at %s is counted down to %s', (nextAt, shown) => {
  const progress = progressOf(club, stateOf([entry('#a:x')]), { ...running, nextAt }, 5_000, 100_000)
  expect(progress.nextAt).toBe(shown)
})

test('no time is left when nothing is open', () => {
  const settled = stateOf([entry('#a:x', { status: 'joined' }), entry('#b:x', { status: 'asked' })])
  expect(progressOf(club, settled, running, 0, 0).secondsLeft).toBeNull()
  expect(progressOf(club, stateOf([entry('#a:x')]), running, 0, 0).secondsLeft).not.toBeNull()
})

test.each([
  ['notJoined', 'unreachable', true],
  ['notJoined', 'unknown', true],
  ['arriving', 'arriving', true],
  ['queued', 'spaceFirst', true],
  ['notJoined', 'banned', false],
  ['notJoined', 'invite', false],
  ['notJoined', 'movedLost', false],
  ['joined', null, false],
  ['asked', 'asked', false],
] as const)('%s, %s: trying again makes sense: %s', (status, reason, expected) => {
  const line: JoinLine = { key: 'a', section: 'rooms', name: 'a', status, reason, server: null }
  expect(retryable([line])).toHaveLength(expected ? 1 : 0)
})
