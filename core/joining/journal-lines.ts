import type { JoinQueue, QueueEntry } from './queue.ts'

/*
 * A journal as lines of JSON, so that it grows with what happens and not with the number of rooms: the first line is
 * the whole of it, each further one what has changed since. The last line counts only with its line break: a stop may
 * come in the middle of writing it, before the request that it announces.
 */

interface Journaled {
  readonly queue: JoinQueue
}

interface Change {
  /** Changed or added entries, by their place in the queue. */
  readonly entries: Readonly<Record<string, QueueEntry>>
  readonly rest: object
}

/** The first line. */
export function wholeLine(journal: Journaled): string {
  return `${JSON.stringify(journal)}\n`
}

/**
 * The line that makes `before` into `after`, or null where only the whole will do. Values that are the same object are
 * taken for unchanged.
 */
export function changeLine<Journal extends Journaled>(before: Journal, after: Journal): string | null {
  const known = before.queue.entries
  if (after.queue.entries.length < known.length) return null
  const entries: Record<string, QueueEntry> = {}
  after.queue.entries.forEach((entry, place) => {
    if (entry !== known[place]) entries[place] = entry
  })
  const rest = Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => name !== 'queue' && value !== before[name as keyof Journal],
    ),
  )
  const change: Change = { entries, rest }
  return `${JSON.stringify(change)}\n`
}

/** The journal that these lines amount to, for a schema to check; null where they can't be understood. */
export function readLines(text: string): unknown {
  const [first, ...changes] = text.split('\n').slice(0, -1)
  if (first === undefined) return null
  try {
    const { queue, ...rest } = JSON.parse(first) as Journaled
    const entries = [...queue.entries]
    for (const line of changes) {
      const change = JSON.parse(line) as Change
      for (const [place, entry] of Object.entries(change.entries)) entries[Number(place)] = entry
      Object.assign(rest, change.rest)
    }
    return { ...rest, queue: { entries } }
  } catch {
    return null
  }
}
