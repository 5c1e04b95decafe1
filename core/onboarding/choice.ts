import {
  isByInvitation,
  isListed,
  lobbyOf,
  type Community,
  type CommunityRoom,
} from '../communities/community.ts'
import type { Picks } from '../communities/description.ts'
import { isOwnPreset } from '../communities/own-presets.ts'
import { saidOf } from './said.ts'
import type { PreviewState, RoomsState, Said } from './state.ts'

/**
 * False for rooms that can't be chosen: those that don't exist, private ones, and the newcomer's own. A room that the page
 * lists but its server hides is most often one for members of the space, so it may be chosen.
 */
export function isChoosable(room: CommunityRoom): boolean {
  return room.sight !== 'missing' && room.isYours !== true && !isByInvitation(room)
}

/** True where a community holds rooms that show themselves only to members of its space. */
export function hasHiddenRooms(community: Community): boolean {
  if (community.space === null) return false
  const hidden = community.rooms.filter((room) => room.sight === 'private' && !isListed(room))
  return hidden.length > 0 || community.roomCount > community.rooms.length || community.rooms.length === 0
}

/** True for a space that shows nobody outside a room to choose. It is joined for the sake of those inside. */
export function isJoinedForItsInside(community: Community): boolean {
  return (
    community.space !== null && !community.rooms.some((room) => room.isYours === true || isChoosable(room))
  )
}

/** True for the ID of a preset that the community has: Foyer's everywhere, its own where it offers any. */
export function isPresetOf({ presets }: Pick<Community, 'presets'>, id: string): boolean {
  return isOwnPreset(id) || presets.some((preset) => preset.id === id)
}

/** The preset to begin with: as the link that led here wishes, else as the community does. */
export function firstPreset({ community, hints }: Pick<PreviewState, 'community' | 'hints'>): string {
  const wished = [hints?.preset, community.firstPreset]
  return wished.find((id) => id && id !== 'own' && isPresetOf(community, id)) ?? 'suggested'
}

/**
 * The keys of the rooms that a preset stands for, in the list's order. `own` keeps what was chosen before. What the
 * newcomer's answers add comes on top, except where they want the lobby alone.
 */
export function chosenBy(
  preset: string,
  community: Community,
  before: readonly string[],
  answers: Said['answers'] = [],
): readonly string[] {
  const rooms = community.rooms.filter(isChoosable)
  if (preset === 'lobby') {
    const lobby = lobbyOf({ ...community, rooms })
    return lobby === null ? [] : [lobby.key]
  }
  if (preset === 'own') {
    const choosable = new Set(keysOf(rooms))
    return before.filter((key) => choosable.has(key))
  }
  const isIn = isInPreset(preset, community)
  const chosen = rooms.filter(isIn)
  const isAdded = addedBy(answers, community)
  // Where nothing is suggested, everything is.
  if (chosen.length === 0 && preset === 'suggested') return keysOf(rooms)
  return keysOf(rooms.filter((room) => isIn(room) || isAdded(room)))
}

/** The choice after other answers: with one's own choice what they add comes, and what only the old ones added goes. */
export function chosenAfter(state: RoomsState, answers: Said['answers']): readonly string[] {
  const { preset, community, chosen } = state
  if (preset !== 'own') return chosenBy(preset, community, chosen, answers)
  const [wasAdded, isAdded] = [addedBy(saidOf(state).answers, community), addedBy(answers, community)]
  const before = new Set(chosen)
  const rooms = community.rooms.filter(
    (room) =>
      (isAdded(room) && !wasAdded(room)) || (before.has(room.key) && (isAdded(room) || !wasAdded(room))),
  )
  return chosenBy('own', community, keysOf(rooms))
}

/**
 * Rooms that belong to what was chosen but open by invitation only, so that they are named at the end. With a choice of
 * one's own there are none: nobody can choose them.
 */
export function awaitedBy(preset: string, community: Community): readonly CommunityRoom[] {
  if (preset === 'lobby' || preset === 'own') return []
  // Whether a room that hides itself is for members of the space shows only inside it.
  const closed = community.rooms.filter((room) => room.joinRule === 'invite')
  return preset === 'suggested'
    ? closed.filter((room) => room.isSuggested)
    : closed.filter(isInPreset(preset, community))
}

/** How many rooms an answer would add, of those that can be chosen. */
export function countPicked(picks: Picks, community: Community): number {
  return community.rooms.filter((room) => isChoosable(room) && isPicked(picks)(room)).length
}

type IsIn = (room: CommunityRoom) => boolean

function isInPreset(preset: string, community: Community): IsIn {
  if (preset === 'all') return () => true
  const offered = community.presets.find(({ id }) => id === preset)
  return offered === undefined ? (room) => room.isSuggested || room.isLobby : isPicked(offered)
}

function addedBy(answers: Said['answers'], { questions }: Community): IsIn {
  const picked = questions.flatMap((question, place) =>
    (answers[place] ?? []).flatMap((answer) => question.answers[answer] ?? []),
  )
  const adds = picked.map(isPicked)
  return (room) => adds.some((isIn) => isIn(room))
}

function isPicked({ keys, sections }: Picks): IsIn {
  const [byKey, bySection] = [new Set(keys), new Set(sections)]
  return (room) => byKey.has(room.key) || bySection.has(room.section)
}

function keysOf(rooms: readonly CommunityRoom[]): string[] {
  return rooms.map((room) => room.key)
}

/** From how many rooms on a quiet start is offered switched on: more than these ring too often. */
const FEW_ROOMS = 10

/** Whether joining starts quietly: as the newcomer said, else by the number of rooms. */
export function isQuietStart({ isQuiet, chosen }: Pick<RoomsState, 'isQuiet' | 'chosen'>): boolean {
  return isQuietFor(isQuiet, chosen.length)
}

/** The same for so many rooms; `isQuiet` is null where nobody has said anything. */
export function isQuietFor(isQuiet: boolean | null, rooms: number): boolean {
  return isQuiet ?? rooms > FEW_ROOMS
}
