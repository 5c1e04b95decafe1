import { z } from 'zod'
import { askAdmin, resolveAlias } from './admin.ts'
import { serverOf } from './servers.ts'
import type { WorldAccess } from './world.ts'

const stateSchema = z.array(z.object({ type: z.string(), state_key: z.string(), content: z.unknown() }))

const membershipSchema = z.object({
  membership: z.enum(['join', 'invite', 'knock', 'leave', 'ban']),
  reason: z.string().optional(),
})

/** What a room says about one person. `reason` is what they wrote when they knocked, if anything. */
export type Membership = Readonly<z.infer<typeof membershipSchema>>

/** What the room's own server says about a person, whichever server they are on; undefined if nothing. */
export async function membershipOf(
  world: WorldAccess,
  alias: string,
  userId: string,
): Promise<Membership | undefined> {
  return (await memberships(world, alias)).get(userId)
}

/** Everybody whom the room's own server has heard of, also those who left or only knocked. */
export async function memberships(world: WorldAccess, alias: string): Promise<Map<string, Membership>> {
  const roomId = encodeURIComponent(await roomIdOf(world, alias))
  const answer = await askAdmin(world, serverOf(alias), `/v1/rooms/${roomId}/state`)
  const members = stateSchema.parse(answer['state']).filter((event) => event.type === 'm.room.member')
  return new Map(members.map((event) => [event.state_key, membershipSchema.parse(event.content)]))
}

/** Invites a person; for somebody who has knocked, this is the answer that lets them in. */
export async function invite(world: WorldAccess, alias: string, userId: string): Promise<void> {
  await moderate(world, alias, 'invite', { user_id: userId })
}

/** Invites everybody who has knocked, and returns who they were. */
export async function acceptKnocks(world: WorldAccess, alias: string): Promise<string[]> {
  const waiting = [...(await memberships(world, alias))].filter(
    ([, { membership }]) => membership === 'knock',
  )
  for (const [userId] of waiting) await invite(world, alias, userId)
  return waiting.map(([userId]) => userId)
}

/** Removes a person; for somebody who has knocked, this is a no. */
export async function kick(world: WorldAccess, alias: string, userId: string): Promise<void> {
  await moderate(world, alias, 'kick', { user_id: userId })
}

/** Bans a person, who need not have been in the room. */
export async function ban(world: WorldAccess, alias: string, userId: string, reason?: string): Promise<void> {
  await moderate(world, alias, 'ban', { user_id: userId, ...(reason && { reason }) })
}

/** Takes a ban back. */
export async function unban(world: WorldAccess, alias: string, userId: string): Promise<void> {
  await moderate(world, alias, 'unban', { user_id: userId })
}

async function moderate(world: WorldAccess, alias: string, verb: string, body: object): Promise<void> {
  const server = serverOf(alias)
  const roomId = encodeURIComponent(await roomIdOf(world, alias))
  const path = `/_matrix/client/v3/rooms/${roomId}/${verb}`
  await world.client.request(server, path, { token: world.tokens[server].steward, body })
}

async function roomIdOf(world: WorldAccess, alias: string): Promise<string> {
  const roomId = await resolveAlias(world, alias)
  if (!roomId) throw new Error(`the practice world has no ${alias}`)
  return roomId
}
