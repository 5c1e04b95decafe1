import * as check from 'fast-check'
import type { QueueEntry } from '../../../core/joining/queue.ts'
import { entry } from '../../../core/testing/queue.ts'
import { refused, type Fault, type Limit, type SimulatedRoom } from './simulated-homeserver.ts'

/** A homeserver's manners, a community, and what goes wrong, all of it made up at random. */
export interface RandomWorld {
  readonly local: Limit | null
  readonly remote: Limit | null
  readonly uplinks: readonly number[]
  readonly latencies: readonly number[]
  readonly rooms: ReadonlyMap<string, SimulatedRoom>
  readonly entries: readonly QueueEntry[]
  /** By room ID, in the order of its requests. */
  readonly faults: Readonly<Record<string, readonly Fault[]>>
  /** How many times each look-up gets no answer first. */
  readonly lostLooks: number
  /** Tombstones name our server although it has left the room. */
  readonly isStale: boolean
  /** Milliseconds after which Foyer is killed, each counted from the start before it. */
  readonly kills: readonly number[]
}

const SPACE = '#space:x'

/** Synapse's two buckets and others like them; the waiting times are far enough apart to be told from each other. */
const limits = check.record({
  local: check.option(check.record({ burst: whole(1, 20), interval: whole(500, 20_000) }), { nil: null }),
  remote: check.option(check.record({ burst: whole(1, 20), interval: whole(60_000, 150_000) }), {
    nil: null,
  }),
})

/** What Synapse comes with. */
export const usualLimits = check.constant({
  local: { burst: 10, interval: 10_000 },
  remote: { burst: 10, interval: 100_000 },
})

const room = check.record({
  isLocal: check.boolean(),
  rule: check.oneof(
    { weight: 8, arbitrary: check.constant('public' as const) },
    { weight: 2, arbitrary: check.constant('restricted' as const) },
    check.constantFrom('knock' as const, 'knock_restricted' as const, 'invite' as const),
  ),
  /** What the page knows of the rule before. */
  isRuleKnown: check.boolean(),
  /** Which room replaced this one; itself and any circle included. */
  successor: check.option(whole(0, 19), { nil: null, freq: 5 }),
  aliases: check.oneof({ weight: 6, arbitrary: check.constant(1) }, whole(0, 2)),
})

/** Answers that say nothing of what became of the request, and such that the server gives instead of acting. */
const fault: check.Arbitrary<Fault> = check.oneof(
  check.record({
    answer: check.constantFrom(
      { kind: 'lost' as const, message: '' },
      refused(504, null, ''),
      refused(500, 'M_UNKNOWN', ''),
      refused(500, null, ''),
    ),
    actsAnyway: check.boolean(),
  }),
  check.record({
    answer: check.constantFrom(
      refused(502, 'M_UNKNOWN', 'Failed to fetch alias x from x'),
      refused(404, 'M_UNKNOWN', 'No known servers'),
      refused(400, 'M_UNABLE_TO_AUTHORISE_JOIN', ''),
      { ...refused(429, 'M_LIMIT_EXCEEDED', ''), retryAfter: null },
      { ...refused(429, null, ''), retryAfter: 0 },
      { ...refused(400, 'M_LIMIT_EXCEEDED', ''), retryAfter: -1 },
      { ...refused(429, 'M_LIMIT_EXCEEDED', ''), retryAfter: 30_000 },
    ),
    actsAnyway: check.constant(false),
  }),
)

/** Random worlds. `isCalm`: nothing goes wrong but kills, so that refusals can be counted. */
export function randomWorld(
  options: { isCalm?: boolean; limits?: typeof limits | typeof usualLimits } = {},
): check.Arbitrary<RandomWorld> {
  const mostFaults = options.isCalm ? 0 : 2
  return check
    .record({
      limits: options.limits ?? limits,
      uplinks: check.array(whole(0, 20), { minLength: 1, maxLength: 5 }),
      latencies: check.array(whole(20, 4_000), { minLength: 1, maxLength: 7 }),
      hasSpace: check.boolean(),
      rooms: check.array(room, { minLength: 1, maxLength: 20 }),
      missing: whole(0, 2),
      faults: check.array(check.array(fault, { maxLength: mostFaults }), { minLength: 20, maxLength: 20 }),
      lostLooks: options.isCalm ? check.constant(0) : whole(0, 2),
      isStale: options.isCalm ? check.constant(false) : check.boolean(),
      kills: check.array(whole(0, 400_000), { maxLength: 2 }),
    })
    .map((made) => {
      const rooms = new Map<string, SimulatedRoom>()
      const entries: QueueEntry[] = []
      if (made.hasSpace) {
        rooms.set(SPACE, { roomId: '!space', isLocal: true })
        entries.push(entry(SPACE))
      }
      made.rooms.forEach((each, index) => {
        const { successor } = each
        const simulated = {
          roomId: `!room${index}`,
          isLocal: each.isLocal,
          rule: each.rule,
          ...(successor === null ? {} : { successor: `!room${successor % made.rooms.length}` }),
        }
        // A room without an alias is one that only a tombstone leads to.
        if (each.aliases === 0) rooms.set(`unlisted${index}`, simulated)
        for (let alias = 0; alias < each.aliases; alias += 1) {
          const address = `#room${index}-${alias}:x`
          rooms.set(address, simulated)
          entries.push({
            ...entry(address),
            isLobby: index === 0,
            needsSpace: each.isRuleKnown && each.rule.endsWith('restricted'),
            isKnock: each.isRuleKnown && each.rule === 'knock',
          })
        }
      })
      for (let index = 0; index < made.missing; index += 1) entries.push(entry(`#missing${index}:x`))
      const faults = Object.fromEntries(made.faults.map((some, index) => [`!room${index}`, some]))
      return { ...made.limits, ...made, rooms, entries, faults }
    })
}

function whole(min: number, max: number): check.Arbitrary<number> {
  return check.integer({ min, max })
}
