import { describe, expect, test } from 'vitest'
import { passed } from '../testing/pace.ts'
import { freshPace, nextJoinAt, withPassed, withSent } from './pace.ts'
import { clampWait, refuserOf, withRefusal } from './refusal.ts'

describe('one refusal teaches the limits', () => {
  const refused = withRefusal(withSent(passed(10), true, 0), true, 'local', 10_000, 0, 500)

  test("Synapse's own", () => {
    expect(refused.local.burst).toBe(10)
    expect(refused.local.interval).toBeCloseTo(10_005)
    expect(nextJoinAt(refused, true)).toBeGreaterThanOrEqual(10_000)
    expect(nextJoinAt(refused, true)).toBeLessThan(10_250)
  })

  test.each([
    // The first request took 120 ms to the bucket, by which every token would come late.
    ['a round rate', 620, 500.25],
    ['a rate that is none', 420, 446.26],
  ])('%s, from a first request that was long on its way', (_name, wait, interval) => {
    const { local } = withRefusal(withSent(passed(10), true, 0), true, 'local', wait, 0, 500)
    expect(local.interval).toBeCloseTo(interval)
  })

  test('the next is due one interval after the one before', () => {
    const next = withPassed(withSent(refused, true, nextJoinAt(refused, true)), true)
    expect(nextJoinAt(next, true)).toBeGreaterThanOrEqual(20_000)
    expect(nextJoinAt(next, true)).toBeLessThan(20_350)
  })

  test('after a rest the burst is back', () => {
    const later = passed(8, 200_000, refused)
    expect(nextJoinAt(later, true)).toBeLessThanOrEqual(200_000)
  })

  test('a refusal of a request sent before says nothing new', () => {
    const again = withRefusal(refused, true, 'local', 10_000, 0, 600)
    expect(again.local.interval).toBe(refused.local.interval)
  })

  test('a limit that was tightened is learnt from the second refusal', () => {
    const next = withPassed(withSent(refused, true, nextJoinAt(refused, true)), true)
    const tighter = withRefusal(withSent(next, true, 20_060), true, 'local', 20_000, 20_060, 20_560)
    expect(tighter.local.interval).toBeGreaterThanOrEqual(30_000)
    expect(nextJoinAt(tighter, true)).toBeGreaterThanOrEqual(40_060)
  })
})

describe('which bucket refused', () => {
  const knowsLocal = withRefusal(withSent(passed(10), true, 0), true, 'local', 10_000, 0, 500)

  test('a room that is here meets the local one only', () => {
    expect(refuserOf(freshPace, 'here', 100_000, 0)).toBe('local')
  })

  test.each([
    [9_000, 'local'],
    [95_000, 'remote'],
  ] as const)('knowing nothing, %i ms speak for the %s one', (wait, bucket) => {
    expect(refuserOf(withSent(freshPace, false, 0), 'elsewhere', wait, 0)).toBe(bucket)
  })

  test('a wait longer than a local token takes is the remote one’s, also where the room was thought to be here', () => {
    expect(refuserOf(knowsLocal, 'elsewhere', 60_000, 30_000)).toBe('remote')
    expect(refuserOf(knowsLocal, 'guessed', 60_000, 30_000)).toBe('remote')
    expect(refuserOf(knowsLocal, 'guessed', 9_000, 30_000)).toBe('local')
  })

  test('requests that were under way together tell the same moment', () => {
    expect(refuserOf(knowsLocal, 'elsewhere', 9_990, 10)).toBe('local')
  })

  test('a refusal by the remote one has taken a local token', () => {
    const sent = withSent(freshPace, false, 0)
    const pace = withRefusal(sent, false, 'remote', 100_000, 0, 500)
    expect(pace.local).toMatchObject({ level: 1, passed: 1 })
    expect(nextJoinAt(pace, false)).toBeGreaterThanOrEqual(100_000)
    expect(nextJoinAt(pace, true)).toBe(0)
  })

  test('a refusal by the local one has taken no remote token', () => {
    const pace = withRefusal(withSent(freshPace, false, 0), false, 'local', 10_000, 0, 500)
    expect(pace.remote).toMatchObject({ level: 0, sent: 0 })
  })
})

test.each([
  [null, 2_000],
  [0, 2_000],
  [-5, 2_000],
  [Number.NaN, 2_000],
  [Infinity, 2_000],
  [1, 50],
  [500, 500],
  [86_400_000, 3_600_000],
])('a wait of %s ms is taken for %i', (said, wait) => {
  expect(clampWait(said)).toBe(wait)
})

describe('requests that travel unevenly', () => {
  const known = withRefusal(withSent(passed(10), true, 0), true, 'local', 10_000, 0, 500)
  const opened = nextJoinAt(known, true)
  const early = withRefusal(withSent(known, true, opened), true, 'local', 300, opened, opened + 500)

  test('one that came a little too early makes the next come later, not all of them slower', () => {
    expect(early.local.interval).toBe(known.local.interval)
    expect(early.local.slack).toBeGreaterThan(known.local.slack)
    expect(nextJoinAt(early, true)).toBeGreaterThanOrEqual(opened + 300)
    expect(nextJoinAt(early, true)).toBeLessThan(opened + 1_200)
  })

  test('what went out after a refused one and is still under way is counted', () => {
    const sent = withSent(withSent(passed(10), true, 0), true, 0)
    const counted = withRefusal(sent, true, 'local', 10_000, 0, 500, { local: 1, remote: 0 })
    expect(counted.local.level).toBeCloseTo(known.local.level + 1)
    // It is refused as well, so it hasn't filled the bucket.
    const both = withRefusal(counted, true, 'local', 10_000, 0, 510)
    expect(both.local.level).toBeCloseTo(known.local.level)
  })
})
