import { describe, expect, test } from 'vitest'
import { noChanges } from '../../core/joined/joined-community.ts'
import { noWish } from '../../core/joined/wish.ts'
import { community, room } from '../../core/testing/communities.ts'
import { joinedIn } from '../../core/testing/joined.ts'
import { readJoinedFile, type JoinedFile } from './joined-record.ts'

const club = community([room('#lobby:x', { isLobby: true })], {
  space: { address: '#space:x', via: [], name: 'Club', roomId: '!space:x' },
  source: { kind: 'page', url: 'https://club.example/foyer.json' },
})
const record = joinedIn(club, ['#space:x', '#lobby:x'], {
  inside: ['!more:x'],
  quiet: { isWanted: true, marks: [{ kind: 'rule', roomId: '!lobby:x', status: 'set' }] },
  wish: { preset: 'lobby', said: { agreedTo: 'https://x.example/', answers: [[0], []] } },
  changes: { ...noChanges, closed: [{ key: '#lobby:x', name: 'Lobby', why: 'gone' }] },
})
const file: JoinedFile = { version: 1, isWatching: true, communities: [record] }

function stored(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

describe('what is read back', () => {
  test('is what was written', () => {
    expect(readJoinedFile(stored(file))).toEqual(file)
  })

  test('is what one from before presets were remembered says', () => {
    const { wish: _, ...older } = record
    expect(readJoinedFile(stored({ ...file, communities: [older] }))?.communities).toEqual([
      { ...record, wish: noWish },
    ])
  })

  test.each([null, 'text', {}, [], { ...file, version: 2 }, { ...file, communities: null }])(
    'is nothing where it can’t be trusted',
    (value) => {
      expect(readJoinedFile(stored(value))).toBeNull()
    },
  )

  test.each([
    ['no account', { account: null }],
    ['no rooms', { community: { ...club, rooms: undefined } }],
    ['a room without an ID', { joined: [{ ...record.joined[0], roomId: null }] }],
    ['news of the future', { changes: { ...noChanges, closed: [{ key: '#a:x', name: 'A', why: 'sold' }] } }],
    [
      'a page that isn’t on the web',
      { community: { ...club, source: { kind: 'page', url: 'file:///etc/passwd' } } },
    ],
    ['answers that are none', { wish: { preset: 'all', said: { agreedTo: null, answers: [['x']] } } }],
    ['too many rooms', { joined: Array.from({ length: 12_001 }, () => record.joined[0]) }],
  ])('leaves out one with %s, and keeps the others', (_name, change) => {
    const read = readJoinedFile(stored({ ...file, communities: [{ ...record, ...change }, record] }))
    expect(read?.communities).toEqual([record])
  })

  test('is bounded', () => {
    const many = Array.from({ length: 60 }, (_, place) => ({ ...record, id: `#${place}:x` }))
    expect(readJoinedFile(stored({ ...file, communities: many }))?.communities).toHaveLength(50)
  })
})
