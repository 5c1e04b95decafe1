import { stewardUsername } from '../accounts.ts'
import type { CommunitySeed, Guest } from './room-seed.ts'
import { aliasOf, roomIdOf, tokenOf, type Seeding } from './seed-rooms.ts'

/** Lists a community's rooms in its space. */
export async function linkToSpace(seeding: Seeding, community: CommunitySeed): Promise<void> {
  const { space } = community
  if (!space) return
  const spacePath = `/_matrix/client/v3/rooms/${encodeURIComponent(roomIdOf(seeding, aliasOf(space)))}/state`
  for (const room of community.rooms.filter((each) => !each.isOutsideSpace)) {
    const childId = encodeURIComponent(roomIdOf(seeding, aliasOf(room)))
    await seeding.client.request(space.server, `${spacePath}/m.space.child/${childId}`, {
      method: 'PUT',
      token: tokenOf(seeding, space.server, stewardUsername),
      body: {
        via: [...new Set([room.server, space.server])],
        ...(room.isSuggested && { suggested: true }),
        ...(room.order && { order: room.order }),
      },
    })
  }
}

/** Points rooms that were replaced to their replacements. The alias stays on the old room, as on many old pages. */
export async function linkReplacements(seeding: Seeding, community: CommunitySeed): Promise<void> {
  for (const room of community.rooms) {
    if (!room.movedTo) continue
    const roomId = encodeURIComponent(roomIdOf(seeding, aliasOf(room)))
    const replacement = roomIdOf(seeding, aliasOf({ server: room.server, alias: room.movedTo }))
    await seeding.client.request(room.server, `/_matrix/client/v3/rooms/${roomId}/state/m.room.tombstone/`, {
      method: 'PUT',
      token: tokenOf(seeding, room.server, stewardUsername),
      body: { body: 'This room has moved', replacement_room: replacement },
    })
  }
}

/** Lets people of other servers join over federation, the space first, so that their servers take part. */
export async function joinGuest(seeding: Seeding, community: CommunitySeed, guest: Guest): Promise<void> {
  const token = tokenOf(seeding, guest.server, guest.username)
  const remote = community.rooms.filter((room) => room.server !== guest.server).slice(0, guest.rooms)
  for (const room of [...(community.space ? [community.space] : []), ...remote]) {
    const path = `/_matrix/client/v3/join/${encodeURIComponent(aliasOf(room))}`
    await seeding.client.request(guest.server, path, { token, body: {} })
  }
}
