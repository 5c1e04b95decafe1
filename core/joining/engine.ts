import type { JoinRule } from '../communities/community.ts'
import type { JoinMeaning } from './answer.ts'
import { goesAlone, nextJoinAt, withPassed, withRefusal, withSent, type Pace } from './pace.ts'
import { entryOf, isSettled, withEntry, type JoinQueue, type JoinReason, type QueueEntry } from './queue.ts'

/** Everything the engine knows: where each room stands, and what the server's limits have shown themselves to be. */
export interface JoinState {
  readonly queue: JoinQueue
  readonly pace: Pace
}

/** What the driver is to do next. */
export type JoinAction =
  /** Find out where the address leads and whether our homeserver is in the room: the pace depends on it. */
  | { readonly kind: 'resolve'; readonly key: string }
  | { readonly kind: 'join'; readonly key: string }
  /** Look at what a joined room leads to: its replacement, or the rooms of the space. */
  | { readonly kind: 'follow'; readonly key: string }
  /** Ask for the list of joined rooms, to settle rooms whose answer was lost. */
  | { readonly kind: 'verify' }
  /** Nothing may go out before `until` (monotonic milliseconds), or before something under way has ended. */
  | { readonly kind: 'wait'; readonly until: number | null; readonly nextKey: string | null }
  | { readonly kind: 'finished' }

/** Requests under way at once while the server lets them through. More gains nothing: Synapse works on them in turn. */
export const MAX_PARALLEL = 3
const MAX_LOOKUPS = 3
const MAX_TRIES = 5
const MAX_HOPS = 5
const BACKOFF = [2_000, 5_000, 15_000, 45_000]
const VERIFY_AFTER = 2_500

/**
 * Decides what to do at `now` (monotonic milliseconds), while the rooms of `lookedUp` are being resolved or followed.
 * Pure: the same state gives the same action.
 */
export function nextAction(state: JoinState, now: number, lookedUp: ReadonlySet<string>): JoinAction {
  const { entries } = state.queue
  const isDue = (entry: QueueEntry): boolean => entry.status === 'joined' && !entry.isFollowed
  if (entries.every((entry) => isSettled(entry) && !isDue(entry))) return { kind: 'finished' }
  if (entries.some((entry) => entry.status === 'arriving' && entry.notBefore <= now))
    return { kind: 'verify' }
  const inFlight = entries.filter((entry) => entry.status === 'joining').length
  if (lookedUp.size < MAX_LOOKUPS) {
    const free = entries.filter((entry) => !lookedUp.has(entry.key))
    const joined = free.find(isDue)
    if (joined !== undefined) return { kind: 'follow', key: joined.key }
    const unresolved = free.find((entry) => entry.status === 'queued' && entry.isLocal === null)
    if (unresolved !== undefined) return { kind: 'resolve', key: unresolved.key }
  }
  const ready = entries.filter(
    (entry) => entry.status === 'queued' && entry.isLocal !== null && !waitsForSpace(entry, entries),
  )
  const times = ready.map((entry) => ({ entry, at: openAt(entry, state.pace) }))
  const open = times.filter(({ at }) => at <= now).map(({ entry }) => entry)
  const next = open.find(isFirst) ?? open.find((entry) => entry.isLocal === false) ?? open[0]
  const hasRoom = (entry: QueueEntry): boolean =>
    inFlight < (goesAlone(state.pace, entry.isLocal === true) ? 1 : MAX_PARALLEL)
  if (next !== undefined && hasRoom(next)) return { kind: 'join', key: next.key }
  const soonest = times.toSorted((one, other) => one.at - other.at)[0]
  const arriving = entries.filter((entry) => entry.status === 'arriving').map((entry) => entry.notBefore)
  const moments = [...(soonest && hasRoom(soonest.entry) ? [soonest.at] : []), ...arriving]
  return {
    kind: 'wait',
    until: moments.length === 0 ? null : Math.min(...moments),
    nextKey: soonest?.entry.key ?? null,
  }
}

/** Marks a join request as going out at `now`. The journal must hold this state before the request leaves. */
export function withRequest(state: JoinState, key: string, via: readonly string[], now: number): JoinState {
  const entry = entryOf(state.queue, key)
  const change: Partial<QueueEntry> = {
    status: 'joining',
    reason: null,
    tries: entry.tries + 1,
    lastVia: [...via],
    notBefore: now,
  }
  return {
    queue: withEntry(state.queue, key, change),
    pace: withSent(state.pace, entry.isLocal === true, now),
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
    pace: withPassed(state.pace, isLocal),
    queue: withEntry(state.queue, key, { lastAnswer, ...fields }),
  })
  switch (meaning.kind) {
    case 'joined':
      return change({ status: 'joined', reason: entry.hops > 0 ? 'moved' : null, roomId: meaning.roomId })
    case 'rateLimited': {
      // Not a try of its own: the server has done nothing, and the pace knows when it will.
      const pace = withRefusal(state.pace, isLocal, meaning.retryAfter, entry.notBefore, now)
      return { queue: change({ status: 'queued', tries: entry.tries - 1, notBefore: 0 }).queue, pace }
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
 * has seen us in the space, so it is asked again a little later (measured on Synapse).
 */
export function withForbidden(
  state: JoinState,
  key: string,
  rule: JoinRule | null,
  lastAnswer: string,
  now: number,
): JoinState {
  const entry = entryOf(state.queue, key)
  const isRestricted = rule === 'restricted' || rule === 'knock_restricted'
  const hasSpace = state.queue.entries.some((each) => each.kind === 'space' && each.status === 'joined')
  // Until the room's server has seen us in the space it may also hide the rule from us.
  const mostTries = isRestricted ? MAX_TRIES : entry.needsSpace ? MAX_TRIES - 2 : 0
  const change: Partial<QueueEntry> =
    hasSpace && entry.tries < mostTries
      ? {
          status: 'queued',
          reason: 'spaceFirst',
          needsSpace: true,
          notBefore: now + backoff(entry.tries - 1),
        }
      : rule === 'knock' || rule === 'knock_restricted'
        ? { status: 'queued', isKnock: true, notBefore: 0 }
        : { status: 'notJoined', reason: reasonOf(rule) }
  return {
    pace: withPassed(state.pace, entry.isLocal === true),
    queue: withEntry(state.queue, key, { lastAnswer, ...change }),
  }
}

/** Settles rooms whose answer was lost, by the server's own list; the others are asked again, or given up. */
export function withVerified(state: JoinState, joinedRoomIds: ReadonlySet<string>, now: number): JoinState {
  const entries = state.queue.entries.map((entry): QueueEntry => {
    if (entry.roomId !== null && joinedRoomIds.has(entry.roomId) && entry.status !== 'joined') {
      return entry.status === 'joining'
        ? entry
        : { ...entry, status: 'joined', reason: entry.hops > 0 ? 'moved' : null }
    }
    if (entry.status !== 'arriving' || entry.notBefore > now) return entry
    return entry.tries < MAX_TRIES
      ? { ...entry, status: 'queued', notBefore: entry.tries === 0 ? 0 : now + backoff(entry.tries - 1) }
      : { ...entry, status: 'notJoined', reason: 'unreachable' }
  })
  return { ...state, queue: { entries } }
}

/** A joined room turned out to be replaced: the entry goes on to the successor, unless that leads in a circle. */
export function withSuccessor(
  state: JoinState,
  key: string,
  successor: { readonly roomId: string; readonly via: readonly string[] },
  seen: ReadonlySet<string>,
): JoinState {
  const entry = entryOf(state.queue, key)
  const isCircle = seen.has(successor.roomId) || entry.hops >= MAX_HOPS
  const change: Partial<QueueEntry> = isCircle
    ? { status: 'notJoined', reason: 'movedLost', isFollowed: true }
    : {
        status: 'queued',
        reason: 'moved',
        address: successor.roomId,
        roomId: successor.roomId,
        via: [...successor.via, ...entry.via],
        isLocal: null,
        isKnock: false,
        isFollowed: false,
        tries: 0,
        notBefore: 0,
        hops: entry.hops + 1,
      }
  return { ...state, queue: withEntry(state.queue, key, change) }
}

function waitsForSpace(entry: QueueEntry, entries: readonly QueueEntry[]): boolean {
  const space = entries.find((each) => each.kind === 'space')
  if (space === undefined || entry.kind === 'space' || isSettled(space)) return false
  // A space that takes minutes to arrive holds up only the rooms that need it.
  return entry.needsSpace || space.status === 'queued' || space.status === 'joining'
}

function isFirst(entry: QueueEntry): boolean {
  return entry.kind === 'space' || entry.isLobby
}

function openAt(entry: QueueEntry, pace: Pace): number {
  return Math.max(entry.notBefore, nextJoinAt(pace, entry.isLocal === true))
}

function backoff(tries: number): number {
  return BACKOFF[Math.min(Math.max(tries, 0), BACKOFF.length - 1)] ?? 45_000
}

function rotated(entry: QueueEntry): string[] {
  return [...entry.via.slice(3), ...entry.via.slice(0, 3)]
}

function reasonOf(rule: JoinRule | null): JoinReason {
  return rule === 'invite' || rule === 'restricted' ? 'invite' : rule === 'public' ? 'blocked' : 'unknown'
}
