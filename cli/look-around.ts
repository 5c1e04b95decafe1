import { isAlias, serverOf, viaServers, type RoomAddress } from '../core/addresses/room-address.ts'
import {
  blankFacts,
  withFacts,
  type Community,
  type CommunityRoom,
  type RoomFacts,
} from '../core/communities/community.ts'
import { askAliasDirectory, askRoomSummary } from '../matrix/rooms/room-summary.ts'
import { inParallel } from '../matrix/in-parallel.ts'
import type { Network } from './network.ts'

/* Questions that need no account. How many are asked at once is quick for people and gentle on servers. */

const PARALLEL = 4

/**
 * Asks about one room: its own server first, then those named with it, then `hints`. Servers that kept `silent` are
 * not asked again. Rejects only when aborted.
 */
export async function lookUpRoom(
  network: Network,
  room: RoomAddress,
  hints: readonly string[],
  silent: Set<string>,
  signal: AbortSignal,
): Promise<RoomFacts> {
  const own = isAlias(room.address) ? serverOf(room.address) : null
  for (const server of new Set([...(own === null ? [] : [own]), ...room.via, ...hints])) {
    if (silent.has(server)) continue
    // The hints come from the command line; everything else from whoever wrote the manifest or the link.
    const { fetch, homeservers } = hints.includes(server) ? network : network.strangers
    const found = await homeservers.find(server)
    signal.throwIfAborted()
    const facts = found.ok
      ? await askRoomSummary(fetch, found.value, room.address, viaServers(room), signal)
      : null
    if (facts !== null) return facts
    silent.add(server)
  }
  return blankFacts('unreachable')
}

/** The community with what servers say of its space and of every room that nobody has described yet. */
export async function lookAround(
  network: Network,
  community: Community,
  hints: readonly string[],
  signal: AbortSignal,
): Promise<Community> {
  const silent = new Set<string>()
  const { space } = community
  const rooms = community.rooms.filter((room) => room.sight !== 'seen')
  const unnamed = space === null || space.name !== null ? [] : [{ key: space.address, ...space }]
  let known = community
  await inParallel([...unnamed, ...rooms], PARALLEL, async (room) => {
    const facts = await lookUpRoom(network, room, hints, silent, signal)
    known = withFacts(known, room.key, facts)
  })
  return known
}

/** Keys of the rooms that the homeserver takes part in already. */
export async function roomsHere(
  network: Network,
  homeserver: { readonly baseUrl: string; readonly serverName: string },
  rooms: readonly CommunityRoom[],
  signal: AbortSignal,
): Promise<string[]> {
  const here: string[] = []
  await inParallel(rooms, PARALLEL, async (room) => {
    const servers = isAlias(room.address)
      ? await askAliasDirectory(network.fetch, homeserver.baseUrl, room.address, { signal })
      : { servers: room.via }
    if (typeof servers !== 'string' && servers.servers.includes(homeserver.serverName)) here.push(room.key)
  })
  return here
}
