import type { Community, CommunityRoom } from '../communities/community.ts'
import { chosenBy, isChoosable } from '../onboarding/choice.ts'
import type { Errand } from '../onboarding/state.ts'

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

/** The keys of those that are chosen to begin with; of these only, where some have just come to be known. */
export function freshChoice(
  community: Community,
  errand: NewsErrand,
  before: Community | null = null,
): readonly string[] {
  const there = new Set(before?.rooms.map(({ key }) => key))
  const rooms = freshRoomsOf(community, errand).filter(({ key }) => !there.has(key))
  return chosenBy(errand.preset, { ...community, rooms }, [])
}
