import {
  isListed,
  type Community,
  type CommunityRoom,
  type RoomFacts,
  type SpaceChild,
} from '../communities/community.ts'
import { isChoosable } from '../onboarding/choice.ts'
import {
  knownNames,
  type Changes,
  type Closing,
  type JoinedCommunity,
  type JoinedRoom,
} from './joined-community.ts'

/** What the server of a room's address says of it now. */
export interface Sighting extends RoomFacts {
  /** That server takes part in the room, so that it knows whom the room lets in. */
  readonly isHome: boolean
}

/** What a look at a community found. */
export interface Found {
  /** As its page describes it now; null where it has none, or the page can't be read. */
  readonly described: Community | null
  /** By the rooms' keys. A room that nobody was asked about, or of which nobody said anything, isn't in it. */
  readonly sightings: ReadonlyMap<string, Sighting>
  /** The space's rooms as a member sees them; null where no member has looked. */
  readonly children: readonly SpaceChild[] | null
  /** Where rooms have gone that a member has seen replaced, by their IDs. */
  readonly replacements: ReadonlyMap<string, string>
}

/** Most news of each kind that is kept of one community; who has missed more looks at the community itself. */
const MOST_NEWS = 500

/** The newcomer's rooms that can have moved or closed. The space itself isn't a room that people talk in. */
export function watchedRooms(record: JoinedCommunity): readonly JoinedRoom[] {
  return record.joined.filter((room) => room.kind === 'room' && !room.isSettled)
}

/** Rooms of the page that the newcomer hasn't been shown yet. */
export function freshRooms(record: JoinedCommunity, described: Community | null): readonly CommunityRoom[] {
  const known = knownNames(record)
  return (described?.rooms ?? []).filter(
    ({ address, roomId }) => !known.has(address) && !known.has(roomId ?? ''),
  )
}

/** Rooms of the page that weren't on it when the newcomer looked last, so that only a server can say which they are. */
export function unresolvedRooms(
  { community }: JoinedCommunity,
  described: Community | null,
): readonly CommunityRoom[] {
  const names = new Set(community.rooms.flatMap(({ key, address, roomId }) => [key, address, roomId ?? key]))
  return (described?.rooms ?? []).filter(
    ({ address, roomId }) => !names.has(address) && !names.has(roomId ?? ''),
  )
}

/**
 * What has changed since the newcomer joined, or was told last. Silence is neither news nor the end of any: where nobody
 * could be asked, it stays as it was known.
 */
export function changesOf(record: JoinedCommunity, found: Found): Changes {
  const rooms = new Map(record.community.rooms.map((room) => [room.key, room]))
  const moved = movedOf(record, found, rooms)
  const isMoved = new Set(moved.map(({ key }) => key))
  const targets = new Set(moved.map(({ roomId }) => roomId))
  const closed = closedOf(record, found, rooms).filter(({ key }) => !isMoved.has(key))
  const listed = addedToPage(record, found).filter(({ roomId }) => !targets.has(roomId ?? ''))
  const taken = new Set([...targets, ...listed.flatMap(({ key, roomId }) => [key, roomId ?? key])])
  const inside = addedInside(record, found).filter(({ key }) => !taken.has(key))
  return {
    added: [...listed, ...inside].slice(0, MOST_NEWS),
    moved: moved.slice(0, MOST_NEWS),
    closed: closed.slice(0, MOST_NEWS),
  }
}

function addedToPage(record: JoinedCommunity, { described, sightings }: Found): Changes['added'] {
  const known = knownNames(record)
  const before = record.changes.added.filter((room) => !room.isInside && !known.has(room.key))
  if (described === null) return before
  const news = new Map(before.map((room) => [room.key, room]))
  return freshRooms(record, described).flatMap((room) => {
    const seen = sightings.get(room.key)
    // Until a server has said that it is there, it may be a slip on the page.
    if (seen === undefined) return news.get(room.key) ?? []
    if (!isChoosable({ ...room, ...seen }) || known.has(seen.roomId ?? '')) return []
    const name = seen.name ?? room.label ?? room.address
    return [{ key: room.key, name, roomId: seen.roomId, isInside: false }]
  })
}

function addedInside(record: JoinedCommunity, { children }: Found): Changes['added'] {
  const known = knownNames(record)
  if (children === null) return record.changes.added.filter((room) => room.isInside && !known.has(room.key))
  // Where no member has looked before, nobody knows which of them are new.
  if (record.inside === null) return []
  return children.flatMap(({ address, facts }) => {
    const isOpen = !facts.isSpace && facts.sight === 'seen' && facts.joinRule !== 'invite'
    const key = facts.roomId ?? address
    if (!isOpen || known.has(key) || known.has(address)) return []
    return [{ key, name: facts.name ?? '', roomId: key, isInside: true }]
  })
}

function movedOf(
  record: JoinedCommunity,
  { sightings, replacements }: Found,
  rooms: ReadonlyMap<string, CommunityRoom>,
): Changes['moved'] {
  const known = knownNames(record)
  const before = new Map(record.changes.moved.map((room) => [room.key, room]))
  return watchedRooms(record).flatMap(({ key, roomId }) => {
    const seen = sightings.get(key)
    const target = replacements.get(roomId) ?? (seen?.sight === 'missing' ? null : (seen?.roomId ?? null))
    if (target !== null && !known.has(target))
      return [{ key, name: nameOf(key, rooms, seen), roomId: target }]
    const earlier = before.get(key)
    return seen === undefined && earlier !== undefined && !known.has(earlier.roomId) ? [earlier] : []
  })
}

function closedOf(
  record: JoinedCommunity,
  found: Found,
  rooms: ReadonlyMap<string, CommunityRoom>,
): Changes['closed'] {
  const isUnlisted = unlistedIn(record, found)
  const before = new Map(record.changes.closed.map((room) => [room.key, room.why]))
  return watchedRooms(record).flatMap(({ key, roomId }) => {
    const room = rooms.get(key)
    const seen = found.sightings.get(key)
    const earlier = before.get(key)
    const isSilent = earlier === 'unlisted' ? found.described === null : seen === undefined
    const kept = isSilent && earlier !== undefined ? earlier : null
    const unlisted = room !== undefined && isUnlisted(room, roomId) ? 'unlisted' : null
    const why = closingOf(room, seen) ?? kept ?? unlisted
    return why === null ? [] : [{ key, name: nameOf(key, rooms, seen), why }]
  })
}

function closingOf(room: CommunityRoom | undefined, seen: Sighting | undefined): Closing | null {
  if (seen?.sight === 'missing') return 'gone'
  const wasOpen = room?.joinRule === 'public' || room?.joinRule === 'knock'
  if (seen === undefined || !wasOpen) return null
  if (seen.sight === 'seen') return seen.joinRule === 'invite' ? 'invite' : null
  // Homeservers show strangers no room that wouldn't let them in. One that isn't in the room can't know.
  return seen.sight === 'private' && seen.isHome ? 'invite' : null
}

// The page may have another address for the same room, which only a server can tell.
function unlistedIn(
  record: JoinedCommunity,
  { described, sightings }: Found,
): (room: CommunityRoom, roomId: string) => boolean {
  if (described === null || described.rooms.length === 0) return () => false
  if (unresolvedRooms(record, described).some(({ key }) => !sightings.has(key))) return () => false
  const listed = new Set(
    described.rooms.flatMap(({ key, address, roomId }) => [
      key,
      address,
      roomId ?? key,
      sightings.get(key)?.roomId ?? key,
    ]),
  )
  return (room, roomId) =>
    isListed(room) &&
    ![room.key, room.address, room.roomId ?? room.key, roomId].some((name) => listed.has(name))
}

function nameOf(key: string, rooms: ReadonlyMap<string, CommunityRoom>, seen: Sighting | undefined): string {
  const room = rooms.get(key)
  return room?.name ?? room?.label ?? seen?.name ?? (key.startsWith('#') ? key : '')
}
