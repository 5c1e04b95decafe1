import { z } from 'zod'
import { adminUsername } from './accounts.ts'
import { registerAccount, type NewAccount } from './register-account.ts'
import { serverOf, type ServerName } from './servers.ts'
import { WorldError, type WorldRequest } from './world-client.ts'
import type { WorldAccess } from './world.ts'

const devicesSchema = z.array(z.object({ device_id: z.string(), display_name: z.string().nullish() }))

/*
 * The truth from the homeservers, for tests, asked through Synapse's admin API by an account that is in no room and
 * exempt from limits. Which server to ask follows from the user ID or the alias, unless it is given.
 */

/** Rooms and spaces that the user is joined to, by room ID, as the user's own server sees it. */
export async function joinedRooms(world: WorldAccess, userId: string): Promise<string[]> {
  const answer = await askAdmin(
    world,
    serverOf(userId),
    `/v1/users/${encodeURIComponent(userId)}/joined_rooms`,
  )
  return z.array(z.string()).parse(answer['joined_rooms'])
}

/** Whether the server of the user knows such an account. */
export async function accountExists(world: WorldAccess, userId: string): Promise<boolean> {
  const path = `/v2/users/${encodeURIComponent(userId)}`
  return (await unlessRefused(404, askAdmin(world, serverOf(userId), path))) !== undefined
}

/** Display names of the user's devices, so of every session that is still signed in. Empty text for none. */
export async function deviceNames(world: WorldAccess, userId: string): Promise<string[]> {
  return (await devices(world, userId)).map((device) => device.display_name ?? '')
}

/** Whether the server refuses the token, as it must after signing out. */
export async function tokenIsDead(world: WorldAccess, server: ServerName, token: string): Promise<boolean> {
  const whoami = world.client.request(server, '/_matrix/client/v3/account/whoami', { token })
  return (await unlessRefused(401, whoami)) === undefined
}

/** The room ID behind an alias, or undefined if no room has it. */
export async function resolveAlias(world: WorldAccess, alias: string): Promise<string | undefined> {
  const path = `/_matrix/client/v3/directory/room/${encodeURIComponent(alias)}`
  const answer = await unlessRefused(404, world.client.request(serverOf(alias), path))
  return answer && String(answer['room_id'])
}

/** Makes an account, also on a closed server, and returns its access token. The username must be free. */
export async function createAccount(
  world: WorldAccess,
  server: ServerName,
  account: NewAccount,
): Promise<string> {
  return registerAccount(world.client, server, account)
}

/** Ends every session of the user at once, as an administrator or another device would. */
export async function endSessions(world: WorldAccess, userId: string): Promise<void> {
  const path = `/v2/users/${encodeURIComponent(userId)}/delete_devices`
  const body = { devices: (await devices(world, userId)).map((device) => device.device_id) }
  await askAdmin(world, serverOf(userId), path, { body })
}

/** Suspends an account, so that it may not join or knock (M_USER_SUSPENDED), or ends that. */
export async function setSuspended(world: WorldAccess, userId: string, isSuspended: boolean): Promise<void> {
  const path = `/v1/suspend/${encodeURIComponent(userId)}`
  await askAdmin(world, serverOf(userId), path, { method: 'PUT', body: { suspend: isSuspended } })
}

/** Locks an account (M_USER_LOCKED for every request), or unlocks it. */
export async function setLocked(world: WorldAccess, userId: string, isLocked: boolean): Promise<void> {
  const path = `/v2/users/${encodeURIComponent(userId)}`
  await askAdmin(world, serverOf(userId), path, { method: 'PUT', body: { locked: isLocked } })
}

/** Asks the admin API of a server; the path goes on after `/_synapse/admin`. Throws a `WorldError` if refused. */
export async function askAdmin(
  world: WorldAccess,
  server: ServerName,
  path: string,
  request: WorldRequest = {},
): Promise<Record<string, unknown>> {
  const { admin } = world.tokens[server]
  return world.client.request(server, `/_synapse/admin${path}`, { ...request, token: admin })
}

/** The administrator of a server. */
export function adminOf(server: ServerName): string {
  return `@${adminUsername}:${server}`
}

async function devices(world: WorldAccess, userId: string) {
  const answer = await askAdmin(world, serverOf(userId), `/v2/users/${encodeURIComponent(userId)}/devices`)
  return devicesSchema.parse(answer['devices'])
}

async function unlessRefused<Answer>(status: number, asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof WorldError && error.status === status) return undefined
    throw error
  }
}
