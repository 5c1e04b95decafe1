import type { Community, CommunityRoom } from '../communities/community.ts'
import { withSpaceManifest } from '../communities/space-manifest.ts'
import type { Entered } from '../joining/entered.ts'
import { planLeaving } from '../joining/leaving.ts'
import { planJoins } from '../joining/plan.ts'
import type { JoinQueue, QueueEntry } from '../joining/queue.ts'
import { isChoosable } from '../onboarding/choice.ts'
import type { Errand, JoinedCard } from '../onboarding/state.ts'
import { knownNames, type JoinedCommunity } from './joined-community.ts'

/* Coming back to a community: to what is new in it, or to leave it. */

/** What the front doors show of a community that was joined; `others` are all that are remembered. */
export function joinedCard(record: JoinedCommunity, others: readonly JoinedCommunity[]): JoinedCard {
  const { id, account, community, joined, settledAt, changes } = record
  return {
    id,
    account,
    name: community.name,
    initials: community.initials,
    colour: community.colour,
    communityId: community.id,
    roomCount: joined.filter((room) => room.kind === 'room').length,
    leavable: leavableRooms(record, others).length,
    hasSpace: community.space !== null,
    since: settledAt,
    changes,
  }
}

/**
 * The community for choosing once more, as its page describes it now (null where nobody knows). The newcomer's own rooms
 * are marked as theirs, except those that have moved: there they aren't yet.
 */
export function communityAgain(record: JoinedCommunity, described: Community | null): Community {
  const { community, changes } = record
  const now = described === null ? community : withSpaceManifest(community, described)
  const moved = new Map(changes.moved.map(({ key, roomId }) => [key, roomId]))
  const yours = new Set(record.joined.flatMap(({ key, roomId }) => [key, roomId]))
  const rooms = now.rooms.map((room): CommunityRoom => {
    const target = moved.get(room.key)
    if (target !== undefined) return { ...room, roomId: target }
    return yours.has(room.key) || yours.has(room.roomId ?? '') ? { ...room, isYours: true } : room
  })
  return { ...now, rooms, roomCount: Math.max(now.roomCount, rooms.length) }
}

/** What the newcomer comes back for: everything that is new, with the preset that they took then. */
export function newsErrand(record: JoinedCommunity): Extract<Errand, { kind: 'news' }> {
  const { id, account, changes, community, joined, inside, wish } = record
  const keys = new Set(joined.map(({ key }) => key))
  // Whoever ticked all the rooms there were takes all the new ones.
  const tookAll = community.rooms.every((room) => keys.has(room.key) || !isChoosable(room))
  return {
    kind: 'news',
    id,
    userId: account.userId,
    preset: wish.preset === 'own' && tookAll ? 'all' : wish.preset,
    moved: changes.moved.map(({ key }) => key),
    fresh: [...changes.moved, ...changes.added].map(({ key }) => key),
    known: [...knownNames(record)],
    knowsInside: inside !== null,
  }
}

/** A pass to be undone that ended long ago: what Foyer joined in this community, and nothing that others need. */
export function passOf(
  record: JoinedCommunity,
  others: readonly JoinedCommunity[],
): { readonly queue: JoinQueue; readonly entered: Entered } {
  const planned = planJoins(
    record.community,
    record.joined.map(({ key }) => key),
  )
  const joined = new Map(record.joined.map((room) => [room.key, room.roomId]))
  const entries = planned.entries.flatMap((entry): QueueEntry[] => {
    const roomId = joined.get(entry.key)
    return roomId === undefined ? [] : [{ ...entry, roomId, status: 'joined', isFollowed: true }]
  })
  const shared = others
    .filter(({ id, account }) => id !== record.id && account.userId === record.account.userId)
    .flatMap((other) => [...other.joined.map(({ roomId }) => roomId), ...other.replaced])
  const mine = record.joined.filter((room) => room.wasBefore).map(({ roomId }) => roomId)
  return {
    queue: { entries },
    entered: { before: [...new Set([...mine, ...shared])], replaced: record.replaced },
  }
}

/** IDs of the rooms that are left with a community, in their order. */
export function leavableRooms(
  record: JoinedCommunity,
  others: readonly JoinedCommunity[],
): readonly string[] {
  const { queue, entered } = passOf(record, others)
  return planLeaving(queue, entered).steps.map(({ roomId }) => roomId)
}
