import { isAlias } from '../addresses/room-address.ts'
import type { JoinState } from './join-state.ts'
import { backoff, MAX_TRIES } from './patience.ts'
import { entryOf, isSettled, withEntry, type QueueEntry } from './queue.ts'

/* What the queue becomes of by other news than a join's answer. */

const MAX_HOPS = 5

/**
 * Settles rooms whose answer was lost, by the list that the server was asked for at `askedAt`; those that became due
 * later may be missing from it. The others are asked again, or given up.
 */
export function withVerified(
  state: JoinState,
  joinedRoomIds: ReadonlySet<string>,
  askedAt: number,
): JoinState {
  const entries = withJoined(state, joinedRoomIds).queue.entries.map((entry): QueueEntry => {
    if (entry.status !== 'arriving' || entry.notBefore > askedAt) return entry
    if (entry.tries >= MAX_TRIES) return { ...entry, status: 'notJoined', reason: 'unreachable' }
    const notBefore = entry.tries === 0 ? 0 : askedAt + backoff(entry.tries - 1)
    // The server has not let us in: it isn't still arriving, somebody just didn't answer.
    const reason = entry.tries === 0 ? null : 'unreachable'
    return { ...entry, status: 'queued', reason, notBefore, isLocal: lookedUpAgain(entry) }
  })
  return { ...state, queue: { entries } }
}

/** The server was asked for its list of rooms and wants to be left alone until `until`. */
export function withLaterLook(state: JoinState, until: number): JoinState {
  const entries = state.queue.entries.map((entry) =>
    entry.status === 'arriving' && entry.notBefore < until ? { ...entry, notBefore: until } : entry,
  )
  return { ...state, queue: { entries } }
}

/** Settles every room that the server is known to have let us into, under whatever address it stands in the queue. */
export function withJoined(state: JoinState, joinedRoomIds: ReadonlySet<string>): JoinState {
  const { entries } = state.queue
  const asked = new Set(entries.filter((entry) => entry.status === 'asked').map((entry) => entry.roomId))
  const settled = (entry: QueueEntry): QueueEntry => {
    // The end of a circle of replacements stays what it is.
    const isOver = entry.status === 'notJoined' && entry.isFollowed
    if (entry.roomId === null || entry.status === 'joining' || entry.status === 'joined' || isOver)
      return entry
    if (joinedRoomIds.has(entry.roomId))
      return { ...entry, status: 'joined', reason: entry.hops > 0 ? 'moved' : null }
    return entry.status === 'queued' && asked.has(entry.roomId)
      ? { ...entry, status: 'asked', reason: 'asked' }
      : entry
  }
  // Mostly nobody is concerned, and asking is cheaper than copying thousands.
  if (entries.every((entry) => settled(entry) === entry)) return state
  return { ...state, queue: { entries: entries.map(settled) } }
}

/** A joined room turned out to be replaced: the entry goes on to the successor, unless that leads in a circle. */
export function withSuccessor(
  state: JoinState,
  key: string,
  successor: { readonly roomId: string; readonly via: readonly string[]; readonly isLocal: boolean },
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
        via: successor.via,
        isLocal: successor.isLocal,
        isKnock: false,
        isFollowed: false,
        tries: 0,
        wasAsked: false,
        notBefore: 0,
        hops: entry.hops + 1,
      }
  return { ...state, queue: withEntry(state.queue, key, change) }
}

/** The homeserver answers again: what couldn't be looked up meanwhile is looked up before it is asked for. */
export function withNetworkBack(state: JoinState): JoinState {
  const entries = state.queue.entries.map((entry) =>
    entry.status === 'queued' ? { ...entry, isLocal: lookedUpAgain(entry) } : entry,
  )
  return { ...state, queue: { entries } }
}

/**
 * Something failed that is nobody's answer, so a bug of ours. The room goes on as if the answer had been lost, and
 * neither keeps the others waiting nor comes round for ever.
 */
export function withMishap(
  state: JoinState,
  key: string,
  task: 'resolve' | 'join' | 'follow',
  now: number,
): JoinState {
  const entry = entryOf(state.queue, key)
  const change = (fields: Partial<QueueEntry>): JoinState => ({
    ...state,
    queue: withEntry(state.queue, key, fields),
  })
  switch (task) {
    case 'resolve':
      return entry.isLocal === null ? change({ isLocal: false }) : state
    case 'join':
      return entry.status === 'joining'
        ? change({ status: 'arriving', reason: 'arriving', notBefore: now, lastAnswer: 'Foyer failed' })
        : state
    case 'follow':
      return change({ isFollowed: true })
  }
}

/** Writes down when each room was settled; a room that is back in line has no such moment. */
export function withDates(state: JoinState, moment: string): JoinState {
  const isRight = (entry: QueueEntry): boolean => isSettled(entry) === (entry.settledAt !== null)
  if (state.queue.entries.every(isRight)) return state
  const entries = state.queue.entries.map((entry) =>
    isRight(entry) ? entry : { ...entry, settledAt: isSettled(entry) ? moment : null },
  )
  return { ...state, queue: { entries } }
}

// An alias whose room nobody could name can't be verified by membership, and may be on our homeserver after all.
function lookedUpAgain(entry: QueueEntry): boolean | null {
  return entry.roomId === null && isAlias(entry.address) ? null : entry.isLocal
}
