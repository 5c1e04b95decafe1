import { expect, test } from 'vitest'
import { community, room } from '../testing/communities.ts'
import { entry, stateOf } from '../testing/queue.ts'
import { reportOf, reportText } from './report.ts'

const account = { userId: '@ada:x', homeserver: 'x', accessToken: 'syt_secret' }
const club = community([room('#a:x', { name: 'Lobby' }), room('#b:x')], {
  space: { address: '#space:x', via: [], name: 'Club space', roomId: '!space' },
})
const state = stateOf([
  entry('#space:x', { status: 'joined', settledAt: '2026-11-21T00:00:00.000Z', roomId: '!space' }),
  entry('#a:x', { status: 'joined', tries: 1, lastAnswer: '200', lastVia: ['x', 'y'] }),
  entry('#b:x', { status: 'notJoined', reason: 'banned', tries: 2, lastAnswer: '403 M_FORBIDDEN banned' }),
])
const report = reportOf('1.0.0', '2026-11-21', club, account, state)

test('what became of each room', () => {
  expect(report).toMatchObject({ foyer: '1.0.0', community: 'Club', account: '@ada:x', joined: 2, asked: 3 })
  expect(report.rooms.map((line) => line.room)).toEqual(['Club space', 'Lobby', 'b'])
  expect(report.rooms[2]).toMatchObject({ reason: 'banned', answer: '403 M_FORBIDDEN banned', tries: 2 })
})

test('as text: a line a room, what did not work first', () => {
  const [head, count, , ...lines] = reportText(report).trimEnd().split('\n')
  expect(head).toBe('Foyer 1.0.0, 2026-11-21')
  expect(count).toBe('@ada:x joins Club: 2 of 3 joined (the space counts as one)')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toBe(
    'notJoined (banned) | b | #b:x | - | 2 tries | via - | answer: 403 M_FORBIDDEN banned | -',
  )
  expect(lines[2]).toContain('via x, y')
})

test('a room that has moved keeps the address by which people know it', () => {
  const moved = stateOf([
    entry('#b:x', { status: 'joined', reason: 'moved', address: '!new', roomId: '!new' }),
  ])
  const [line] = reportOf('1.0.0', '2026-11-21', club, account, moved).rooms
  expect(line).toMatchObject({ address: '#b:x', roomId: '!new', reason: 'moved' })
})

test('no secret gets into it', () => {
  expect(JSON.stringify(report) + reportText(report)).not.toContain('secret')
})
