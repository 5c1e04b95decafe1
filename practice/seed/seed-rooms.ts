import { memberNames, stewardUsername } from '../accounts.ts'
import type { ServerName } from '../servers.ts'
import type { WorldClient } from '../world-client.ts'
import type { People } from './people.ts'
import type { CommunitySeed, RoomSeed, SpaceSeed } from './room-seed.ts'

/** What the steps of seeding share. `roomIds` fills up on the way, by full alias. */
export type Seeding = {
  readonly client: WorldClient
  readonly people: ReadonlyMap<ServerName, People>
  readonly roomIds: Map<string, string>
}

/** The full alias of a seeded room or space. */
export function aliasOf(room: Pick<RoomSeed, 'alias' | 'server'>): string {
  return `#${room.alias}:${room.server}`
}

/** The token of a person, who must have been seeded. */
export function tokenOf(seeding: Seeding, server: ServerName, username: string): string {
  const token = seeding.people.get(server)?.get(username)
  if (!token) throw new Error(`nobody seeded @${username}:${server}`)
  return token
}

/** The ID of a room that has been made. */
export function roomIdOf(seeding: Seeding, alias: string): string {
  const roomId = seeding.roomIds.get(alias)
  if (!roomId) throw new Error(`nobody seeded ${alias}`)
  return roomId
}

/** Makes a space with its local members. Without an alias of its own where the page names it by ID. */
export async function seedSpace(seeding: Seeding, space: SpaceSeed): Promise<void> {
  await create(seeding, { ...space, isReadable: true }, { type: 'm.space' })
  await fill(seeding, space)
}

/** Makes a room with its local members and messages. */
export async function seedRoom(seeding: Seeding, community: CommunitySeed, room: RoomSeed): Promise<void> {
  const replaced = community.rooms.find((each) => each.movedTo === room.alias && each.server === room.server)
  const creation = {
    ...(replaced && { predecessor: { room_id: roomIdOf(seeding, aliasOf(replaced)) } }),
    ...(room.isSpace && { type: 'm.space' }),
  }
  await create(seeding, room, creation, joinRules(seeding, community, room))
  await fill(seeding, room)
  for (const [index, body] of (room.messages ?? []).entries()) {
    const token = tokenOf(seeding, room.server, memberNames[index % room.members] ?? stewardUsername)
    const roomId = encodeURIComponent(roomIdOf(seeding, aliasOf(room)))
    const path = `/_matrix/client/v3/rooms/${roomId}/send/m.room.message/seed${index}`
    await seeding.client.request(room.server, path, {
      method: 'PUT',
      token,
      body: { msgtype: 'm.text', body },
    })
  }
}

async function create(
  seeding: Seeding,
  room: Omit<RoomSeed, 'rule'>,
  creationContent: object,
  joinRulesContent: object = { join_rule: 'public' },
): Promise<void> {
  const answer = await seeding.client.request(room.server, '/_matrix/client/v3/createRoom', {
    token: tokenOf(seeding, room.server, stewardUsername),
    body: {
      preset: 'public_chat',
      room_alias_name: room.alias,
      ...(room.name && { name: room.name }),
      ...(room.topic && { topic: room.topic }),
      ...(room.version && { room_version: room.version }),
      creation_content: creationContent,
      initial_state: [
        { type: 'm.room.join_rules', content: joinRulesContent },
        {
          type: 'm.room.history_visibility',
          content: { history_visibility: room.isReadable ? 'world_readable' : 'shared' },
        },
        { type: 'm.room.guest_access', content: { guest_access: 'forbidden' } },
      ],
    },
  })
  seeding.roomIds.set(aliasOf(room), String(answer['room_id']))
}

function joinRules(seeding: Seeding, community: CommunitySeed, room: RoomSeed): object {
  if (room.rule !== 'restricted') return { join_rule: room.rule ?? 'public' }
  const space = room.restrictedTo ? { alias: room.restrictedTo, server: room.server } : community.space
  if (!space) throw new Error(`${room.alias} is restricted to a space that does not exist`)
  const spaceId = roomIdOf(seeding, aliasOf(space))
  return { join_rule: 'restricted', allow: [{ type: 'm.room_membership', room_id: spaceId }] }
}

async function fill(
  seeding: Seeding,
  room: Pick<RoomSeed, 'server' | 'alias' | 'members' | 'rule'>,
): Promise<void> {
  const roomId = encodeURIComponent(roomIdOf(seeding, aliasOf(room)))
  const steward = tokenOf(seeding, room.server, stewardUsername)
  for (const username of memberNames.slice(0, room.members)) {
    if (room.rule === 'invite' || room.rule === 'knock' || room.rule === 'restricted') {
      const body = { user_id: `@${username}:${room.server}` }
      await seeding.client.request(room.server, `/_matrix/client/v3/rooms/${roomId}/invite`, {
        token: steward,
        body,
      })
    }
    const token = tokenOf(seeding, room.server, username)
    await seeding.client.request(room.server, `/_matrix/client/v3/join/${roomId}`, { token, body: {} })
  }
}
