import { communityFromManifest, type Community } from '../core/communities/community.ts'
import { readManifest } from '../core/communities/read-manifest.ts'
import { auxolotl } from '../practice/seed/auxolotl.ts'
import { galaxy } from '../practice/seed/galaxy.ts'
import { aliasOf } from '../practice/seed/seed-rooms.ts'
import type { ServerName } from '../practice/servers.ts'
import type { PracticeWorld } from '../practice/world.ts'

/** What is to be joined: aliases, and the space if there is one. */
export interface RoomList {
  readonly space: string | null
  readonly rooms: readonly string[]
  /** IDs of rooms, by alias, of which it is known that the homeserver is in them; then nobody looks them up again. */
  readonly known: ReadonlyMap<string, string>
}

/** Auxolotl's 33 rooms, which have no space. */
export const auxolotlRooms: RoomList = {
  space: null,
  rooms: auxolotl.rooms.map(aliasOf),
  known: new Map(),
}

/**
 * Galaxy's space and the 70 rooms around it that let everybody in, its members at least: 71 joins. Left out are the
 * room that must be asked and the one by invitation; the old room that has moved and the new one are both in it.
 */
export const galaxyRooms: RoomList = {
  space: galaxy.space ? aliasOf(galaxy.space) : null,
  rooms: galaxy.rooms.filter((room) => room.rule !== 'knock' && room.rule !== 'invite').map(aliasOf),
  known: new Map(),
}

/** All addresses of a list: the ID where it is known, else the alias. */
export function addressesOf({ space, rooms, known }: RoomList): string[] {
  return [...(space === null ? [] : [space]), ...rooms].map((alias) => known.get(alias) ?? alias)
}

/** The list as Foyer reads a community's page, with the IDs of known rooms as its first screens find them. */
export function communityOf({ space, rooms, known }: RoomList): Community {
  const manifest = readManifest({
    version: 2,
    name: 'Bench',
    summary: 'Rooms to be joined against the clock',
    ...(space !== null && { space: { address: space } }),
    rooms: rooms.map((address) => ({ address })),
  })
  if (!manifest.ok) throw new Error(`not a manifest: ${manifest.reason[0]?.message ?? ''}`)
  const community = communityFromManifest(manifest.value)
  const withId = community.rooms.map((room) => ({ ...room, roomId: known.get(room.address) ?? null }))
  return { ...community, rooms: withId }
}

/** Makes public rooms, a few at a time. All of them are known. */
export async function makeRooms(world: PracticeWorld, server: ServerName, count: number): Promise<RoomList> {
  const names = Array.from({ length: count }, (_, index) => `bench-${index}`)
  const left = [...names]
  const known = new Map<string, string>()
  const make = async (): Promise<void> => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      const answer = await world.client.request(server, '/_matrix/client/v3/createRoom', {
        token: world.tokens[server].steward,
        body: { preset: 'public_chat', room_alias_name: name, name },
      })
      known.set(aliasOf({ alias: name, server }), String(answer['room_id']))
    }
  }
  await Promise.all([make(), make(), make()])
  return { space: null, rooms: names.map((alias) => aliasOf({ alias, server })), known }
}
