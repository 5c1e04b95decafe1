import { isAlias, serverOf, viaServers, type RoomAddress } from '../../core/addresses/room-address.ts'
import { blankFacts, type Community, type RoomFacts } from '../../core/communities/community.ts'
import { askRoomSummary } from '../../matrix/rooms/room-summary.ts'
import type { Strangers } from '../../matrix/homeserver/strangers.ts'
import { inParallel } from '../../matrix/in-parallel.ts'
import type { OnboardingPorts } from './ports.ts'

/** How many rooms are asked about at once: quick for the reader, gentle on the server. */
const PARALLEL = 4

/**
 * How often each server kept silent. One that did so twice isn't asked again for every further room of the same preview;
 * a single time may have been a rate limit.
 */
type Silent = Map<string, number>
const MOST_SILENCES = 2

/** Tells about each room as its answer arrives. */
export type OnFacts = (key: string, facts: RoomFacts) => void

/**
 * Asks about the space and every room of a community, without an account. Resolves to false when no server at all
 * answered, which is what being offline looks like.
 */
export async function previewFlow(
  ports: Pick<OnboardingPorts, 'strangers'>,
  community: Community,
  signal: AbortSignal,
  onFacts: OnFacts,
): Promise<boolean> {
  const silent: Silent = new Map()
  const hints = community.homeservers.map((homeserver) => homeserver.name)
  let answers = 0
  const space = community.space === null ? [] : [{ key: community.space.address, ...community.space }]
  const wanted = [...space, ...community.rooms.filter((room) => room.sight !== 'seen')]
  await inParallel(wanted, PARALLEL, async (room) => {
    const facts = await lookUpRoom(ports.strangers, room, hints, silent, signal)
    if (signal.aborted) return
    if (facts.sight !== 'unreachable') answers += 1
    onFacts(room.key, facts)
  })
  return wanted.length === 0 || answers > 0
}

/**
 * Asks about one room: its own server first, then those named with it, then the community's homeservers. The first
 * that answers counts. `unreachable` when none did.
 */
export async function lookUpRoom(
  ports: Strangers,
  room: RoomAddress,
  hints: readonly string[],
  silent: Silent,
  signal: AbortSignal,
): Promise<RoomFacts> {
  const own = isAlias(room.address) ? serverOf(room.address) : null
  const servers = [...new Set([...(own === null ? [] : [own]), ...room.via, ...hints])]
  for (const server of servers) {
    const silences = silent.get(server) ?? 0
    if (silences >= MOST_SILENCES) continue
    const found = await ports.homeservers.find(server)
    signal.throwIfAborted()
    const facts = found.ok
      ? await askRoomSummary(ports.fetch, found.value, room.address, viaServers(room), signal)
      : null
    if (facts !== null) return facts
    silent.set(server, found.ok ? silences + 1 : MOST_SILENCES)
  }
  return blankFacts('unreachable')
}
