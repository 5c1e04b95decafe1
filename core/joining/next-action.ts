import { isAlias } from '../addresses/room-address.ts'
import type { JoinState } from './join-state.ts'
import { goesAlone, mayMeetUnknownLimit, nextJoinAt, type Pace } from './pace.ts'
import { isSettled, type QueueEntry } from './queue.ts'

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
