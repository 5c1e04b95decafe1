import { isAlias, isRoomId, serverOf, type RoomAddress } from '../addresses/room-address.ts'
import { descriptionIn, distinct, undescribed, type Description } from './description.ts'
import { initialOf, REST_SECTION, ROOMS_SECTION } from './names.ts'
import type { Manifest } from './read-manifest.ts'

/** Join rules of the specification that Foyer tells apart; others count as `invite`. */
export type JoinRule = 'public' | 'knock' | 'restricted' | 'knock_restricted' | 'invite'

/** How far Foyer got in asking a server about a room before there is an account. */
export type RoomSight =
  /** The answer is still to come. */
  | 'asking'
  /** The server described the room. */
  | 'seen'
  /** The server knows it but shows it to members only. */
  | 'private'
  /** No server answered; it is asked again when joining. */
  | 'unreachable'
  /** The server says that there is no such room. */
  | 'missing'

/** A room as the screens show it: what the page said beside what the server says. */
export interface CommunityRoom extends RoomAddress {
  /** Stable name within one pass: the address it was first met by. */
  readonly key: string
  readonly section: string
  /** What the community's page calls it. */
  readonly label: string | null
  readonly purpose: string | null
  /** BCP 47, where the page says that it isn't the community's. */
  readonly language: string | null
  /** What is good to know: “bridged to Slack”. */
  readonly notes: readonly string[]
  readonly isLobby: boolean
  readonly isSuggested: boolean
  readonly sight: RoomSight
  readonly roomId: string | null
  readonly name: string | null
  readonly topic: string | null
  readonly members: number | null
  readonly joinRule: JoinRule | null
  readonly isWorldReadable: boolean
  /** The newcomer is in it already, from an earlier pass. */
  readonly isYours?: true
  /**
   * Spaces inside the community's own that may have to be joined before this room lets anybody in, outermost first.
   * Empty where the community's own lists it, and for rooms that are open anyway.
   */
  readonly path: readonly RoomAddress[]
}

/** Where what is known of a community may be read once more. Files and bare addresses have no such place. */
export type CommunitySource =
  { readonly kind: 'bundled'; readonly id: string } | { readonly kind: 'page'; readonly url: string }

/** A community as it goes through the whole pass. */
export interface Community extends Description {
  readonly id: string
  readonly source?: CommunitySource
  readonly name: string
  readonly initials: string
  readonly summary: string
  readonly homeservers: readonly {
    readonly name: string
    readonly about: NonNullable<Manifest['homeservers'][number]['about']> | null
    /** Domains of e-mail addresses whose people have an account there already. */
    readonly domains?: readonly string[]
  }[]
  readonly space: (RoomAddress & { readonly name: string | null; readonly roomId: string | null }) | null
  readonly sections: readonly { readonly id: string; readonly name: string }[]
  readonly rooms: readonly CommunityRoom[]
  /** How many rooms there are, counting those whose names only members of the space see. */
  readonly roomCount: number
  /** Name of a bundled community that this one's name looks like, though it is another one. */
  readonly mimics: string | null
}

/** What a server told about one room. */
export interface RoomFacts {
  readonly sight: RoomSight
  readonly roomId: string | null
  readonly name: string | null
  readonly topic: string | null
  readonly members: number | null
  readonly joinRule: JoinRule | null
  readonly isWorldReadable: boolean
  /** True where the address belongs to a space, not to a room people talk in. */
  readonly isSpace: boolean
}

/** Facts of a room of which no more is known than how far we got. */
export function blankFacts(sight: RoomSight): RoomFacts {
  return {
    sight,
    roomId: null,
    name: null,
    topic: null,
    members: null,
    joinRule: null,
    isWorldReadable: false,
    isSpace: false,
  }
}

/** A room of which nothing is known but its address. */
export function blankRoom({ address, via }: RoomAddress, section: string): CommunityRoom {
  return {
    ...pickFacts(blankFacts('asking')),
    key: address,
    address,
    via,
    section,
    label: null,
    purpose: null,
    language: null,
    notes: [],
    isLobby: false,
    isSuggested: false,
    path: [],
  }
}

/** The community of a manifest, before any server was asked. */
export function communityFromManifest(manifest: Manifest): Community {
  return {
    id: manifest.id,
    name: manifest.name,
    initials: manifest.initials,
    summary: manifest.summary ?? '',
    ...descriptionIn(manifest),
    homeservers: manifest.homeservers.map(({ name, about, domains }) => ({
      name,
      about: about ?? null,
      domains,
    })),
    space: manifest.space ? { ...manifest.space, name: null, roomId: null } : null,
    sections: manifest.sections,
    rooms: manifest.rooms.map((room) => ({
      ...blankRoom(room, room.section),
      label: room.label ?? null,
      purpose: room.purpose ?? null,
      language: room.language ?? null,
      notes: distinct(room.notes),
      isLobby: room.lobby,
      isSuggested: room.suggested,
    })),
    roomCount: manifest.roomCount,
    mimics: null,
  }
}

/** A community made of nothing but a pasted address, once a server has said what stands there. */
export function communityFromAddress(link: RoomAddress, facts: RoomFacts): Community {
  const name = facts.name ?? link.address
  const server = isAlias(link.address) ? serverOf(link.address) : (link.via[0] ?? null)
  const room: CommunityRoom = {
    ...blankRoom(link, ROOMS_SECTION),
    ...pickFacts(facts),
    isLobby: true,
    isSuggested: true,
  }
  return {
    id: link.address,
    name,
    initials: initialOf(name),
    summary: facts.topic ?? '',
    ...undescribed,
    homeservers: [
      ...(server === null ? [] : [{ name: server, about: 'own' as const }]),
      ...(server === 'matrix.org' ? [] : [{ name: 'matrix.org', about: 'matrixorg' as const }]),
    ],
    space: facts.isSpace ? { ...link, name, roomId: facts.roomId } : null,
    sections: [facts.isSpace ? { id: REST_SECTION, name: '' } : { id: ROOMS_SECTION, name: '' }],
    rooms: facts.isSpace ? [] : [room],
    roomCount: facts.isSpace ? 0 : 1,
    mimics: null,
  }
}

/** The community with what a server said about one of its rooms, or about its space. */
export function withFacts(community: Community, key: string, facts: RoomFacts): Community {
  const { space } = community
  if (space !== null && space.address === key) {
    return { ...community, space: { ...space, name: facts.name, roomId: facts.roomId ?? space.roomId } }
  }
  if (!community.rooms.some((room) => room.key === key)) return community
  const rooms = community.rooms.map((room) => (room.key === key ? { ...room, ...pickFacts(facts) } : room))
  return { ...community, rooms }
}

/** The community with this homeserver suggested before all others. */
export function withHomeserverFirst(community: Community, name: string): Community {
  const known = community.homeservers.find((each) => each.name === name)
  const others = community.homeservers.filter((each) => each.name !== name)
  return { ...community, homeservers: [known ?? { name, about: null }, ...others] }
}

/** One child of a space, as the hierarchy endpoint describes it. */
export interface SpaceChild extends RoomAddress {
  readonly facts: RoomFacts
  readonly isSuggested: boolean
  /** The subspace in which it stands; null in the space itself. */
  readonly within: { readonly roomId: string; readonly name: string } | null
  /** As for a community's room. */
  readonly path: readonly RoomAddress[]
}

/**
 * The community with the rooms of its space filled in. Rooms that the page lists stay where the page put them and
 * learn what the space tells of them; the others go to the section of their subspace, or to the one for the rest, in
 * the space's own order.
 */
export function withSpaceChildren(community: Community, children: readonly SpaceChild[]): Community {
  const inside = children.filter((child) => !child.facts.isSpace)
  // By ID and address alike; of two that are the same room the first counts.
  const named = new Map(
    inside
      .toReversed()
      .flatMap((child) => namesOf(child.facts.roomId, child).map((name) => [name, child] as const)),
  )
  const spaces = new Set(spacesOf(children))
  // One that hid itself may have turned out to be a space.
  const isRoom = (room: CommunityRoom): boolean => isListed(room) || !spaces.has(room.roomId ?? '')
  const known = community.rooms.filter(isRoom).map((room) => {
    const child = named.get(room.roomId ?? '') ?? named.get(room.address)
    if (child === undefined) return room
    const { facts, path } = child
    if (facts.sight === 'seen') return { ...room, ...pickFacts(facts), path }
    return path.length === 0 ? room : { ...room, path }
  })
  const taken = new Set(community.rooms.flatMap((room) => namesOf(room.roomId, room)))
  const added = inside
    .filter((child) => !namesOf(child.facts.roomId, child).some((name) => taken.has(name)))
    .map((child): CommunityRoom => ({
      ...blankRoom(child, sectionFor(child, community)),
      ...pickFacts(child.facts),
      key: child.facts.roomId ?? child.address,
      isSuggested: child.isSuggested,
      path: child.path,
    }))
  const rooms = [...known, ...added]
  return { ...community, rooms, sections: withSectionsOf(inside, added, community), roomCount: rooms.length }
}

// A subspace of the same name as a section of the page is what the page means by it.
function sectionFor({ within }: SpaceChild, { sections }: Community): string {
  if (within === null) return REST_SECTION
  return sections.find(({ name }) => name === within.name)?.id ?? within.roomId
}

// The page's sections first, then those that the new rooms need; what is left over stands last, if it stood there.
function withSectionsOf(
  inside: readonly SpaceChild[],
  added: readonly CommunityRoom[],
  { sections }: Community,
): Community['sections'] {
  const names = new Map(
    inside.flatMap(({ within }) => (within === null ? [] : [[within.roomId, within.name]])),
  )
  const known = new Set(sections.map(({ id }) => id))
  const needed = [...new Set(added.map((room) => room.section))]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, name: names.get(id) ?? '' }))
  if (needed.length === 0) return sections
  const [rest] = sections.length > 1 ? sections.slice(-1).filter(({ id }) => id === REST_SECTION) : []
  if (rest !== undefined) return [...sections.slice(0, -1), ...needed, rest]
  const isRest = ({ id }: { readonly id: string }): boolean => id === REST_SECTION
  return [...sections, ...needed.filter((each) => !isRest(each)), ...needed.filter(isRest)]
}

/** IDs of the spaces among a space's children. */
export function spacesOf(children: readonly SpaceChild[]): string[] {
  return children.flatMap(({ facts }) => (facts.isSpace && facts.roomId !== null ? [facts.roomId] : []))
}

/** True for a room that the community's own page lists, so that newcomers are meant to see it. */
export function isListed(room: CommunityRoom): boolean {
  return room.label !== null || room.purpose !== null
}

/**
 * True for a room that only an invitation opens. One that the page lists but its server hides is most often for members
 * of the space, so it isn't counted among them.
 */
export function isByInvitation(room: CommunityRoom): boolean {
  return room.joinRule === 'invite' || (room.sight === 'private' && !isListed(room))
}

/** What to call a room: the server's name, else the page's, else its address. */
export function roomTitle(room: CommunityRoom): string {
  return room.name ?? room.label ?? (isRoomId(room.address) ? '' : room.address)
}

/** The room that newcomers should see first, or null where a community has no rooms yet. */
export function lobbyOf(community: Community): CommunityRoom | null {
  return community.rooms.find((room) => room.isLobby) ?? community.rooms[0] ?? null
}

function namesOf(roomId: string | null, { address }: RoomAddress): string[] {
  return roomId === null ? [address] : [roomId, address]
}

function pickFacts(facts: RoomFacts): Omit<RoomFacts, 'isSpace'> {
  const { isSpace: _, ...rest } = facts
  return rest
}
