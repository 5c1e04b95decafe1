import { isAlias } from '../../core/addresses/room-address.ts'
import type { Community, CommunityRoom } from '../../core/communities/community.ts'
import { inParallel } from '../in-parallel.ts'
import type { JoinRequests } from './join-requests.ts'

const PARALLEL = 4

/**
 * The community with the ID of every room that an alias leads to, so that the space's rooms are told apart. `known` has
 * IDs that were found before, by the rooms' keys; a room that nobody can name stays without, as do those that weren't
 * asked about yet when `signal` was aborted.
 */
export async function withRoomIds(
  community: Community,
  requests: Pick<JoinRequests, 'resolve'>,
  signal: AbortSignal,
  known: ReadonlyMap<string, string | null> = new Map(),
): Promise<Community> {
  const found = new Map(known)
  const idOf = (room: CommunityRoom): string | null => room.roomId ?? found.get(room.key) ?? null
  const unknown = community.rooms.filter((room) => idOf(room) === null && isAlias(room.address))
  await inParallel(unknown, PARALLEL, async (room) => {
    if (signal.aborted) return
    const answer = await requests.resolve(room.address)
    if (typeof answer !== 'string') found.set(room.key, answer.roomId)
  })
  return { ...community, rooms: community.rooms.map((room) => ({ ...room, roomId: idOf(room) })) }
}
