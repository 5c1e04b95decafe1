import { expect, test } from 'vitest'
import { community, room } from '../testing/communities.ts'
import { gardenCommunity } from '../testing/garden-club.ts'
import { hostileCommunity } from '../testing/hostile-club.ts'
import { manyLongNames } from '../testing/large-inputs.ts'
import { lookAlikes, mimickedBy } from './look-alikes.ts'

test('rooms whose names or labels look alike, and no others', () => {
  const rooms = [
    room('#lobby:x', { name: 'Lobby' }),
    room('#cyrillic:y', { name: 'L\u043Ebby' }),
    // Its page calls it the Lobby, its server something else.
    room('#labelled:y', { name: 'Spam', label: 'LOBBY' }),
    room('#other:x', { name: 'Roses', label: 'Roses' }),
    room('!nameless', { name: null, label: null }),
    room('!unnamed', { name: null, label: null }),
  ]
  expect([...lookAlikes(rooms)]).toEqual(['#lobby:x', '#cyrillic:y', '#labelled:y'])
  expect([...lookAlikes(gardenCommunity().rooms)]).toEqual([])
})

test('a community that has the name of a known one, without being it', () => {
  const galaxy = { name: 'Galaxy', space: { address: '#galaxyproject:matrix.org' }, rooms: [] }
  expect(mimickedBy(hostileCommunity(), [galaxy])).toBe('Galaxy')
  const own = { ...galaxy.space, via: [], name: null, roomId: null }
  expect(mimickedBy(community([], { name: 'Galaxy', space: own }), [galaxy])).toBeNull()
  expect(mimickedBy(community([room('#a:x')], { name: 'Galaxy' }), [galaxy])).toBe('Galaxy')
  expect(mimickedBy(gardenCommunity(), [galaxy])).toBeNull()
})

test('thousands of long names that differ are not taken for each other', () => {
  expect(lookAlikes(manyLongNames()).size).toBe(0)
})
