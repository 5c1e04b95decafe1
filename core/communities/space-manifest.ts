import type { Community, CommunityRoom } from './community.ts'
import { withKeys } from './description.ts'
import { httpsUrl } from './manifest-fields.ts'
import { REST_SECTION } from './names.ts'
import { readManifest, type Manifest } from './read-manifest.ts'

/** The type of the state event that brings a space's manifest; its state key is empty. */
export const SPACE_MANIFEST = 'org.foyer.onboarding'

/**
 * Most bytes of such an event's content. An event as a whole has at most 65,536 (spec v1.19, size limits); the rest is
 * for what homeservers put around the content.
 */
export const MAX_SPACE_MANIFEST = 60_000

/** What the event holds: the manifest itself, or where it is on the web. */
export type SpaceManifest =
  { readonly kind: 'manifest'; readonly manifest: Manifest } | { readonly kind: 'url'; readonly url: string }

/** How many bytes a value has as JSON in UTF-8. */
export function bytesOf(content: unknown): number {
  return encodeURIComponent(JSON.stringify(content)).replace(/%../g, '-').length
}

/** Reads the event's content. Null for an empty one, which takes an earlier one back, and for anything else. */
export function readSpaceManifest(content: unknown): SpaceManifest | null {
  if (typeof content !== 'object' || content === null || bytesOf(content) > 65_536) return null
  if ('url' in content) {
    const url = httpsUrl.safeParse(content.url)
    return url.success ? { kind: 'url', url: url.data } : null
  }
  const manifest = readManifest(content)
  return manifest.ok ? { kind: 'manifest', manifest: manifest.value } : null
}

/** True for a community that was opened by its space's address, with nothing else known of it. */
export function isOpenedBySpace(community: Community): boolean {
  return community.space !== null && community.id === community.space.address
}

/**
 * The community as its space's manifest describes it: sections, labels, order, lobby, what is suggested, presets,
 * questions, rules, and something to read. Name, homeservers and space stay what the newcomer agreed to. Rooms that are known already keep
 * their key and what servers said of them.
 */
export function withSpaceManifest(known: Community, described: Community): Community {
  const before = roomsByName(known)
  const taken = new Set<string>()
  const keys = new Map<string, string>()
  const listed = described.rooms.flatMap((room): CommunityRoom[] => {
    const same = before.get(room.roomId ?? '') ?? before.get(room.address)
    if (same !== undefined) keys.set(room.key, same.key)
    const names = [...namesOf(room), ...(same === undefined ? [] : namesOf(same))]
    // By its alias and by its ID: of two that are the same room the first counts.
    if (names.some((name) => taken.has(name))) return []
    for (const name of names) taken.add(name)
    const { section, label, purpose, language, notes, isLobby, isSuggested } = room
    const said = { section, label, purpose, language, notes, isLobby, isSuggested }
    return [same === undefined ? room : { ...same, ...said }]
  })
  const others = known.rooms
    .filter((room) => !taken.has(room.key))
    .map((room) => ({ ...room, section: REST_SECTION }))
  const needsRest = others.length > 0 && !described.sections.some(({ id }) => id === REST_SECTION)
  const rooms = [...listed, ...others]
  return {
    ...known,
    ...withKeys(described, (key) => keys.get(key) ?? key),
    sections: needsRest ? [...described.sections, { id: REST_SECTION, name: '' }] : described.sections,
    rooms,
    roomCount: Math.max(rooms.length, described.roomCount),
  }
}

/** A description without the rooms that `known` doesn't have, for whoever has agreed to no others. */
export function onlyRoomsOf(known: Community, described: Community): Community {
  const names = roomsByName(known)
  const rooms = described.rooms.filter((room) => names.has(room.roomId ?? '') || names.has(room.address))
  return { ...described, rooms, roomCount: known.roomCount }
}

function roomsByName({ rooms }: Community): ReadonlyMap<string, CommunityRoom> {
  return new Map(rooms.flatMap((room) => namesOf(room).map((name) => [name, room] as const)))
}

function namesOf({ key, address, roomId }: CommunityRoom): string[] {
  return roomId === null ? [key, address] : [key, address, roomId]
}
