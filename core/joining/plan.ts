import { viaServers, type RoomAddress } from '../addresses/room-address.ts'
import { isByInvitation, type Community, type CommunityRoom } from '../communities/community.ts'
import { isForAnnouncements } from './quiet.ts'
import type { JoinQueue, QueueEntry } from './queue.ts'

const fresh = {
  isLocal: null,
  status: 'queued',
  reason: null,
  isFollowed: false,
  tries: 0,
  wasAsked: false,
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
            behind: null,
            isKnock: false,
          },
        ]
  const here = roomsHere === null ? null : new Set(roomsHere)
  const entries = chosen.toSorted(lobbyFirst).map((room) => roomEntry(room, here))
  return { entries: [...spaceEntry, ...gatewaysTo(chosen), ...entries] }
}

/**
 * The queue with rooms added that became known only inside the space. Rooms already in it are left alone, but for those
 * that hid themselves and don't any more. Nothing is asked of those that only an invitation opens, but they are named,
 * and joined once somebody inside has opened them. `spaces` are IDs of spaces inside, which may have hidden what they are.
 */
export function planMore(
  queue: JoinQueue,
  rooms: readonly CommunityRoom[],
  spaces: readonly string[] = [],
): JoinQueue {
  const planned = new Set(
    queue.entries.flatMap(({ key, roomId }) => [key, ...(roomId === null ? [] : [roomId])]),
  )
  const isPlanned = ({ key, roomId }: CommunityRoom): boolean =>
    planned.has(key) || (roomId !== null && planned.has(roomId))
  const shown = new Map(rooms.filter((room) => !isByInvitation(room)).map((room) => [room.key, room]))
  const nearest = new Map(rooms.map(({ key, path }) => [key, path.at(-1)?.address ?? null]))
  const hidden = new Set(queue.entries.filter(isHidden).map(({ key }) => key))
  const known = queue.entries.map((entry) => {
    const behind = isForMembers(entry) ? (nearest.get(entry.key) ?? null) : null
    return behind === null ? entry : { ...entry, behind }
  })
  const added = rooms.filter((room) => !isPlanned(room))
  const behind = new Set(known.map((entry) => entry.behind))
  const isNew = new Set(added.map(({ key }) => key))
  const isLedTo = (room: CommunityRoom): boolean =>
    isNew.has(room.key) || hidden.has(room.key) || behind.has(room.path.at(-1)?.address ?? '')
  const gateways = new Map(gatewaysTo(rooms.filter(isLedTo)).map((entry) => [entry.key, entry]))
  const inside = new Set(spaces)
  const entries = known.map((entry): QueueEntry => {
    if (!hidden.has(entry.key)) return entry
    const room = shown.get(entry.key)
    if (room !== undefined) return roomEntry(room, null)
    return inside.has(entry.key) ? (gateways.get(entry.key) ?? { ...entry, kind: 'gateway' }) : entry
  })
  const newGateways = [...gateways.values()].filter(({ key }) => !planned.has(key))
  return { entries: [...entries, ...newGateways, ...added.map(entryInside)] }
}

/** A space that lets its members into rooms. */
export function gatewayEntry({ address, via }: RoomAddress, behind: string | null): QueueEntry {
  return {
    ...fresh,
    key: address,
    kind: 'gateway',
    address,
    via: viaServers({ address, via }, [], 10),
    roomId: address,
    isLobby: false,
    isLoud: false,
    needsSpace: true,
    behind,
    isKnock: false,
  }
}

/** True where rooms in line are for members only, and nobody knows yet whether of a space inside the community's own. */
export function mayLieDeeper(queue: JoinQueue): boolean {
  return queue.entries.some(isForMembers)
}

/** Those of the rooms that are in the queue. */
export function plannedOf(queue: JoinQueue, rooms: readonly CommunityRoom[]): CommunityRoom[] {
  const keys = new Set(queue.entries.map((entry) => entry.key))
  return rooms.filter((room) => keys.has(room.key))
}

function isForMembers({ kind, status, needsSpace, behind }: QueueEntry): boolean {
  return kind === 'room' && status === 'queued' && needsSpace && behind === null
}

// Named, but nobody was ever asked for it.
function isHidden({ status, reason, tries }: QueueEntry): boolean {
  return status === 'notJoined' && reason === 'invite' && tries === 0
}

function gatewaysTo(rooms: readonly CommunityRoom[]): QueueEntry[] {
  const entries = new Map<string, QueueEntry>()
  for (const { path } of rooms.filter(isForMembersOnly)) {
    path.forEach((space, depth) => {
      if (!entries.has(space.address))
        entries.set(space.address, gatewayEntry(space, path[depth - 1]?.address ?? null))
    })
  }
  return [...entries.values()]
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
    needsSpace: isForMembersOnly(room),
    behind: isForMembersOnly(room) ? (room.path.at(-1)?.address ?? null) : null,
    isKnock: room.joinRule === 'knock',
  }
}

// A room whose server hides it is most often one for members of a space.
function isForMembersOnly({ joinRule, sight }: CommunityRoom): boolean {
  return joinRule === 'restricted' || joinRule === 'knock_restricted' || sight === 'private'
}

function lobbyFirst(one: CommunityRoom, other: CommunityRoom): number {
  return Number(other.isLobby) - Number(one.isLobby)
}
