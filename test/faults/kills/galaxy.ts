import { resolveAlias } from '../../../practice/admin.ts'
import { galaxy } from '../../../practice/seed/galaxy.ts'
import { aliasOf } from '../../../practice/seed/seed-rooms.ts'
import type { WorldAccess } from '../../../practice/world.ts'

/** What everybody joins here: Galaxy's space and its rooms, on two homeservers. */
export interface Wanted {
  /** IDs of the space and of every room that anybody can get into, the old and the new one of a replaced room both. */
  readonly joinable: readonly string[]
  readonly roomIdOf: (address: string) => string
}

/** Looks up what there is to be joined. */
export async function galaxyOf(world: WorldAccess): Promise<Wanted> {
  const ids = new Map<string, string>()
  const open = galaxy.rooms.filter((room) => room.rule !== 'knock' && room.rule !== 'invite')
  for (const room of [...(galaxy.space ? [galaxy.space] : []), ...galaxy.rooms]) {
    const alias = aliasOf(room)
    const roomId = await resolveAlias(world, alias)
    if (roomId === undefined) throw new Error(`The practice world has no ${alias}`)
    ids.set(alias, roomId)
  }
  const wanted = [...(galaxy.space ? [galaxy.space] : []), ...open].map(aliasOf)
  return {
    joinable: wanted.map((alias) => ids.get(alias) ?? alias),
    roomIdOf: (address) => ids.get(address) ?? address,
  }
}
