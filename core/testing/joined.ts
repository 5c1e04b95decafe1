import type { Community } from '../communities/community.ts'
import type { Found, Sighting } from '../joined/compare.ts'
import { remembered, type JoinedCommunity, type PassOutcome } from '../joined/joined-community.ts'
import { nothingEntered } from '../joining/entered.ts'
import { facts } from './communities.ts'
import { entry } from './queue.ts'
import { ada } from './states.ts'

/** The ID of the room behind an alias of these tests. */
export function idOf(alias: string): string {
  return alias.replace('#', '!')
}

/** A pass of Ada's in which these rooms were joined, and that is over; she was in none of them before. */
export function outcome(
  community: Community,
  keys: readonly string[],
  own: Partial<PassOutcome> = {},
): PassOutcome {
  return {
    community,
    account: ada,
    queue: { entries: keys.map((key) => entry(key, { status: 'joined', roomId: idOf(key) })) },
    entered: { ...nothingEntered, before: [] },
    quiet: { isWanted: false, marks: [] },
    wish: null,
    at: 1_000,
    ...own,
  }
}

/** What is remembered of that pass. */
export function joinedIn(
  community: Community,
  keys: readonly string[],
  own: Partial<JoinedCommunity> = {},
): JoinedCommunity {
  const record = remembered(null, outcome(community, keys))
  if (record === null) throw new Error('Nothing was joined')
  return { ...record, ...own }
}

/** What the server of an address says of an open room. */
export function sighting(key: string, own: Partial<Sighting> = {}): [string, Sighting] {
  return [
    key,
    { ...facts({ roomId: idOf(key), name: key.slice(1).split(':')[0] ?? null }), isHome: true, ...own },
  ]
}

/** A look at which nobody said anything. */
export const silence: Found = {
  described: null,
  sightings: new Map(),
  children: null,
  replacements: new Map(),
}
