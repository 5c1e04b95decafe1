import { adminUsername, knownAccounts, memberNames, registrationToken, stewardUsername } from '../accounts.ts'
import { registerAccount } from '../register-account.ts'
import { servers, type ServerDefinition, type ServerName } from '../servers.ts'
import type { WorldClient } from '../world-client.ts'

/** Access tokens of the people of one server, by username. */
export type People = ReadonlyMap<string, string>

/** Makes the accounts of every server and the registration token. */
export async function seedPeople(client: WorldClient): Promise<ReadonlyMap<ServerName, People>> {
  return new Map(
    await Promise.all(
      servers.map(async (server) => [server.name, await seedServerPeople(client, server)] as const),
    ),
  )
}

async function seedServerPeople(client: WorldClient, server: ServerDefinition): Promise<People> {
  const people = new Map<string, string>()
  const admin = await registerAccount(client, server.name, { username: adminUsername, isAdmin: true })
  people.set(adminUsername, admin)
  for (const username of [stewardUsername, ...memberNames]) {
    const displayName = username[0]?.toUpperCase() + username.slice(1)
    people.set(username, await registerAccount(client, server.name, { username, displayName }))
  }
  for (const account of knownAccounts.filter((each) => each.server === server.name)) {
    people.set(account.username, await registerAccount(client, server.name, account))
  }
  for (const username of [adminUsername, stewardUsername]) {
    const userId = encodeURIComponent(`@${username}:${server.name}`)
    const path = `/_synapse/admin/v1/users/${userId}/override_ratelimit`
    await client.request(server.name, path, {
      token: admin,
      body: { messages_per_second: 0, burst_count: 0 },
    })
  }
  if (server.signUp === 'token') {
    const path = '/_synapse/admin/v1/registration_tokens/new'
    await client.request(server.name, path, { token: admin, body: { token: registrationToken } })
  }
  return people
}
