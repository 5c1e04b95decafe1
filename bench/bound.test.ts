import { expect, test } from 'vitest'
import { joinLimits } from '../practice/limits.ts'
import { boundAt, boundSeconds } from './bound.ts'

test.each([
  ['33 local', { local: 33, remote: 0 }, 'default', 230],
  ['33 federated', { local: 0, remote: 33 }, 'default', 2300],
  ['33 federated', { local: 0, remote: 33 }, 'twentyfold', 115],
  ['mostly local: the local bucket decides', { local: 60, remote: 11 }, 'default', 610],
  ['half and half: the remote bucket decides', { local: 40, remote: 31 }, 'default', 2100],
  ['no more than the burst', { local: 10, remote: 0 }, 'default', 0],
  ['without limits', { local: 200, remote: 0 }, 'raised', 0],
] as const)('%s', (_, places, limits, seconds) => {
  expect(boundSeconds(places, joinLimits[limits])).toBeCloseTo(seconds, 6)
})

test('the curve reaches all rooms at the bound and not before', () => {
  const places = { local: 33, remote: 0 }
  expect(boundAt(0, places, joinLimits.twentyfold)).toBe(10)
  expect(boundAt(11.4, places, joinLimits.twentyfold)).toBe(32)
  expect(boundAt(11.5, places, joinLimits.twentyfold)).toBe(33)
})
