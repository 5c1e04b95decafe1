import { describe, expect, test } from 'vitest'
import { freshPace, nextJoinAt, withSent } from '../../core/joining/pace.ts'
import { withRefusal } from '../../core/joining/refusal.ts'
import { entry, stateOf } from '../../core/testing/queue.ts'
import { paceAfterRestart } from '../../core/joining/journal.ts'
import { freshTraces } from '../../core/joining/traces.ts'
import { journalOf, journalSchema, passSchema } from './pass-record.ts'

// At 1000 the local bucket said: again in 10 s. Written down at 2000, when the wall clock showed 1,000,000.
const pace = withRefusal(withSent(freshPace, true, 1_000), true, 'local', 10_000, 1_000, 1_500)
const state = { ...stateOf([entry('#a:x')]), pace }
const journal = journalOf('@ada:x', state, freshTraces(true), 2_000, 1_000_000)

describe('a pace on another process’s clock', () => {
  test.each([
    ['at once', 1_000_000, 50, 9_250],
    ['four seconds later', 1_004_000, 50, 5_250],
    ['an hour later', 4_600_000, 50, -Infinity],
    ['with the clock set back by an hour', -2_600_000, 50, 9_250],
    ['with the clock set forward by a year', 31_537_000_000, 50, -Infinity],
    ['in the same process', 1_004_000, 6_000, 11_200],
  ])('%s', (_name, wall, monotonic, opensAt) => {
    const moved = paceAfterRestart(journal, monotonic, wall)
    const opens = nextJoinAt(moved, true)
    if (opensAt === -Infinity) expect(opens).toBeLessThan(monotonic)
    else expect(opens).toBeCloseTo(opensAt, 0)
    // Never later than it was when written.
    expect(opens - monotonic).toBeLessThanOrEqual(nextJoinAt(pace, true) - 2_000)
    expect(moved.remote).toMatchObject({ since: null, learnedAt: null })
  })
})

describe('what is read back', () => {
  test('is what was written', () => {
    expect(journalSchema.parse(JSON.parse(JSON.stringify(journal)))).toEqual(journal)
  })

  test.each([
    ['another version', { version: 2 }],
    ['no user', { userId: null }],
    ['no queue', { queue: null }],
    ['a status of the future', { queue: { entries: [{ ...entry('#a:x'), status: 'dreaming' }] } }],
    ['a room without an address', { queue: { entries: [{ ...entry('#a:x'), address: undefined }] } }],
    ['half a pace', { pace: { local: pace.local } }],
    ['a clock without a time', { monotonic: null }],
  ])('unless it is damaged: %s', (_name, change) => {
    expect(journalSchema.safeParse({ ...journal, ...change }).success).toBe(false)
  })

  test.each([null, 'text', {}, []])('%j is no journal', (value) => {
    expect(journalSchema.safeParse(value).success).toBe(false)
  })
})

describe('a pass', () => {
  const pass = {
    version: 1,
    state: { step: 'welcome' },
    session: { baseUrl: 'https://x', userId: '@ada:x', deviceId: 'D', token: { kind: 'file', token: 'T' } },
  }

  test('with a token, without one, and without a session', () => {
    expect(passSchema.safeParse(pass).success).toBe(true)
    expect(passSchema.safeParse({ ...pass, session: { ...pass.session, token: null } }).success).toBe(true)
    expect(passSchema.safeParse({ ...pass, session: null }).success).toBe(true)
  })

  test.each([
    ['another version', { version: 2 }],
    ['no state', { state: null }],
    ['a state without a step', { state: {} }],
    ['half a session', { session: { baseUrl: 'https://x' } }],
    ['a token of an unknown kind', { session: { ...pass.session, token: { kind: 'air', token: 'T' } } }],
  ])('is refused when damaged: %s', (_name, change) => {
    expect(passSchema.safeParse({ ...pass, ...change }).success).toBe(false)
  })
})
