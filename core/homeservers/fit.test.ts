import { expect, test } from 'vitest'
import { estimateSeconds } from '../joining/estimate.ts'
import { community, room } from '../testing/communities.ts'
import { fitOf, roomsToPlace, type RoomPlace } from './fit.ts'

const space = { address: '#space:x', via: [], name: null, roomId: null }
const rooms = ['#a:x', '#b:x', '#c:x'].map((address) => room(address))

function places(...answers: [string, RoomPlace][]): ReadonlyMap<string, RoomPlace> {
  return new Map(answers)
}

test('what has been asked so far counts, but no time is told before all is', () => {
  const fit = fitOf(community(rooms), places(['#a:x', 'here'], ['#b:x', 'elsewhere']))
  expect(fit).toEqual({ roomsHere: ['#a:x'], roomsAsked: 2, seconds: null })
})

test('rooms that could not be asked about make a range', () => {
  const fit = fitOf(community(rooms), places(['#a:x', 'here'], ['#b:x', 'elsewhere'], ['#c:x', 'unknown']))
  expect(fit.seconds).toEqual(estimateSeconds({ local: 1, remote: 1, unknown: 1 }))
})

test('the space is joined as well, and asked about', () => {
  const club = community(rooms, { space })
  expect(roomsToPlace(club).map((each) => each.key)).toEqual(['#space:x', '#a:x', '#b:x', '#c:x'])
  const three = places(['#a:x', 'here'], ['#b:x', 'here'], ['#c:x', 'here'])
  expect(fitOf(club, three).seconds).toBeNull()
  const all = fitOf(club, new Map([...three, ['#space:x', 'elsewhere']]))
  expect(all).toMatchObject({ roomsAsked: 3, seconds: estimateSeconds({ local: 3, remote: 1, unknown: 0 }) })
})

test('rooms that nobody can join take no time', () => {
  const club = community([
    room('#a:x'),
    room('#b:x', { sight: 'missing' }),
    room('#c:x', { joinRule: 'invite' }),
  ])
  const fit = fitOf(club, places(['#a:x', 'here'], ['#b:x', 'elsewhere'], ['#c:x', 'elsewhere']))
  expect(fit.seconds).toEqual(estimateSeconds({ local: 1, remote: 0, unknown: 0 }))
})

test('rooms that only the space knows are taken to be where the listed ones are', () => {
  const club = community(rooms.slice(0, 2), { roomCount: 12 })
  const fit = fitOf(club, places(['#a:x', 'here'], ['#b:x', 'elsewhere']))
  expect(fit.seconds).toEqual(estimateSeconds({ local: 6, remote: 6, unknown: 0 }))
})

test('of very many rooms those that newcomers are led to and the first are asked about, the rest by their share', () => {
  const many = Array.from({ length: 1000 }, (_, index) => room(`#${index}:x`, { isSuggested: index === 999 }))
  const club = community(many)
  const asked = roomsToPlace(club)
  expect(asked).toHaveLength(120)
  expect(asked[0]?.key).toBe('#999:x')
  const half = new Map(
    asked.map(({ key }, index): [string, RoomPlace] => [key, index % 2 ? 'here' : 'elsewhere']),
  )
  const fit = fitOf(club, half)
  expect(fit).toMatchObject({ roomsAsked: 120 })
  expect(fit.seconds).toEqual(estimateSeconds({ local: 500, remote: 500, unknown: 0 }))
})
