import { describe, expect, test } from 'vitest'
import { community, room } from '../testing/communities.ts'
import { chosenBy, hasHiddenRooms, isChoosable, isJoinedForItsInside } from './choice.ts'

test.each([
  [{}, true],
  [{ sight: 'seen', joinRule: 'public' }, true],
  [{ sight: 'seen', joinRule: 'knock' }, true],
  [{ sight: 'unreachable' }, true],
  [{ sight: 'missing' }, false],
  [{ sight: 'seen', joinRule: 'invite' }, false],
  [{ sight: 'private' }, true],
  [{ sight: 'private', label: null, purpose: 'For members' }, true],
  [{ sight: 'private', label: null }, false],
] as const)('%o can be chosen: %s', (own, expected) => {
  expect(isChoosable(room('#a:x', own))).toBe(expected)
})

const space = { address: '#space:x', via: [], name: null, roomId: null }

test.each([
  ['no space', community([], { space: null, roomCount: 9 }), false],
  ['a space with nothing listed', community([], { space }), true],
  ['more rooms than are listed', community([room('#a:x')], { space, roomCount: 2 }), true],
  ['all rooms listed', community([room('#a:x')], { space }), false],
  ['one for members only', community([room('!a', { sight: 'private', label: null })], { space }), true],
])('%s: has hidden rooms: %s', (_name, some, expected) => {
  expect(hasHiddenRooms(some)).toBe(expected)
})

describe('presets', () => {
  const rooms = [
    room('#a:x', { isSuggested: true }),
    room('#lobby:x', { isLobby: true }),
    room('#b:x'),
    room('#gone:x', { sight: 'missing', isSuggested: true }),
  ]
  test.each([
    ['all', ['#a:x', '#lobby:x', '#b:x']],
    ['suggested', ['#a:x', '#lobby:x']],
    ['lobby', ['#lobby:x']],
    ['own', ['#b:x']],
  ] as const)('%s', (preset, expected) => {
    expect(chosenBy(preset, community(rooms), ['#b:x', '#gone:x', '#unknown:x'])).toEqual(expected)
  })

  test('where nothing is suggested, all are', () => {
    expect(chosenBy('suggested', community([room('#a:x'), room('#b:x')]), [])).toEqual(['#a:x', '#b:x'])
  })

  test('a lobby that is gone is not chosen', () => {
    const closed = community([room('#lobby:x', { isLobby: true, sight: 'missing' }), room('#a:x')])
    expect(chosenBy('lobby', closed, [])).toEqual(['#a:x'])
  })

  test('a lobby where there is no room at all', () => {
    expect(chosenBy('lobby', community([]), [])).toEqual([])
  })
})

test('a space is joined for its inside where it shows nothing to choose', () => {
  const hidden = room('!hidden:x', { sight: 'private', label: null })
  expect(isJoinedForItsInside(community([], { space }))).toBe(true)
  expect(isJoinedForItsInside(community([hidden], { space }))).toBe(true)
  expect(isJoinedForItsInside(community([hidden, room('#a:x')], { space }))).toBe(false)
  expect(isJoinedForItsInside(community([hidden]))).toBe(false)
})
