import type { Community, CommunityRoom } from '../communities/community.ts'
import { chosenBy, isChoosable } from '../onboarding/choice.ts'
import type { Errand, Said } from '../onboarding/state.ts'

/* Which rooms are new to whoever has come back. Apart from the way back, as the screens need this without manifests. */

type NewsErrand = Extract<Errand, { kind: 'news' }>

/** The rooms of the community that are new to whoever has come back, or have moved, as far as they can be chosen. */
export function freshRoomsOf(community: Community, errand: NewsErrand): readonly CommunityRoom[] {
  const [fresh, known] = [new Set(errand.fresh), new Set(errand.known)]
  const isNew = ({ key, address, roomId }: CommunityRoom): boolean =>
    errand.knowsInside && ![key, address, roomId ?? key].some((name) => known.has(name))
  return community.rooms.filter(
    (room) => isChoosable(room) && (fresh.has(room.key) || fresh.has(room.roomId ?? '') || isNew(room)),
  )
}

/**
 * The keys of those that are chosen to begin with: the moved ones, and what the preset and the answers of then say of the
 * whole community. Of rooms that weren't `before` only, where some have just come to be known.
 */
export function freshChoice(
  community: Community,
  errand: NewsErrand,
  { answers }: Pick<Said, 'answers'>,
  before: Community | null = null,
): readonly string[] {
  const there = new Set(before?.rooms.map(({ key }) => key))
  const rooms = freshRoomsOf(community, errand).filter(({ key }) => !there.has(key))
  const moved = new Set(errand.moved)
  const wanted = new Set(wantedOf(community, rooms, errand, answers))
  return rooms.flatMap(({ key }) => (moved.has(key) || wanted.has(key) ? [key] : []))
}

function wantedOf(
  community: Community,
  fresh: readonly CommunityRoom[],
  { preset, moved }: NewsErrand,
  answers: Said['answers'],
): readonly string[] {
  // Whoever chose room by room is advised as newcomers are, but of the new ones.
  if (preset === 'own') {
    const rooms = fresh.filter(({ key }) => !moved.includes(key))
    return chosenBy('suggested', { ...community, rooms }, [])
  }
  // Their own rooms count here: where those are what is suggested, the others are not.
  const rooms = community.rooms.map(withoutYours)
  return chosenBy(preset, { ...community, rooms }, [], answers)
}

function withoutYours(room: CommunityRoom): CommunityRoom {
  const { isYours, ...rest } = room
  return isYours === undefined ? room : rest
}
