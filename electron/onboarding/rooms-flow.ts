import { isAlias } from '../../core/addresses/room-address.ts'
import type { Community, SpaceChild } from '../../core/communities/community.ts'
import { sessionClient, type Session } from '../../matrix/client.ts'
import { askAliasDirectory } from '../../matrix/rooms/room-summary.ts'
import { askSpaceChildren } from '../../matrix/rooms/space-children.ts'
import { serverOf } from '../../core/addresses/room-address.ts'
import { inParallel } from '../../matrix/in-parallel.ts'
import type { OnboardingPorts } from './ports.ts'

const PARALLEL = 4

/** The rooms of the community's space, as far as the newcomer's homeserver shows them; null when it doesn't yet. */
export async function spaceChildrenFlow(
  ports: OnboardingPorts,
  session: Session,
  community: Community,
): Promise<SpaceChild[] | null> {
  const { space } = community
  if (space === null) return null
  const roomId = space.roomId ?? (await resolveSpace(ports, session, space.address))
  return roomId === null ? null : askSpaceChildren(sessionClient(session, ports.fetch), roomId)
}

/** Keys of the rooms that the newcomer's homeserver takes part in already. */
export async function roomsHereFlow(
  ports: OnboardingPorts,
  session: Session,
  community: Community,
  signal: AbortSignal,
): Promise<string[]> {
  const ownServer = serverOf(session.userId)
  const here: string[] = []
  await inParallel(community.rooms, PARALLEL, async (room) => {
    if (!isAlias(room.address)) {
      if (ownServer !== null && room.via.includes(ownServer)) here.push(room.key)
      return
    }
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
