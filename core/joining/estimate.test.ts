import { expect, test } from 'vitest'
import { estimateSeconds } from './estimate.ts'
import { freshPace } from './pace.ts'

/* Minutes at Synapse's default limits, computed from its code (matrix facts C8). The estimate adds the joins' own time. */
test.each([
  ['de-RSE', 6, 0, 0],
  ['Mathesar', 14, 0.7, 6.7],
  ['Auxolotl', 33, 3.8, 38],
  ['Galaxy', 71, 10.2, 102],
])('%s, %i rooms: %d min where they are, %d min where none is', (_name, rooms, here, elsewhere) => {
  const local = estimateSeconds({ local: rooms, remote: 0, unknown: 0 }).high / 60
  const remote = estimateSeconds({ local: 0, remote: rooms, unknown: 0 }).high / 60
  expect(local).toBeGreaterThanOrEqual(here - 0.05)
  expect(local).toBeLessThan(here + (rooms * 0.3) / 60 + 0.1)
  expect(remote).toBeGreaterThanOrEqual(elsewhere - 0.1)
  expect(remote).toBeLessThan(elsewhere + (rooms * 1.2) / 60 + 0.5)
})

test('rooms of unknown place make a range', () => {
  const range = estimateSeconds({ local: 10, remote: 0, unknown: 20 })
  expect(range.low).toBe(estimateSeconds({ local: 30, remote: 0, unknown: 0 }).low)
  expect(range.high).toBe(estimateSeconds({ local: 10, remote: 20, unknown: 0 }).high)
})

test('what the server has shown counts more than the usual', () => {
  const local = { ...freshPace.local, burst: 2, interval: 1_000, level: 2, at: 0 }
  const pace = { ...freshPace, local }
  const seconds = (now: number): number =>
    estimateSeconds({ local: 12, remote: 0, unknown: 0 }, pace, now).high
  expect(seconds(0)).toBe(14)
  // The bucket has leaked meanwhile.
  expect(seconds(60_000)).toBe(12)
})

test('nothing to join takes no time', () => {
  expect(estimateSeconds({ local: 0, remote: 0, unknown: 0 })).toEqual({ low: 0, high: 0 })
})
