import { isSettled, roomEntries, type JoinQueue, type QueueEntry } from '../core/joining/queue.ts'
import type { EventRoom, News, RefusedRoom } from './events.ts'
import { reasonSentence, type Scene } from './words.ts'

/** What rooms are called, by key. */
export type Names = Readonly<Record<string, string>>

/** True when nothing more becomes of a room: joined, and nowhere to follow it to, or given up. */
export function isOver(entry: QueueEntry): boolean {
  return isSettled(entry) && (entry.status !== 'joined' || entry.isFollowed)
}

/** What changed between two queues, as events. */
export function newsBetween(before: JoinQueue, after: JoinQueue, names: Names, scene: Scene): News[] {
  const old = new Map(before.entries.map((entry) => [entry.key, entry]))
  const counts = countsOf(after)
  const added = after.entries.filter((entry) => !old.has(entry.key) && entry.kind !== 'gateway')
  const settled = after.entries.filter((entry) => {
    const was = old.get(entry.key)
    return isOver(entry) && (was === undefined || !isOver(was))
  })
  return [
    ...(added.length === 0
      ? []
      : [{ type: 'added' as const, rooms: added.map((entry) => eventRoom(entry, names)), ...counts }]),
    ...settled.map((entry): News =>
      entry.status === 'joined'
        ? { type: 'joined', ...eventRoom(entry, names), hasMoved: entry.hops > 0, ...counts }
        : { type: 'notJoined', ...refusedRoom(entry, names, scene), answer: entry.lastAnswer, ...counts },
    ),
  ]
}

/** How many rooms are wanted, and joined; the space isn't counted. */
export function countsOf(queue: JoinQueue): { joined: number; asked: number } {
  const rooms = roomEntries(queue)
  return { joined: rooms.filter((entry) => entry.status === 'joined').length, asked: rooms.length }
}

/** A queue's entry as events show it. */
export function eventRoom(entry: QueueEntry, names: Names): EventRoom {
  // The key is the address that the community gave; the entry's own changes when a room has moved.
  const { key, roomId, kind } = entry
  return { address: key, roomId, name: names[key] ?? null, kind: kind === 'room' ? kind : 'space' }
}

/**
 * Everything that isn't joined at the end, the community's space included, with reasons. Spaces that were to be joined
 * for the sake of rooms aren't: the rooms are.
 */
export function refusedRooms(queue: JoinQueue, names: Names, scene: Scene): RefusedRoom[] {
  return queue.entries
    .filter((entry) => entry.status !== 'joined' && entry.kind !== 'gateway')
    .map((entry) => refusedRoom(entry, names, scene))
}

function refusedRoom(entry: QueueEntry, names: Names, scene: Scene): RefusedRoom {
  return {
    ...eventRoom(entry, names),
    reason: entry.reason ?? 'unknown',
    sentence: reasonSentence(entry.reason, entry, scene),
  }
}
