import { isListed, lobbyOf, type Community, type CommunityRoom } from '../communities/community.ts'
import type { Preset } from './state.ts'

/**
 * False for rooms that can't be chosen: those that don't exist, and private ones. A room that the page lists but its
 * server hides is most often one for members of the space, so it may be chosen.
 */
export function isChoosable(room: CommunityRoom): boolean {
  return (
    room.sight !== 'missing' && room.joinRule !== 'invite' && (room.sight !== 'private' || isListed(room))
  )
}

/** True where a community holds rooms that show themselves only to members of its space. */
export function hasHiddenRooms(community: Community): boolean {
  if (community.space === null) return false
  const hidden = community.rooms.filter((room) => room.sight === 'private' && !isListed(room))
  return hidden.length > 0 || community.roomCount > community.rooms.length || community.rooms.length === 0
}

/** The keys of the rooms that a preset stands for. `own` keeps what was chosen before. */
export function chosenBy(preset: Preset, community: Community, before: readonly string[]): readonly string[] {
  const rooms = community.rooms.filter(isChoosable)
  const keys = (some: readonly CommunityRoom[]): string[] => some.map((room) => room.key)
  switch (preset) {
    case 'all':
      return keys(rooms)
    case 'suggested': {
      const suggested = rooms.filter((room) => room.isSuggested || room.isLobby)
      return keys(suggested.length === 0 ? rooms : suggested)
    }
    case 'lobby': {
      const lobby = lobbyOf({ ...community, rooms })
      return lobby === null ? [] : [lobby.key]
    }
    case 'own': {
      const choosable = new Set(keys(rooms))
      return before.filter((key) => choosable.has(key))
    }
  }
}
