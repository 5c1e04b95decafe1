import { isAlias, serverOf, type RoomAddress } from '../../core/addresses/room-address.ts'
import {
  communityFromManifest,
  type Community,
  type CommunityRoom,
  type RoomFacts,
  type SpaceChild,
} from '../../core/communities/community.ts'
import { sessionClient, type Session } from '../../matrix/client.ts'
import { askAliasDirectory } from '../../matrix/rooms/room-summary.ts'
import { askLeftOutRooms } from '../../matrix/rooms/left-out-rooms.ts'
import { askSpaceManifest, type GetPage } from '../../matrix/rooms/space-manifest.ts'
import { getPublicPage } from '../../matrix/http/public-page.ts'
import { askSpaceChildren } from '../../matrix/rooms/space-children.ts'
import { inParallel } from '../../matrix/in-parallel.ts'
import type { OnboardingPorts } from './ports.ts'

const PARALLEL = 4

/** The rooms of the community's space, as far as the newcomer's homeserver shows them; null when it doesn't yet. */
export async function spaceChildrenFlow(
  ports: OnboardingPorts,
  session: Session,
  community: Community,
  signal: AbortSignal,
): Promise<SpaceChild[] | null> {
  const { space } = community
  if (space === null) return null
  const roomId = space.roomId ?? (await resolveSpace(ports, session, space.address))
  if (roomId === null) return null
  return askSpaceChildren(sessionClient(session, ports.fetch), roomId, { sleep: ports.clock.sleep, signal })
}

/** What the community's space itself says of it, if the newcomer's homeserver shows that; null otherwise. */
export async function spaceManifestFlow(
  ports: OnboardingPorts,
  session: Session,
  space: RoomAddress & { readonly roomId: string | null },
  signal: AbortSignal,
): Promise<Community | null> {
  const roomId = space.roomId ?? (await resolveSpace(ports, session, space.address))
  if (roomId === null) return null
  const pauses = { sleep: ports.clock.sleep, signal }
  const client = sessionClient(session, ports.fetch)
  const manifest = await askSpaceManifest(client, roomId, pauses, publicPages(ports, signal))
  return manifest === null ? null : communityFromManifest(manifest)
}

/** Gets texts from the web, and from nowhere else. */
export function publicPages(
  ports: Pick<OnboardingPorts, 'strangers' | 'resolveHost'>,
  signal: AbortSignal,
): GetPage {
  return async (url) => {
    const page = await getPublicPage(
      ports.strangers.fetch,
      ports.resolveHost,
      url,
      'application/json, */*',
      signal,
    )
    return page.ok ? page.value : null
  }
}

/** Looks up the rooms that the space names and doesn't show, and tells of each that shows itself. */
export async function leftOutRoomsFlow(
  ports: OnboardingPorts,
  session: Session,
  community: Community,
  signal: AbortSignal,
  onFacts: (key: string, facts: RoomFacts) => void,
): Promise<void> {
  const leftOut = community.rooms.flatMap(({ sight, key, roomId, via }) =>
    sight === 'private' && roomId !== null ? [{ key, roomId, via }] : [],
  )
  const keys = new Map(leftOut.map(({ roomId, key }) => [roomId, key]))
  const pauses = { sleep: ports.clock.sleep, signal }
  await askLeftOutRooms(sessionClient(session, ports.fetch), leftOut, pauses, (roomId, facts) =>
    onFacts(keys.get(roomId) ?? roomId, facts),
  )
}

/** Keys of the rooms that the newcomer's homeserver takes part in already. */
export async function roomsHereFlow(
  ports: OnboardingPorts,
  session: Session,
  community: Community,
  signal: AbortSignal,
): Promise<string[]> {
  const ownServer = serverOf(session.userId)
  const isNamed = (room: CommunityRoom): boolean => ownServer !== null && room.via.includes(ownServer)
  const named = community.rooms.filter((room) => !isAlias(room.address) && isNamed(room))
  const here = named.map((room) => room.key)
  const aliases = community.rooms.filter((room) => isAlias(room.address))
  await inParallel(aliases, PARALLEL, async (room) => {
    const found = await askAliasDirectory(ports.fetch, session.baseUrl, room.address, { signal })
    if (typeof found !== 'string' && ownServer !== null && found.servers.includes(ownServer))
      here.push(room.key)
  })
  return here
}

async function resolveSpace(
  ports: OnboardingPorts,
  session: Session,
  address: string,
): Promise<string | null> {
  if (!isAlias(address)) return address
  const found = await askAliasDirectory(ports.fetch, session.baseUrl, address)
  return typeof found === 'string' ? null : found.roomId
}
