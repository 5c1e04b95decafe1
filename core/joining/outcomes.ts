import { isAlias, type RoomAddress } from '../addresses/room-address.ts'
import type { JoinRule } from '../communities/community.ts'
import type { JoinMeaning } from './answer.ts'
import type { JoinState } from './join-state.ts'
import { withPassed, withSent, type Pace } from './pace.ts'
import { clampWait, refuserOf, withRefusal } from './refusal.ts'
import { backoff, MAX_TRIES } from './patience.ts'
import { gatewayEntry } from './plan.ts'
import { entryOf, isSettled, withEntry, type JoinReason, type QueueEntry } from './queue.ts'

/* What a join request and the server's answer to it make of a room. */

/** How long an answer that was lost may still become a yes before it is looked for, in milliseconds. */
const VERIFY_AFTER = 2_500

/** Marks a join request as going out at `now`. The journal must hold this state before the request leaves. */
export function withRequest(state: JoinState, key: string, via: readonly string[], now: number): JoinState {
  const entry = entryOf(state.queue, key)
  const change: Partial<QueueEntry> = {
    status: 'joining',
    reason: null,
    tries: entry.tries + 1,
    wasAsked: true,
    lastVia: [...via],
    notBefore: now,
  }
  return {
    queue: withEntry(state.queue, key, change),
    // A knock takes no token of either bucket (Synapse limits joins only).
    pace: entry.isKnock ? state.pace : withSent(state.pace, entry.isLocal === true, now),
  }
}

/** What the server's answer makes of a room. `forbidden` needs the room's join rule first: see `withForbidden`. */
export function withMeaning(
  state: JoinState,
  key: string,
  meaning: Exclude<JoinMeaning, { kind: 'forbidden' }>,
  lastAnswer: string,
  now: number,
): JoinState {
  const entry = entryOf(state.queue, key)
  const isLocal = entry.isLocal === true
  const change = (fields: Partial<QueueEntry>): JoinState => ({
    pace: passedBy(state.pace, entry),
    queue: withEntry(state.queue, key, { lastAnswer, ...fields }),
  })
  switch (meaning.kind) {
    case 'joined':
      return change({ status: 'joined', reason: entry.hops > 0 ? 'moved' : null, roomId: meaning.roomId })
    case 'rateLimited': {
      // Not a try of its own: the server has done nothing, and the pace knows when it will.
      const refused = { status: 'queued', tries: entry.tries - 1, notBefore: 0 } as const
      if (entry.isKnock) return change({ ...refused, notBefore: now + clampWait(meaning.retryAfter) })
      const place = !isLocal ? 'elsewhere' : isAlias(entry.address) ? 'here' : 'guessed'
      const bucket = refuserOf(state.pace, place, meaning.retryAfter, entry.notBefore)
      const after = sentAfter(state.queue.entries, entry)
      const pace = withRefusal(state.pace, isLocal, bucket, meaning.retryAfter, entry.notBefore, now, after)
      // Only a room that isn't on the homeserver meets the remote bucket.
      return { queue: change({ ...refused, isLocal: isLocal && bucket === 'local' }).queue, pace }
    }
    case 'unconfirmed':
      return change({ status: 'arriving', reason: 'arriving', notBefore: now + VERIFY_AFTER })
    case 'tryElsewhere':
      return change(
        entry.tries < MAX_TRIES
          ? {
              status: 'queued',
              reason: meaning.reason,
              notBefore: now + backoff(entry.tries),
              via: rotated(entry),
            }
          : { status: 'notJoined', reason: entry.hops > 0 ? 'movedLost' : meaning.reason },
      )
    case 'final':
      return change({ status: 'notJoined', reason: entry.hops > 0 ? 'movedLost' : meaning.reason })
    case 'stop':
      return change({ status: 'queued', tries: entry.tries - 1, notBefore: 0 })
  }
}

/**
 * A refusal by the room's rules. A restricted room whose space was only just joined answers so until its own server
 * has seen us in the space, so it is asked again a little later (measured on Synapse). `doors` are spaces whose members
 * it lets in, as far as anybody tells; where we are in none of them, the next one is joined first.
 */
export function withForbidden(
  state: JoinState,
  key: string,
  rule: JoinRule | null,
  lastAnswer: string,
  now: number,
  doors: readonly RoomAddress[] = [],
): JoinState {
  const entry = entryOf(state.queue, key)
  const pace = passedBy(state.pace, entry)
  const door = entry.isKnock ? null : nextDoor(state.queue.entries, entry, doors)
  if (door !== null) {
    const change = { lastAnswer, ...WAITING, behind: door.address }
    const { entries } = withEntry(state.queue, key, change)
    const isNew = entries.every(({ roomId }) => roomId !== door.address)
    return { pace, queue: { entries: isNew ? [...entries, gatewayEntry(door, null)] : entries } }
  }
  return {
    pace,
    queue: withEntry(state.queue, key, { lastAnswer, ...afterForbidden(state, entry, rule, now) }),
  }
}

const WAITING = { status: 'queued', reason: 'spaceFirst', needsSpace: true, tries: 0, notBefore: 0 } as const

/** A space to be joined first, or that is being joined; null where we are in one of them, or all have been tried. */
function nextDoor(
  entries: readonly QueueEntry[],
  { roomId: own }: QueueEntry,
  doors: readonly RoomAddress[],
): RoomAddress | null {
  const known = new Map(entries.map((entry) => [entry.roomId, entry]))
  if (doors.some(({ address }) => known.get(address)?.status === 'joined')) return null
  const waitsForUs = (roomId: string): boolean => {
    const seen = new Set<string | null>()
    for (let at: string | null = roomId; at !== null && !seen.has(at); at = known.get(at)?.behind ?? null) {
      if (at === own) return true
      seen.add(at)
    }
    return false
  }
  const isOpen = ({ address }: RoomAddress): boolean => {
    const entry = known.get(address)
    return entry === undefined || (!isSettled(entry) && !waitsForUs(address))
  }
  return doors.find(isOpen) ?? null
}

function afterForbidden(
  state: JoinState,
  entry: QueueEntry,
  rule: JoinRule | null,
  now: number,
): Partial<QueueEntry> {
  const isRestricted = rule === 'restricted' || rule === 'knock_restricted'
  const { entries } = state.queue
  const space =
    entries.find((each) => entry.behind !== null && each.roomId === entry.behind) ??
    entries.find((each) => each.kind === 'space' && each.key !== entry.key)
  // Until the room's server has seen us in the space it may also hide the rule from us.
  const mostTries = isRestricted ? MAX_TRIES : entry.needsSpace ? MAX_TRIES - 2 : 0
  if (!entry.isKnock && entry.tries < mostTries && space !== undefined) {
    if (space.status === 'joined') {
      const notBefore = now + backoff(entry.tries - 1)
      return { status: 'queued', reason: 'spaceFirst', needsSpace: true, notBefore }
    }
    // Asked while the space was still on its way: the room waits for it now.
    if (!isSettled(space)) return WAITING
  }
  // Who was invited since, or is in the room already, may not knock but may join; asked once, as its last try.
  if (entry.isKnock) return { status: 'queued', isKnock: false, tries: MAX_TRIES, notBefore: 0 }
  const canKnock = rule === 'knock' || rule === 'knock_restricted'
  return canKnock && entry.tries <= MAX_TRIES
    ? { status: 'queued', isKnock: true, notBefore: 0 }
    : { status: 'notJoined', reason: reasonOf(rule) }
}

/** Joins under way that went out after this one, by the bucket they fill. */
function sentAfter(
  entries: readonly QueueEntry[],
  { key, notBefore }: QueueEntry,
): { readonly local: number; readonly remote: number } {
  const later = entries.filter(
    (each) => each.status === 'joining' && !each.isKnock && each.key !== key && each.notBefore >= notBefore,
  )
  return { local: later.length, remote: later.filter((each) => each.isLocal !== true).length }
}

function passedBy(pace: Pace, entry: QueueEntry): Pace {
  return entry.isKnock ? pace : withPassed(pace, entry.isLocal === true)
}

function rotated(entry: QueueEntry): string[] {
  return [...entry.via.slice(3), ...entry.via.slice(0, 3)]
}

function reasonOf(rule: JoinRule | null): JoinReason {
  if (rule === null) return 'unknown'
  // Its rule lets everybody in and its server didn't: a list of blocked servers, or the homeserver's own.
  return rule === 'public' ? 'blocked' : 'invite'
}
