import { remembered } from '../remembered.ts'
import type { JoinQueue, QueueEntry } from './queue.ts'

/** Which rooms the newcomer was in before, as those are never touched, and which ones Foyer went through since. */
export interface Entered {
  /** IDs of the rooms that the account was in before this pass; null until the homeserver has said so. */
  readonly before: readonly string[] | null
  /** IDs of rooms that this pass joined and that were replaced by others; what the queue holds isn't listed again. */
  readonly replaced: readonly string[]
}

/** Where every pass begins. */
export const nothingEntered: Entered = { before: null, replaced: [] }

/**
 * Remembers rooms that were joined and are in the queue no more, as their entries went on to what replaced them. Gives
 * back the very same object where there are none.
 */
export function withReplaced(entered: Entered, was: JoinQueue, is: JoinQueue): Entered {
  if (was === is) return entered
  const gone = was.entries.filter((entry, place) => {
    const now = is.entries[place]
    return now !== entry && isOurs(entered, entry) && now?.roomId !== entry.roomId
  })
  if (gone.length === 0) return entered
  const roomIds = gone.flatMap(({ roomId }) => roomId ?? [])
  return { ...entered, replaced: [...new Set([...entered.replaced, ...roomIds])] }
}

/** IDs of the rooms that this pass has brought the newcomer into. */
export function roomsEntered(entered: Entered, queue: JoinQueue): string[] {
  const joined = queue.entries.filter((entry) => isOurs(entered, entry)).flatMap(({ roomId }) => roomId ?? [])
  return [...new Set([...entered.replaced, ...joined])]
}

/** Tells which rooms the newcomer is known not to have been in before this pass. */
export function newTo({ before }: Entered): (roomId: string) => boolean {
  if (before === null) return () => false
  const known = setOf(before)
  return (roomId) => !known.has(roomId)
}

/** Made once for each list, as each room is looked up at each change. */
const setOf = remembered((roomIds: readonly string[]): ReadonlySet<string> => new Set(roomIds))

function isOurs(entered: Entered, { status, roomId }: QueueEntry): boolean {
  return status === 'joined' && roomId !== null && newTo(entered)(roomId)
}
