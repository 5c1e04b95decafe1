import type { Community, CommunityRoom } from '../communities/community.ts'
import { estimateSeconds, type SecondsRange } from '../joining/estimate.ts'

/** Whether a homeserver takes part in a room: it does, it doesn't, or it couldn't be asked. */
export type RoomPlace = 'here' | 'elsewhere' | 'unknown'

/** How well a homeserver fits a community, as far as it has been asked. */
export interface CommunityFit {
  /** Keys of the rooms that it takes part in. */
  readonly roomsHere: readonly string[]
  /** How many rooms have been asked about; as many as there are once the answer is whole. */
  readonly roomsAsked: number
  /** Time to join every room from there; null until all are asked about. */
  readonly seconds: SecondsRange | null
}

/** Rooms asked about; how the others stand is then known well enough, and nobody is asked thousands of times. */
const MOST_ASKED = 120

/** What is asked about: the space and its rooms; of very many rooms those that newcomers are led to, and the first. */
export function roomsToPlace(
  community: Community,
): { key: string; address: string; roomId: string | null }[] {
  const { rooms, space } = community
  return [
    ...(space === null ? [] : [{ key: space.address, address: space.address, roomId: space.roomId }]),
    ...roomsToAsk(rooms).map(({ key, address, roomId }) => ({ key, address, roomId })),
  ]
}

function roomsToAsk(rooms: readonly CommunityRoom[]): readonly CommunityRoom[] {
  if (rooms.length <= MOST_ASKED) return rooms
  const isFirst = (room: CommunityRoom): boolean => room.isLobby || room.isSuggested
  return [...rooms.filter(isFirst), ...rooms.filter((room) => !isFirst(room))].slice(0, MOST_ASKED)
}

/**
 * Adds up the answers, by key. Rooms that nobody can join take no time; those that only the space knows, or that are too
 * many to be asked about, are taken to be where the others are.
 */
export function fitOf(community: Community, places: ReadonlyMap<string, RoomPlace>): CommunityFit {
  const { rooms, space } = community
  const roomsHere = rooms.filter((room) => places.get(room.key) === 'here').map((room) => room.key)
  const roomsAsked = rooms.filter((room) => places.has(room.key)).length
  const isWhole = roomsToPlace(community).every((room) => places.has(room.key))
  if (!isWhole) return { roomsHere, roomsAsked, seconds: null }
  const joinable = rooms.filter(isJoinable).map((room) => room.key)
  const joined = [...(space === null ? [] : [space.address]), ...joinable]
  const count = (place: RoomPlace): number => joined.filter((key) => places.get(key) === place).length
  const unasked = joinable.filter((key) => !places.has(key)).length
  const hidden = Math.max(0, community.roomCount - rooms.length) + unasked
  const share = roomsAsked === 0 ? 0 : roomsHere.length / roomsAsked
  const hiddenHere = Math.round(hidden * share)
  const seconds = estimateSeconds({
    local: count('here') + hiddenHere,
    remote: count('elsewhere') + hidden - hiddenHere,
    unknown: count('unknown'),
  })
  return { roomsHere, roomsAsked, seconds }
}

function isJoinable(room: CommunityRoom): boolean {
  return room.sight !== 'missing' && room.joinRule !== 'invite'
}
