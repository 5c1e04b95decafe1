import * as check from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSettled, type QueueEntry } from '../../core/joining/queue.ts'
import { liveThrough, type MortalRun } from './testing/mortal-run.ts'
import { randomWorld, usualLimits, type RandomWorld } from './testing/random-world.ts'

/** Hours of virtual time that no run may take, whatever goes wrong. */
const LIMIT = 6 * 3_600_000
/** Generous, as a busy machine may share its cores; it takes two seconds on a free one. */
const TIMEOUT = 60_000

/* A failing run prints its seed and path; `check.assert(..., { seed, path })` shows it again. */

describe('whatever the server does', () => {
  test(
    'every room that lets us in is joined, and each ends one way',
    async () => {
      await check.assert(
        check.asyncProperty(randomWorld(), async (world) => {
          const run = await liveThrough(world, LIMIT)
          for (const entry of run.state.queue.entries) expectRightEnd(world, run, entry)
          expect(run.asksAfterYes).toEqual([])
        }),
        { numRuns: 100 },
      )
    },
    TIMEOUT,
  )

  test(
    "with Synapse's limits each bucket refuses once, and once more for each kill",
    async () => {
      await check.assert(
        check.asyncProperty(randomWorld({ isCalm: true, limits: usualLimits }), async (world) => {
          const run = await liveThrough(world, LIMIT)
          for (const bucket of ['local', 'remote'] as const) {
            expect(firsts(run.server.refusedAt[bucket]), bucket).toBeLessThanOrEqual(1 + run.kills)
          }
        }),
        { numRuns: 60 },
      )
    },
    TIMEOUT,
  )

  // A burst and an interval can't be told from one refusal alone, so a wrong guess may cost a second and a third.
  test(
    'other limits are learnt from few refusals',
    async () => {
      await check.assert(
        check.asyncProperty(randomWorld({ isCalm: true }), async (world) => {
          const run = await liveThrough(world, LIMIT)
          for (const bucket of ['local', 'remote'] as const) {
            expect(firsts(run.server.refusedAt[bucket]), bucket).toBeLessThanOrEqual(3 + run.kills)
          }
        }),
        { numRuns: 60 },
      )
    },
    TIMEOUT,
  )
})

// Requests that were under way when the first was refused can't be called back: they count as one with it.
function firsts(moments: readonly number[]): number {
  let count = 0
  let last = -Infinity
  for (const moment of moments) {
    if (moment - last > 5_000) {
      count += 1
      last = moment
    }
  }
  return count
}

function expectRightEnd(world: RandomWorld, run: MortalRun, entry: QueueEntry): void {
  expect(isSettled(entry), `${entry.key} is ${entry.status}`).toBe(true)
  expect(entry.settledAt).not.toBeNull()
  if (entry.status === 'joined') {
    expect(entry.isFollowed).toBe(true)
    expect(run.server.joined.has(entry.roomId ?? '')).toBe(true)
  }
  expect({ key: entry.key, end: endOf(entry) }).toEqual({ key: entry.key, end: rightEnd(world, entry.key) })
}

function endOf(entry: QueueEntry): string {
  return entry.status === 'notJoined' ? 'not joined' : entry.status
}

/** How a room must end, by walking from replacement to replacement. */
function rightEnd(world: RandomWorld, key: string): string {
  const hasSpace = world.rooms.has('#space:x')
  let room = world.rooms.get(key)
  const seen = new Set<string>()
  for (;;) {
    if (room === undefined || seen.has(room.roomId) || seen.size > 5) return 'not joined'
    const needsSpace = room.rule === 'restricted' || room.rule === 'knock_restricted'
    if (room.rule === 'knock' || (room.rule === 'knock_restricted' && !hasSpace)) return 'asked'
    if (room.rule === 'invite' || (needsSpace && !hasSpace)) return 'not joined'
    seen.add(room.roomId)
    if (room.successor === undefined) return 'joined'
    const { successor } = room
    room = [...world.rooms.values()].find((each) => each.roomId === successor)
  }
}
