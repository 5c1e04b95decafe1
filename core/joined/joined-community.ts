import type { Community, CommunityRoom } from '../communities/community.ts'
import type { Entered } from '../joining/entered.ts'
import type { JoinQueue, QueueEntry } from '../joining/queue.ts'
import type { QuietStart } from '../joining/quiet.ts'
import type { Account, Said } from '../onboarding/state.ts'
import { noWish, type Wish } from './wish.ts'

/** Most communities that are remembered; of more, those joined longest ago are forgotten. */
export const MOST_COMMUNITIES = 50
/** Most IDs that are kept of rooms beside those of the community itself. */
const MOST_IDS = 6_000

/** A room that the newcomer is in. */
export interface JoinedRoom {
  /** The community room's key; the space's address for the space. */
  readonly key: string
  readonly kind: QueueEntry['kind']
  readonly roomId: string
  /** The newcomer was in it before Foyer came, so it is never left. */
  readonly wasBefore: boolean
  /** The newcomer has been told that it closed or moved, and left it at that; nobody looks at it any more. */
  readonly isSettled: boolean
}

/** Why a room counts as closed: its address is gone, it lets in invited people only, or the page lists it no more. */
export const closings = ['gone', 'invite', 'unlisted'] as const
export type Closing = (typeof closings)[number]

/** A room of which something has changed. */
export interface ChangedRoom {
  readonly key: string
  /** As people know it; empty where nobody has told. */
  readonly name: string
}

/** What has changed in a community since the newcomer joined it, or was told last. */
export interface Changes {
  /** Rooms that weren't there, with their ID if somebody told it. `isInside`: seen by a member only. */
  readonly added: readonly (ChangedRoom & { readonly roomId: string | null; readonly isInside: boolean })[]
  /** Rooms that the newcomer is in, and that have gone on elsewhere; with the ID of the room there. */
  readonly moved: readonly (ChangedRoom & { readonly roomId: string })[]
  readonly closed: readonly (ChangedRoom & { readonly why: Closing })[]
}

/** No news. */
export const noChanges: Changes = { added: [], moved: [], closed: [] }

/** A community that the newcomer has joined, as it is remembered. Holds nothing secret. */
export interface JoinedCommunity {
  readonly id: string
  readonly account: Account
  /** As the newcomer saw it last: whatever isn't in it is new. */
  readonly community: Community
  readonly joined: readonly JoinedRoom[]
  /** IDs of rooms that Foyer joined and that were replaced by others; the newcomer is in them still. */
  readonly replaced: readonly string[]
  /** IDs of rooms that the newcomer has been told of, beside those of the community. */
  readonly told: readonly string[]
  /** IDs of the space's rooms as a member sees them; null where no member has looked. */
  readonly inside: readonly string[] | null
  /** What the quiet start has set, so that it can be taken back. */
  readonly quiet: QuietStart
  /** By which preset rooms were chosen (`own`: one by one), and what was said to the community's questions. */
  readonly wish: { readonly preset: string; readonly said: Said }
  /** Since when there is nothing new, wall-clock milliseconds. */
  readonly settledAt: number
  readonly changes: Changes
  /** What a notification has told of, as `fingerprint` writes it. */
  readonly notified: string
}

/** What is remembered of a pass. */
export interface PassOutcome {
  readonly community: Community
  readonly account: Account
  readonly queue: JoinQueue
  readonly entered: Entered
  readonly quiet: QuietStart
  /** Null where nothing is known of it any more. */
  readonly wish: Wish | null
  /** Wall-clock milliseconds. */
  readonly at: number
}

/** Names one community joined by one account; the same for any way that leads to its space. */
export function joinedId(community: Community, { userId }: Account): string {
  return `${community.space?.address ?? community.id} ${userId}`
}

/**
 * The community as it is to be remembered after a pass, `before` being what was remembered of earlier ones. Null where
 * the newcomer is in none of its rooms.
 */
export function remembered(before: JoinedCommunity | null, outcome: PassOutcome): JoinedCommunity | null {
  const { account, queue, entered, quiet, wish, at } = outcome
  const earlier = before?.joined ?? []
  const now = joinedBy(queue, entered, earlier)
  const [ids, keys] = [new Set(now.map(({ roomId }) => roomId)), new Set(now.map(({ key }) => key))]
  const told = toldOf(before?.changes ?? noChanges)
  const others = earlier
    .filter(({ roomId, key }) => !ids.has(roomId) && !keys.has(key))
    .map((room) => (told.has(room.key) ? { ...room, isSettled: true } : room))
  const joined = [...others, ...now]
  if (joined.length === 0) return null
  const community = lean(outcome.community)
  // A room that has moved: the newcomer is in the old one still.
  const moved = earlier.filter(
    ({ roomId, key, wasBefore }) => keys.has(key) && !ids.has(roomId) && !wasBefore,
  )
  return {
    id: joinedId(community, account),
    account,
    community,
    joined,
    replaced: some([...(before?.replaced ?? []), ...moved.map(({ roomId }) => roomId), ...entered.replaced]),
    told: some([...(before?.told ?? []), ...earlier.map(({ roomId }) => roomId)]),
    inside: before?.inside ?? null,
    quiet: { isWanted: quiet.isWanted, marks: marksOf(before, quiet) },
    wish: wishAfter(before, wish),
    settledAt: at,
    changes: noChanges,
    notified: '',
  }
}

/** The same once these rooms were left. Null where the newcomer is in none of its rooms any more. */
export function withoutLeft(record: JoinedCommunity, leftIds: ReadonlySet<string>): JoinedCommunity | null {
  const joined = record.joined.filter(({ roomId }) => !leftIds.has(roomId))
  if (joined.length === 0) return null
  return {
    ...record,
    joined,
    replaced: record.replaced.filter((roomId) => !leftIds.has(roomId)),
    quiet: { ...record.quiet, marks: record.quiet.marks.filter(({ roomId }) => !leftIds.has(roomId)) },
  }
}

/** The same, the newcomer having seen what has changed: nothing of it is news any more. */
export function acknowledged(record: JoinedCommunity, at: number): JoinedCommunity {
  const { added, moved } = record.changes
  const told = toldOf(record.changes)
  return {
    ...record,
    joined: record.joined.map((room) => (told.has(room.key) ? { ...room, isSettled: true } : room)),
    told: some([
      ...record.told,
      ...added.flatMap(({ key, roomId }) => [key, roomId ?? key]),
      ...moved.map(({ roomId }) => roomId),
    ]),
    settledAt: at,
    changes: noChanges,
    notified: '',
  }
}

/** With what a member sees of the space's rooms, for comparing later. */
export function withInside(record: JoinedCommunity, roomIds: readonly string[]): JoinedCommunity {
  return { ...record, inside: some(roomIds) }
}

/** How many things are new. */
export function countOf({ added, moved, closed }: Changes): number {
  return added.length + moved.length + closed.length
}

/** The same text for the same news, whatever their order. Empty for none. */
export function fingerprint({ added, moved, closed }: Changes): string {
  return [
    ...added.map(({ key }) => `+${key}`),
    ...moved.map(({ key, roomId }) => `>${key} ${roomId}`),
    ...closed.map(({ key }) => `-${key}`),
  ]
    .toSorted()
    .join('\n')
}

/**
 * Every name of every room that the newcomer has been shown: keys, addresses and IDs. Rooms among them that they didn't
 * join, they left aside on purpose.
 */
export function knownNames(record: JoinedCommunity): ReadonlySet<string> {
  return new Set([
    ...record.community.rooms.flatMap(({ key, address, roomId }) => [key, address, roomId ?? key]),
    ...record.joined.flatMap(({ key, roomId }) => [key, roomId]),
    ...record.replaced,
    ...record.told,
    ...(record.inside ?? []),
    ...(record.community.space === null ? [] : [record.community.space.address]),
  ])
}

// Rooms of the newcomer's own that something has become of.
function toldOf({ moved, closed }: Changes): ReadonlySet<string> {
  return new Set([...moved, ...closed].map(({ key }) => key))
}

/** Of thousands of rooms their topics would be most of the file, and every look asks for them anew. */
function lean(community: Community): Community {
  return { ...community, rooms: community.rooms.map(withoutTopic) }
}

function withoutTopic(room: CommunityRoom): CommunityRoom {
  const { isYours, ...rest } = room
  return isYours === undefined && room.topic === null ? room : { ...rest, topic: null }
}

// An earlier pass of ours brought the newcomer in, where it is one that we remember.
function joinedBy(queue: JoinQueue, entered: Entered, earlier: readonly JoinedRoom[]): JoinedRoom[] {
  const before = entered.before === null ? null : new Set(entered.before)
  const ours = new Map(earlier.map((room) => [room.roomId, room]))
  return queue.entries.flatMap(({ key, kind, status, roomId }) => {
    if (status !== 'joined' || roomId === null) return []
    const wasBefore = ours.get(roomId)?.wasBefore ?? before?.has(roomId) ?? true
    return [{ key, kind, roomId, wasBefore, isSettled: false }]
  })
}

function marksOf(before: JoinedCommunity | null, quiet: QuietStart): QuietStart['marks'] {
  const now = new Set(quiet.marks.map(({ kind, roomId }) => `${kind} ${roomId}`))
  const earlier = (before?.quiet.marks ?? []).filter(({ kind, roomId }) => !now.has(`${kind} ${roomId}`))
  return [...earlier, ...quiet.marks].slice(0, MOST_IDS)
}

function wishAfter(before: JoinedCommunity | null, wish: Wish | null): JoinedCommunity['wish'] {
  const earlier = before?.wish ?? noWish
  return wish === null ? earlier : { preset: wish.preset ?? earlier.preset, said: wish.said }
}

function some(ids: readonly string[]): string[] {
  return [...new Set(ids)].slice(-MOST_IDS)
}
