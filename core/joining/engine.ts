import { isAlias, type RoomAddress } from '../addresses/room-address.ts'
import type { JoinRule } from '../communities/community.ts'
import type { JoinMeaning } from './answer.ts'
import {
  clampWait,
  goesAlone,
  mayMeetUnknownLimit,
  nextJoinAt,
  refuserOf,
  withPassed,
  withRefusal,
  withSent,
  type Pace,
} from './pace.ts'
import { backoff, MAX_TRIES } from './patience.ts'
import { gatewayEntry } from './plan.ts'
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
const VERIFY_AFTER = 2_500
/** So long a join has the homeserver to itself, in milliseconds; one that takes longer holds up no look-up. */
const UNDISTURBED = 1_000

/**
 * Decides what to do at `now` (monotonic milliseconds), while the rooms of `lookedUp` are being resolved or followed.
 * Pure: the same state gives the same action.
 */
export function nextAction(state: JoinState, now: number, lookedUp: ReadonlySet<string>): JoinAction {
  // Asked for each of thousands of rooms, with thousands in the queue: looked through as seldom as can be, never copied.
  const { entries } = state.queue
  const isFree = (entry: QueueEntry): boolean => lookedUp.size < MAX_LOOKUPS && !lookedUp.has(entry.key)
  const { isOver, underWay, space, unresolved, hasDoors } = survey(entries, isFree)
  if (isOver) return { kind: 'finished' }
  if (underWay.some((entry) => entry.status === 'arriving' && entry.notBefore <= now))
    return { kind: 'verify' }
  const isToFollow = (entry: QueueEntry): boolean =>
    mustFollow(entry) && entry.notBefore <= now && isFree(entry)
  // What is inside the space is part of the plan.
  if (space !== undefined && isToFollow(space)) return { kind: 'follow', key: space.key }
  if (unresolved !== undefined) return { kind: 'resolve', key: unresolved.key }
  const waits = gate(entries, space, hasDoors)
  // Two addresses may lead to one room; it is asked for once at a time.
  const taken = new Set(underWay.map((entry) => entry.roomId))
  const isReady = (entry: QueueEntry): boolean =>
    entry.status === 'queued' &&
    entry.isLocal !== null &&
    !waits(entry) &&
    (entry.roomId === null || !taken.has(entry.roomId))
  const { openAt, isAlone } = pacing(state.pace, now)
  const inFlight = underWay.filter((entry) => entry.status === 'joining')
  const hasRoom = (entry: QueueEntry): boolean => inFlight.length < (isAlone(entry) ? 1 : MAX_PARALLEL)
  // Whoever must go alone and can't yet doesn't hold up the others.
  const isDue = (entry: QueueEntry): boolean => isReady(entry) && openAt(entry) <= now
  const { next, isPausing } = choose(entries, isDue, hasRoom, state.pace)
  if (next !== undefined) return { kind: 'join', key: next.key }
  // Whether a room was replaced is asked in the pauses: the answer for hundreds of rooms makes a join wait that is under way.
  const replaced = isPausing ? entries.find(isToFollow) : undefined
  const quietAt = Math.max(...inFlight.map((entry) => entry.notBefore + UNDISTURBED))
  if (replaced !== undefined && quietAt <= now) return { kind: 'follow', key: replaced.key }
  const soonest = soonestOf(entries, (entry) => isReady(entry) && hasRoom(entry), openAt)
  const isLooked = (entry: QueueEntry): boolean =>
    entry.status === 'arriving' || (mustFollow(entry) && !lookedUp.has(entry.key))
  // A look that is due already waits for one under way to end, which wakes whoever waits here.
  const look = soonestOf(
    entries,
    (entry) => entry.notBefore > now && isLooked(entry),
    (entry) => entry.notBefore,
  )
  const until = Math.min(soonest?.at ?? Infinity, look?.at ?? Infinity, replaced ? quietAt : Infinity)
  return {
    kind: 'wait',
    until: until === Infinity ? null : until,
    nextKey: (soonest ?? soonestOf(entries, isReady, openAt))?.entry.key ?? null,
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

function mustFollow(entry: QueueEntry): boolean {
  return entry.status === 'joined' && !entry.isFollowed
}

interface Survey {
  /** Nothing is left to be asked for or looked at. */
  readonly isOver: boolean
  readonly underWay: readonly QueueEntry[]
  readonly space: QueueEntry | undefined
  /** The first of which nobody knows where it is, and which may be looked up now. */
  readonly unresolved: QueueEntry | undefined
  /** Some room waits for another that lets its members in. */
  readonly hasDoors: boolean
}

function survey(entries: readonly QueueEntry[], isFree: (entry: QueueEntry) => boolean): Survey {
  const underWay: QueueEntry[] = []
  let isOver = true
  let hasDoors = false
  let space: QueueEntry | undefined
  let unresolved: QueueEntry | undefined
  for (const entry of entries) {
    const { status } = entry
    if (status === 'joining' || status === 'arriving') underWay.push(entry)
    if (!isSettled(entry) || mustFollow(entry)) isOver = false
    if (entry.kind === 'space') space ??= entry
    if (entry.behind !== null) hasDoors = true
    if (unresolved === undefined && status === 'queued' && entry.isLocal === null && isFree(entry))
      unresolved = entry
  }
  return { isOver, underWay, space, unresolved, hasDoors }
}

/** Tells which rooms wait for the space, or for another room that lets its members in. */
function gate(
  entries: readonly QueueEntry[],
  space: QueueEntry | undefined,
  hasDoors: boolean,
): (entry: QueueEntry) => boolean {
  const isSpaceOpen = space === undefined || isSettled(space)
  // A space that takes minutes to arrive holds up only the rooms that need it.
  const holdsAll = space?.status === 'queued' || space?.status === 'joining'
  const waits = (entry: QueueEntry): boolean =>
    !isSpaceOpen && entry.kind !== 'space' && (entry.needsSpace || holdsAll)
  if (!hasDoors) return waits
  const open = new Set(entries.filter((entry) => !isSettled(entry)).map((entry) => entry.roomId))
  return (entry) => waits(entry) || (entry.behind !== null && open.has(entry.behind))
}

function isFirst(entry: QueueEntry): boolean {
  return entry.kind !== 'room' || entry.isLobby
}

/*
 * Federated rooms go first, as their tokens come back most slowly. But a refusal of a federated join doesn't say which
 * bucket it came from: until the local bucket has shown itself, whoever may meet a limit is a room of the homeserver.
 * `isPausing` where none is due, whether or not there is room for it.
 */
function choose(
  entries: readonly QueueEntry[],
  isDue: (entry: QueueEntry) => boolean,
  hasRoom: (entry: QueueEntry) => boolean,
  pace: Pace,
): { readonly next: QueueEntry | undefined; readonly isPausing: boolean } {
  const isRisky = mayMeetUnknownLimit(pace)
  let isPausing = true
  let remote: QueueEntry | undefined
  let named: QueueEntry | undefined
  let any: QueueEntry | undefined
  for (const entry of entries) {
    if (!isDue(entry)) continue
    isPausing = false
    if (!hasRoom(entry)) continue
    if (isFirst(entry)) return { next: entry, isPausing }
    any ??= entry
    if (entry.isLocal === false) remote ??= entry
    else if (isAlias(entry.address)) named ??= entry
  }
  return { next: isRisky ? (named ?? any) : (remote ?? named ?? any), isPausing }
}

/** When each room may be asked for, and whether alone; computed once for all of them. */
function pacing(
  pace: Pace,
  now: number,
): {
  openAt: (entry: QueueEntry) => number
  isAlone: (entry: QueueEntry) => boolean
} {
  const here = { at: nextJoinAt(pace, true), isAlone: goesAlone(pace, true, now) }
  const elsewhere = { at: nextJoinAt(pace, false), isAlone: goesAlone(pace, false, now) }
  const placeOf = (entry: QueueEntry): typeof here => (entry.isLocal === true ? here : elsewhere)
  return {
    openAt: (entry) => (entry.isKnock ? entry.notBefore : Math.max(entry.notBefore, placeOf(entry).at)),
    isAlone: (entry) => !entry.isKnock && placeOf(entry).isAlone,
  }
}

/** The first of those that count and open soonest. */
function soonestOf(
  entries: readonly QueueEntry[],
  counts: (entry: QueueEntry) => boolean,
  openAt: (entry: QueueEntry) => number,
): { readonly entry: QueueEntry; readonly at: number } | undefined {
  let soonest: { entry: QueueEntry; at: number } | undefined
  for (const entry of entries) {
    if (!counts(entry)) continue
    const at = openAt(entry)
    if (soonest === undefined || at < soonest.at) soonest = { entry, at }
  }
  return soonest
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
