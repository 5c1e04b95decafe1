import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { adminUsername, stewardUsername } from '../accounts.ts'
import type { WorldClient } from '../world-client.ts'
import { serverNameSchema, serverNames, type ServerName } from '../servers.ts'
import { communities } from './communities.ts'
import { joinGuest, linkReplacements, linkToSpace } from './link-rooms.ts'
import { seedPeople } from './people.ts'
import { seedRoom, seedSpace, tokenOf, type Seeding } from './seed-rooms.ts'

/** Tokens of the two people through whom tests look into each server and moderate its rooms. */
export const tokensSchema = z.record(serverNameSchema, z.object({ admin: z.string(), steward: z.string() }))

/** Tokens by server. */
export type Tokens = Readonly<z.infer<typeof tokensSchema>>

/** Time for what was sent over federation to arrive, in milliseconds; the rest follows at the next start. */
const SETTLING = 1500

/** Room-ID localparts that servers must give to their first room. */
export const wishedRooms: Partial<Record<ServerName, string>> = Object.fromEntries(
  communities.flatMap(({ space }) => (space?.wishedRoom ? [[space.server, space.wishedRoom]] : [])),
)

/** Fills five empty homeservers with people, communities and rooms. */
export async function seedWorld(client: WorldClient, log: (line: string) => void): Promise<Tokens> {
  const people = await seedPeople(client)
  const seeding: Seeding = { client, people, roomIds: new Map() }
  log('people are there')
  // One lane for each server: a homeserver does one thing at a time anyway.
  await Promise.all(serverNames.map((server) => seedServer(seeding, server)))
  log('rooms are there')
  await Promise.all(communities.map((community) => linkToSpace(seeding, community)))
  await Promise.all(
    communities.flatMap((community) => community.guests.map((guest) => joinGuest(seeding, community, guest))),
  )
  await Promise.all(communities.map((community) => linkReplacements(seeding, community)))
  log('servers take part in each other’s rooms')
  await delay(SETTLING)
  const tokens = serverNames.map((name) => [
    name,
    { admin: tokenOf(seeding, name, adminUsername), steward: tokenOf(seeding, name, stewardUsername) },
  ])
  return tokensSchema.parse(Object.fromEntries(tokens))
}

async function seedServer(seeding: Seeding, server: ServerName): Promise<void> {
  for (const community of communities) {
    if (community.space?.server === server) await seedSpace(seeding, community.space)
    for (const room of community.rooms) if (room.server === server) await seedRoom(seeding, community, room)
  }
}
