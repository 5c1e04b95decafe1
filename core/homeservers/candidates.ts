import { isAlias, serverOf } from '../addresses/room-address.ts'
import type { Community } from '../communities/community.ts'
import type { HomeserverCard } from '../onboarding/state.ts'
import type { PublicServer } from './catalogue.ts'

/** A homeserver that may be suggested. */
export interface Candidate {
  readonly name: string
  readonly about: HomeserverCard['about']
  /** Where it comes from, which is how gladly it is suggested. */
  readonly origin: 'hint' | 'rooms' | 'list'
}

/** How many of the servers that the rooms live on are worth asking. */
const MOST_ROOM_SERVERS = 3

/**
 * The homeservers to consider for a community, the likeliest first and none twice: what the community recommends, then
 * the servers its rooms live on, by number of rooms, then the public list.
 */
export function candidatesFor(
  { homeservers, rooms, space }: Pick<Community, 'homeservers' | 'rooms' | 'space'>,
  list: readonly PublicServer[],
): Candidate[] {
  const hints = homeservers.map(({ name, about }): Candidate => ({ name, about, origin: 'hint' }))
  const ofRooms = serversByRooms([...(space === null ? [] : [space]), ...rooms]).map((name): Candidate => ({
    name,
    about: aboutOf(name, null),
    origin: 'rooms',
  }))
  const listed = list
    .filter((server) => server.isSuggested)
    .map(({ name }): Candidate => ({ name, about: aboutOf(name, 'public'), origin: 'list' }))
  const all = [...hints, ...ofRooms.slice(0, MOST_ROOM_SERVERS), ...listed]
  return all.filter((each, index) => all.findIndex((other) => other.name === each.name) === index)
}

/** The sentence that introduces a server which no manifest speaks of. */
export function aboutOf(name: string, otherwise: HomeserverCard['about']): HomeserverCard['about'] {
  return name === 'matrix.org' ? 'matrixorg' : otherwise
}

function serversByRooms(
  rooms: readonly { readonly address: string; readonly via: readonly string[] }[],
): string[] {
  const count = new Map<string, number>()
  for (const { address, via } of rooms) {
    const own = isAlias(address) ? serverOf(address) : null
    for (const server of new Set([...(own === null ? [] : [own]), ...via]))
      count.set(server, (count.get(server) ?? 0) + 1)
  }
  return [...count].toSorted(([, one], [, other]) => other - one).map(([server]) => server)
}
