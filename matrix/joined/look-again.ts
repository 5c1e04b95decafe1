import { isAlias, serverOf, type RoomAddress } from '../../core/addresses/room-address.ts'
import { blankFacts, type Community } from '../../core/communities/community.ts'
import { unresolvedRooms, watchedRooms, type Found, type Sighting } from '../../core/joined/compare.ts'
import type { JoinedCommunity } from '../../core/joined/joined-community.ts'
import { lookAtRoom, Servers } from '../checking/look-at-room.ts'
import { Insider } from '../checking/look-inside.ts'
import { Politeness } from '../checking/politeness.ts'
import { sessionFetch, type Session } from '../client.ts'
import type { WaitingClock } from '../clock.ts'
import type { Strangers } from '../homeserver/strangers.ts'
import type { Fetch } from '../http/fetch.ts'
import { inParallel } from '../in-parallel.ts'
import { askSpaceChildren } from '../rooms/space-children.ts'

/** Rooms that are looked at at the same time. Nobody waits for this, so it is gentler than a preview. */
const PARALLEL = 2
/** Most rooms of a community that strangers' servers are asked about in one look. */
const MOST_ROOMS = 300
/** Most rooms for whose replacement a member asks. */
const MOST_REPLACED = 100

/** What looking needs of the world around it. */
export interface LookPorts extends WaitingClock {
  /** For what the session asks of its own homeserver. */
  readonly fetch: Fetch
  /** For the rooms' servers, which others have named. */
  readonly strangers: Strangers
  readonly signal: AbortSignal
}

/**
 * Looks at a community that was joined: without an account at what everybody may know of its rooms, and with a session
 * of the account's that is there anyway at what members see. `described` is its page as it is now. Null where nobody
 * answered at all, as when the computer is offline. Rejects only when aborted.
 */
export async function lookAgain(
  ports: LookPorts,
  record: JoinedCommunity,
  described: Community | null,
  session: Session | null,
): Promise<Found | null> {
  const { signal, strangers } = ports
  const politeness = new Politeness(strangers.fetch, ports.now, ports.sleep)
  const tools = { politeness, servers: new Servers(strangers.homeservers) }
  const sightings = new Map<string, Sighting>()
  const asked = askedRooms(record, described)
  await inParallel(asked, PARALLEL, async (room) => {
    const seen = await sightingOf(tools, room, signal)
    if (seen !== null) sightings.set(room.key, seen)
  })
  const insider = session === null ? null : new Insider(session, sessionFetch(session, ports.fetch))
  const space = record.joined.find((room) => room.kind === 'space')
  const children =
    insider === null || space === undefined
      ? null
      : await askSpaceChildren(insider.client, space.roomId, { sleep: ports.sleep, signal })
  const replacements =
    insider === null ? new Map<string, string>() : await replacementsOf(insider, record, signal)
  signal.throwIfAborted()
  const isOffline = asked.length > 0 && sightings.size === 0 && children === null
  return isOffline ? null : { described, sightings, children, replacements }
}

interface AskedRoom extends RoomAddress {
  readonly key: string
}

// Only an alias leads somewhere else one day; of a room's ID strangers hear nothing that a member wouldn't know.
function askedRooms(record: JoinedCommunity, described: Community | null): AskedRoom[] {
  const rooms = new Map(record.community.rooms.map((room) => [room.key, room]))
  const joined = watchedRooms(record).flatMap(({ key }) => rooms.get(key) ?? [])
  return [...unresolvedRooms(record, described), ...joined.filter(({ address }) => isAlias(address))].slice(
    0,
    MOST_ROOMS,
  )
}

/** What the server of the address says. Null where it keeps silent: others can't know. */
async function sightingOf(
  tools: Parameters<typeof lookAtRoom>[0],
  room: AskedRoom,
  signal: AbortSignal,
): Promise<Sighting | null> {
  const server = isAlias(room.address) ? serverOf(room.address) : (room.via[0] ?? null)
  if (server === null) return null
  const { view, details } = await lookAtRoom(tools, server, room, signal)
  if (view.sight === 'unreachable' || view.sight === 'limited') return null
  const isHome = view.isHere === true
  if (details !== null) return { ...details, sight: view.sight, isHome }
  return { ...blankFacts('seen'), sight: view.sight, isHome }
}

async function replacementsOf(
  insider: Insider,
  record: JoinedCommunity,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  await inParallel(watchedRooms(record).slice(0, MOST_REPLACED), PARALLEL, async ({ roomId }) => {
    const next = await insider.replacement(roomId, signal)
    if (next !== null) found.set(roomId, next.roomId)
  })
  return found
}
