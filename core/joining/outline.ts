import { remembered } from '../remembered.ts'
import type { QueueEntry } from './queue.ts'

/** A queue sorted by what is still to be done, each list in the queue's order. What is settled for good is left out. */
export interface QueueOutline {
  readonly space: QueueEntry | undefined
  /** In line, and where they lead isn't known yet. */
  readonly unresolved: readonly QueueEntry[]
  /** In line, and ready but for the space and the pace. */
  readonly queued: readonly QueueEntry[]
  readonly joining: readonly QueueEntry[]
  readonly arriving: readonly QueueEntry[]
  /** Joined, and what they lead to wasn't looked at. */
  readonly toFollow: readonly QueueEntry[]
}

/** The outline of a queue: one walk through thousands of rooms, however many questions follow. */
export const outlineOf = remembered((entries: readonly QueueEntry[]): QueueOutline => {
  const lists = { unresolved: [], queued: [], joining: [], arriving: [], toFollow: [] } as {
    [Name in Exclude<keyof QueueOutline, 'space'>]: QueueEntry[]
  }
  for (const entry of entries) {
    if (entry.status === 'queued') lists[entry.isLocal === null ? 'unresolved' : 'queued'].push(entry)
    else if (entry.status === 'joining' || entry.status === 'arriving') lists[entry.status].push(entry)
    else if (entry.status === 'joined' && !entry.isFollowed) lists.toFollow.push(entry)
  }
  return { ...lists, space: entries.find((entry) => entry.kind === 'space') }
})

/** True when nothing is left to be done. */
export function isThrough({ unresolved, queued, joining, arriving, toFollow }: QueueOutline): boolean {
  return [unresolved, queued, joining, arriving, toFollow].every((list) => list.length === 0)
}
