import { viaServers } from '../addresses/room-address.ts'
import { isByInvitation, type Community, type CommunityRoom } from '../communities/community.ts'
import { isForAnnouncements } from './quiet.ts'
import type { JoinQueue, QueueEntry } from './queue.ts'

const fresh = {
  isLocal: null,
  status: 'queued',
  reason: null,
  isFollowed: false,
  tries: 0,
  hops: 0,
  notBefore: 0,
  lastAnswer: null,
  lastVia: [],
  settledAt: null,
} as const

/**
 * The queue for a choice of rooms: the space first, as restricted rooms need it, then the lobby, then the rest as
 * the page orders them. `roomsHere` are the keys of rooms that the homeserver takes part in, null where nobody asked.
 */
export function planJoins(
  community: Community,
  chosenKeys: readonly string[],
  roomsHere: readonly string[] | null = null,
): JoinQueue {
  const { space } = community
  const wanted = new Set(chosenKeys)
  // A page may list its space among its rooms; it is joined once.
  if (space !== null) wanted.delete(space.address)
  const chosen = community.rooms.filter((room) => wanted.has(room.key))
  const spaceEntry: QueueEntry[] =
    space === null
      ? []
      : [
          {
            ...fresh,
            key: space.address,
            kind: 'space',
            address: space.address,
            via: viaServers(space, [], 10),
            roomId: space.roomId,
            isLobby: false,
            isLoud: false,
            needsSpace: false,
            isKnock: false,
          },
        ]
  const here = roomsHere === null ? null : new Set(roomsHere)
  return { entries: [...spaceEntry, ...chosen.toSorted(lobbyFirst).map((room) => roomEntry(room, here))] }
}

/**
 * The queue with rooms added that became known only inside the space. Rooms already in it are left alone. Nothing is
 * asked of those that only an invitation opens, but they are named, and joined once somebody inside has opened them.
 */
export function planMore(queue: JoinQueue, rooms: readonly CommunityRoom[]): JoinQueue {
  const keys = new Set(queue.entries.map((entry) => entry.key))
  const roomIds = new Set(queue.entries.map((entry) => entry.roomId))
  const isPlanned = (room: CommunityRoom): boolean =>
    keys.has(room.key) || (room.roomId !== null && roomIds.has(room.roomId))
  return {
    entries: [...queue.entries, ...rooms.filter((room) => !isPlanned(room)).map(entryInside)],
  }
}

function entryInside(room: CommunityRoom): QueueEntry {
  const entry = roomEntry(room, null)
  return isByInvitation(room) ? { ...entry, isLocal: false, status: 'notJoined', reason: 'invite' } : entry
}

function roomEntry(room: CommunityRoom, here: ReadonlySet<string> | null): QueueEntry {
  return {
    ...fresh,
    key: room.key,
    kind: 'room',
    address: room.address,
    via: viaServers(room, [], 10),
    roomId: room.roomId,
    isLobby: room.isLobby,
    // What the page says of it, not the room's topic, which may speak of anything.
    isLoud: isForAnnouncements([room.name, room.label, room.purpose]),
    // Without its ID a room has to be looked up before joining in any case.
    isLocal: here === null || room.roomId === null ? null : here.has(room.key),
    // A listed room whose server hides it is most often one for members of the space.
    needsSpace:
      room.joinRule === 'restricted' || room.joinRule === 'knock_restricted' || room.sight === 'private',
    isKnock: room.joinRule === 'knock',
  }
}

function lobbyFirst(one: CommunityRoom, other: CommunityRoom): number {
  return Number(other.isLobby) - Number(one.isLobby)
}
