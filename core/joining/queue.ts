/**
 * Why a room isn't simply joined. A closed list: each has its own sentence and its own next step in the i18n files.
 */
export const joinReasons = [
  /** The room admits invited people only. */
  'invite',
  /** The newcomer has knocked; a moderator decides. */
  'asked',
  'banned',
  /** No server that could let us in is answering. */
  'unreachable',
  /** The room was replaced and Foyer joined its successor. */
  'moved',
  /** The room was replaced, but the successor can't be found or joined. */
  'movedLost',
  /** The homeserver refuses rooms of this size (M_RESOURCE_LIMIT_EXCEEDED). */
  'tooBig',
  /** The homeserver is too old for the room's version. */
  'version',
  /** The account is locked (M_USER_LOCKED). */
  'locked',
  /** The account may do nothing new for now (M_USER_SUSPENDED). */
  'suspended',
  /** The account was closed for good meanwhile (M_USER_DEACTIVATED). */
  'deactivated',
  /** The account has to be renewed, as some homeservers ask once in a while. */
  'expired',
  /** The account's plan includes no more rooms (M_USER_LIMIT_EXCEEDED). */
  'plan',
  /** The homeserver wants its terms accepted first (M_CONSENT_NOT_GIVEN). */
  'terms',
  'notFound',
  /** The server's answer was lost or came too late; membership is being verified. */
  'arriving',
  /** For members of the space, which is still to come. */
  'spaceFirst',
  /** The homeserver blocks this room for its people. */
  'blocked',
  'unknown',
  /** The newcomer had Foyer leave it again. */
  'left',
  /** The newcomer has knocked and thought better of it. */
  'takenBack',
] as const
export type JoinReason = (typeof joinReasons)[number]

/** Where a room stands in the queue. */
export const joinStatuses = ['queued', 'joining', 'arriving', 'joined', 'asked', 'notJoined'] as const
export type JoinStatus = (typeof joinStatuses)[number]

/** The community's own space, a room, or another space that is joined because it lets its members into rooms. */
export const entryKinds = ['space', 'room', 'gateway'] as const

/** One room (or a space) on its way to being joined. */
export interface QueueEntry {
  /** Stable name within the pass; the community room's key, or the space's address. */
  readonly key: string
  readonly kind: (typeof entryKinds)[number]
  readonly address: string
  readonly via: readonly string[]
  /** Known once the alias was resolved; membership can be verified only with it. */
  readonly roomId: string | null
  readonly isLobby: boolean
  /** A room for announcements, which a quiet start leaves as it is. */
  readonly isLoud: boolean
  /** The room admits members of the space, so it waits for the space. */
  readonly needsSpace: boolean
  /** ID of the room or space in the queue whose members it lets in, and for which it waits; null where there is none. */
  readonly behind: string | null
  /** The homeserver takes part in the room already; null while that isn't known. */
  readonly isLocal: boolean | null
  readonly isKnock: boolean
  readonly status: JoinStatus
  readonly reason: JoinReason | null
  /**
   * For a joined room: whether its replacement was looked for, and for the space, whether its rooms were fetched.
   * Kept in the journal, since a stop may come between joining and looking.
   */
  readonly isFollowed: boolean
  /** How many join requests were sent, without those that say nothing of the room: refused as too fast, or cut off by a stop. */
  readonly tries: number
  /** A request may have gone out, so it may have been answered with yes, whatever `tries` says. */
  readonly wasAsked: boolean
  /** How many replacements were followed. */
  readonly hops: number
  /**
   * In the driver's monotonic milliseconds: the earliest moment of the next try (0 = at once), or while a request is
   * under way, the moment it went out.
   */
  readonly notBefore: number
  /** The server's last words, for the report: status and error code, never a token. */
  readonly lastAnswer: string | null
  /** Servers named in the last request. */
  readonly lastVia: readonly string[]
  /** When the room was settled, ISO 8601. */
  readonly settledAt: string | null
}

/** All rooms of a pass in the order in which they are asked for. Also what the journal keeps. */
export interface JoinQueue {
  readonly entries: readonly QueueEntry[]
}

/** True when nothing more will be tried for this entry in this run. */
export function isSettled(entry: QueueEntry): boolean {
  return entry.status === 'joined' || entry.status === 'asked' || entry.status === 'notJoined'
}

/** Changes one entry; the others keep their identity. */
export function withEntry(queue: JoinQueue, key: string, change: Partial<QueueEntry>): JoinQueue {
  const place = queue.entries.findIndex((entry) => entry.key === key)
  const entry = queue.entries[place]
  return entry === undefined ? queue : { entries: queue.entries.with(place, { ...entry, ...change }) }
}

/** Looks an entry up. Throws when there is none: keys come from the queue itself. */
export function entryOf(queue: JoinQueue, key: string): QueueEntry {
  const entry = queue.entries.find((each) => each.key === key)
  if (entry === undefined) throw new Error(`No queue entry ${key}`)
  return entry
}

/** The rooms (without the space), which are what people count. */
export function roomEntries(queue: JoinQueue): QueueEntry[] {
  return queue.entries.filter((entry) => entry.kind === 'room')
}

/**
 * The queue as it must be read after a stop: what was being asked when Foyer ended is unconfirmed, and moments of
 * an earlier process mean nothing on the new one's monotonic clock.
 */
export function afterRestart(queue: JoinQueue): JoinQueue {
  return {
    entries: queue.entries.map((entry) => ({
      ...entry,
      notBefore: 0,
      // That Foyer ended is not the room's failure, so it doesn't count as a try.
      ...(entry.status === 'joining'
        ? { status: 'arriving' as const, reason: 'arriving' as const, tries: Math.max(0, entry.tries - 1) }
        : {}),
    })),
  }
}

/**
 * A queue of which nobody remembers what was asked for already. Its first room in line counts as unconfirmed, so that
 * nothing goes out before the homeserver has said which rooms the account is in.
 */
export function unconfirmed(queue: JoinQueue): JoinQueue {
  const first = queue.entries.find((entry) => entry.status === 'queued')
  return first === undefined
    ? queue
    : withEntry(queue, first.key, { status: 'arriving', reason: 'arriving', notBefore: 0 })
}

/** Puts rooms that could not be joined back in line. */
export function retried(queue: JoinQueue, keys: readonly string[]): JoinQueue {
  const wanted = new Set(keys)
  return {
    entries: queue.entries.map((entry) =>
      wanted.has(entry.key) && entry.status === 'notJoined'
        ? {
            ...entry,
            status: 'queued' as const,
            reason: null,
            tries: 0,
            notBefore: 0,
            settledAt: null,
            // Nobody could name the room last time; perhaps somebody can now.
            isLocal: entry.roomId === null ? null : entry.isLocal,
          }
        : entry,
    ),
  }
}

/**
 * Puts rooms back in line that somebody inside has opened: a knock was accepted, or an invitation came. Gives back the
 * very same queue where nothing waits for one of them.
 */
export function admitted(queue: JoinQueue, roomIds: ReadonlySet<string>): JoinQueue {
  const isOpened = (entry: QueueEntry): boolean =>
    entry.roomId !== null && roomIds.has(entry.roomId) && isWaiting(entry)
  if (!queue.entries.some(isOpened)) return queue
  return {
    entries: queue.entries.map((entry) =>
      isOpened(entry)
        ? {
            ...entry,
            status: 'queued' as const,
            reason: null,
            isKnock: false,
            needsSpace: false,
            tries: 0,
            notBefore: 0,
            settledAt: null,
          }
        : entry,
    ),
  }
}

/** The queue without a knock, once the server has forgotten it; the room may be asked again. */
export function knockTakenBack(queue: JoinQueue, key: string): JoinQueue {
  return entryOf(queue, key).status === 'asked'
    ? withEntry(queue, key, { status: 'notJoined', reason: 'takenBack' })
    : queue
}

/** True for a room that opens only when somebody inside does something. */
export function isWaiting(entry: Pick<QueueEntry, 'status' | 'reason'>): boolean {
  return entry.status === 'asked' || (entry.status === 'notJoined' && entry.reason === 'invite')
}
