import type { Community, CommunityRoom } from '../../core/communities/community.ts'
import { isListed } from '../../core/communities/community.ts'
import { REST_SECTION } from '../../core/communities/names.ts'
import type { JoinLine, JoinProgress } from '../../core/onboarding/state.ts'
import type { DoorState } from '../parts/Door.tsx'

/** Doors beyond this are said in words, not drawn. */
export const MAX_DOORS = 120

/** One section of the community as a row of doors. */
export interface Storey {
  readonly id: string
  readonly name: string
  /** As many as may be drawn in all storeys together. */
  readonly doors: readonly { readonly key: string; readonly state: DoorState }[]
  readonly open: number
  /** How many there are, drawn or not. */
  readonly count: number
}

/** What the hall shows. */
export interface HallPicture {
  readonly storeys: readonly Storey[]
  readonly size: 'small' | 'large' | 'stage' | 'grand' | undefined
  /** While joining, each storey says its name and how far it is. */
  readonly hasNames: boolean
}

/** A section with what stands in it. */
export interface Section<Item> {
  readonly id: string
  readonly name: string
  readonly items: readonly Item[]
}

/** Sorts rooms or lines into the community's sections; sections without any are left out. */
export function bySection<Item extends { readonly section: string }>(
  community: Community,
  items: readonly Item[],
  nameOf: (section: { readonly id: string; readonly name: string }) => string,
): readonly Section<Item>[] {
  const bySectionId = Map.groupBy(items, (item) => item.section)
  const known = new Set(community.sections.map((section) => section.id))
  const others = [...bySectionId.keys()].filter((id) => !known.has(id))
  return [...community.sections, ...others.map((id) => ({ id, name: '' }))].flatMap((section) => {
    const own = bySectionId.get(section.id)
    return own === undefined ? [] : [{ id: section.id, name: nameOf(section), items: own }]
  })
}

/** How many rooms the space keeps to its members. */
export function hiddenRooms(community: Community): number {
  return Math.max(0, community.roomCount - community.rooms.length)
}

/** The hall before joining. `doorOf` gives each room's door, `hidden` the one of rooms that only members see. */
export function hallOfRooms(
  community: Community,
  doorOf: (room: CommunityRoom) => DoorState,
  hidden: DoorState,
): HallPicture {
  const sections = bySection(community, community.rooms, (section) => section.name)
  const storeys = storeysOf(sections, doorOf, () => false)
  const more = Array.from({ length: hiddenRooms(community) }, (_, index) => ({
    key: `hidden ${index}`,
    state: hidden,
  }))
  return { storeys: withRest(storeys, more), size: sizeOf(community.roomCount), hasNames: false }
}

function storeysOf<Item extends { readonly key: string }>(
  sections: readonly Section<Item>[],
  doorOf: (item: Item) => DoorState,
  isOpen: (item: Item) => boolean,
): readonly Storey[] {
  let left = MAX_DOORS
  return sections.map(({ id, name, items }) => {
    const doors = items.slice(0, left).map((item) => ({ key: item.key, state: doorOf(item) }))
    left -= doors.length
    return { id, name, doors, open: items.filter(isOpen).length, count: items.length }
  })
}

/** The hall of rooms that nobody has looked at yet, by what somebody wrote of them. */
export function hallOfDoors(sections: readonly Pick<Storey, 'id' | 'doors'>[]): HallPicture {
  const storeys = sections.map(({ id, doors }) => ({ id, name: '', doors, open: 0, count: doors.length }))
  const count = storeys.reduce((sum, storey) => sum + storey.count, 0)
  return { storeys, size: sizeOf(count), hasNames: false }
}

/** The hall while joining and after. */
export function hallOfLines(
  community: Community,
  progress: JoinProgress,
  nameOf: (section: { readonly id: string; readonly name: string }) => string,
  hidden = 0,
): HallPicture {
  const { lines } = progress
  const next = progress.phase === 'running' ? progress.nextKey : null
  const sections = bySection(community, lines, nameOf)
  const storeys = storeysOf(
    sections,
    (line) => doorOfLine(line, next),
    (line) => line.status === 'joined',
  )
  const more = Array.from({ length: hidden }, (_, index) => ({
    key: `hidden ${index}`,
    state: 'closed' as const,
  }))
  const all = withRest(storeys, more, nameOf({ id: REST_SECTION, name: '' }))
  return { storeys: all, size: lines.length + hidden > 40 ? 'stage' : 'grand', hasNames: true }
}

/** The door of a room that is being joined. */
export function doorOfLine(line: JoinLine, nextKey: string | null): DoorState {
  switch (line.status) {
    case 'joined':
      return 'open'
    case 'joining':
    case 'arriving':
      return 'ajar'
    case 'asked':
      return 'asked'
    case 'notJoined':
      // Left at the newcomer's own wish, so nothing is wrong with it.
      if (line.reason === 'left' || line.reason === 'takenBack') return 'closed'
      return line.reason === 'unreachable' ? 'dashed' : 'shut'
    case 'queued':
      if (line.key === nextKey) return 'next'
      return line.reason === 'unreachable' ? 'dashed' : 'closed'
  }
}

/** The door of a room that somebody looks at from outside. */
export function doorOfSight(room: CommunityRoom, isOffline = false): DoorState {
  switch (room.sight) {
    case 'seen':
      return 'closed'
    case 'asking':
      return isOffline ? 'dashed' : 'closed'
    case 'private':
      return isListed(room) ? 'closed' : 'private'
    case 'unreachable':
    case 'missing':
      return 'dashed'
  }
}

function sizeOf(count: number): HallPicture['size'] {
  if (count > 40) return 'small'
  return count < 15 ? 'large' : undefined
}

function withRest(storeys: readonly Storey[], more: Storey['doors'], name = ''): readonly Storey[] {
  if (more.length === 0) return storeys
  const rest = storeys.find((storey) => storey.id === REST_SECTION)
  const empty: Storey = { id: REST_SECTION, name, doors: [], open: 0, count: 0 }
  const last = rest ?? empty
  const grown = { ...last, doors: [...last.doors, ...more], count: last.count + more.length }
  return [...storeys.filter((storey) => storey.id !== REST_SECTION), grown]
}
