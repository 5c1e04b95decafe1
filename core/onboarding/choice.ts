import {
  isByInvitation,
  isListed,
  lobbyOf,
  type Community,
  type CommunityRoom,
} from '../communities/community.ts'
import type { Preset, RoomsState } from './state.ts'

/**
 * False for rooms that can't be chosen: those that don't exist, and private ones. A room that the page lists but its
 * server hides is most often one for members of the space, so it may be chosen.
 */
export function isChoosable(room: CommunityRoom): boolean {
  return room.sight !== 'missing' && !isByInvitation(room)
}

/** True where a community holds rooms that show themselves only to members of its space. */
export function hasHiddenRooms(community: Community): boolean {
  if (community.space === null) return false
  const hidden = community.rooms.filter((room) => room.sight === 'private' && !isListed(room))
  return hidden.length > 0 || community.roomCount > community.rooms.length || community.rooms.length === 0
}

/** True for a space that shows nobody outside a room to choose. It is joined for the sake of those inside. */
export function isJoinedForItsInside(community: Community): boolean {
  return community.space !== null && !community.rooms.some(isChoosable)
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

/**
 * Rooms that belong to what was chosen but open by invitation only, so that they are named at the end. With a choice of
 * one's own there are none: nobody can choose them.
 */
export function awaitedBy(preset: Preset, community: Community): readonly CommunityRoom[] {
  // Whether a room that hides itself is for members of the space shows only inside it.
  const closed = community.rooms.filter((room) => room.joinRule === 'invite')
  switch (preset) {
    case 'all':
      return closed
    case 'suggested':
      return closed.filter((room) => room.isSuggested)
    case 'lobby':
    case 'own':
      return []
  }
}

/** From how many rooms on a quiet start is offered switched on: more than these ring too often. */
const FEW_ROOMS = 10

/** Whether joining starts quietly: as the newcomer said, else by the number of rooms. */
export function isQuietStart({ isQuiet, chosen }: Pick<RoomsState, 'isQuiet' | 'chosen'>): boolean {
  return isQuiet ?? chosen.length > FEW_ROOMS
}
