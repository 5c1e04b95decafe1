import { z } from 'zod'
import { isAlias, serverOf, type RoomAddress } from '../../core/addresses/room-address.ts'
import type { Facts, RoomDetails, RoomReport, ServerReport } from '../../core/checking/facts.ts'
import type { Path } from '../../core/checking/finding.ts'
import type { SpaceChild } from '../../core/communities/community.ts'
import type { Session } from '../client.ts'
import type { HomeserverDirectory } from '../homeserver/discover.ts'
import { probeSignUp } from '../homeserver/probe.ts'
import { endpoint, getJson, type Fetch } from '../http/fetch.ts'
import { sleep } from '../clock.ts'
import { inParallel } from '../in-parallel.ts'
import { askSpaceChildren } from '../rooms/space-children.ts'
import { Servers, lookAtRoom, type Look } from './look-at-room.ts'
import { Insider } from './look-inside.ts'
import { Politeness } from './politeness.ts'

/** Rooms that are looked at at the same time, and so the most requests that are under way. */
const PARALLEL = 4
/** Rooms of a bare space that are looked at. */
const MOST_ROOMS = 500

/** What is to be looked at, and from where. */
export interface Inquiry {
  readonly fetch: Fetch
  readonly homeservers: HomeserverDirectory
  /** The homeservers whose people are thought of. */
  readonly from: readonly string[]
  /** An account to look from as well. */
  readonly session: Session | null
  readonly asksSignUp: boolean
  readonly space: AskedRoom | null
  /** Where there are none, the rooms of the space are looked at. */
  readonly rooms: readonly AskedRoom[]
  readonly signal: AbortSignal
  /** Told how many rooms have been looked at, and of how many. */
  readonly onProgress?: (done: number, of: number) => void
}

/** One room of an inquiry. */
export interface AskedRoom extends RoomAddress {
  readonly path: Path
  readonly label: string | null
  readonly isSuggested: boolean
}

/** Asks homeservers about a community, a few questions at a time. Rejects only when aborted. */
export async function gatherFacts(inquiry: Inquiry): Promise<Facts> {
  const { session } = inquiry
  const politeness = new Politeness(inquiry.fetch)
  const servers = new Servers(inquiry.homeservers)
  const insider = session === null ? null : new Insider(session, politeness.fetch)
  const reports: ServerReport[] = []
  await inParallel(inquiry.from, PARALLEL, async (name) => {
    reports.push(await askServer(inquiry, servers, name, insider))
  })
  const look = new Lookout(inquiry, politeness, servers, insider)
  const space = inquiry.space === null ? null : await look.report(inquiry.space)
  const children = space === null ? null : await childrenOf(space, insider, inquiry.signal)
  const asked = inquiry.rooms.length > 0 ? inquiry.rooms : askedOf(children ?? [])
  const rooms: (RoomReport | undefined)[] = asked.map(() => undefined)
  let done = 0
  await inParallel([...asked.entries()], PARALLEL, async ([index, room]) => {
    rooms[index] = await look.report(room)
    done += 1
    inquiry.onProgress?.(done, asked.length)
  })
  const seen = rooms.filter((room) => room !== undefined)
  return {
    at: Date.now(),
    servers: inquiry.from.flatMap((name) => reports.find((each) => each.name === name) ?? []),
    space,
    rooms: seen,
    children,
    isSignedIn: insider !== null,
    unseenRooms: insider === null ? 0 : await countUnseen(insider, seen),
  }
}

/** Looks at one room after the other, from everywhere. */
class Lookout {
  readonly #inquiry: Inquiry
  readonly #tools: { readonly politeness: Politeness; readonly servers: Servers }
  readonly #insider: Insider | null

  constructor(inquiry: Inquiry, politeness: Politeness, servers: Servers, insider: Insider | null) {
    this.#inquiry = inquiry
    this.#tools = { politeness, servers }
    this.#insider = insider
  }

  async report(room: AskedRoom): Promise<RoomReport> {
    const { from, signal } = this.#inquiry
    const homeName = isAlias(room.address) ? serverOf(room.address) : (room.via[0] ?? null)
    const looks = new Map<string, Look>()
    for (const server of new Set([...(homeName === null ? [] : [homeName]), ...from]))
      looks.set(server, await lookAtRoom(this.#tools, server, room, signal))
    const seen = bestOf([...looks.values()])
    const details = await this.#told(room, seen)
    const roomId = details?.roomId ?? (isAlias(room.address) ? null : room.address)
    const movedTo =
      this.#insider === null || roomId === null ? null : await this.#insider.replacement(roomId, signal)
    const { address, path, label, isSuggested } = room
    return {
      address,
      path,
      label,
      isSuggested,
      home: homeName === null ? null : (looks.get(homeName)?.view ?? null),
      views: from.flatMap((server) => looks.get(server)?.view ?? []),
      details,
      movedTo,
    }
  }

  // Members are told more: of rooms that hide themselves, and whom restricted ones let in.
  async #told(room: AskedRoom, seen: RoomDetails | null): Promise<RoomDetails | null> {
    const isTold = seen?.sight === 'seen' && (seen.allowedRoomIds !== null || !isRestricted(seen))
    if (this.#insider === null || isTold) return seen
    const own = await this.#insider.details(
      { address: seen?.roomId ?? room.address, via: room.via },
      this.#inquiry.signal,
    )
    return own ?? seen
  }
}

function isRestricted({ joinRule }: RoomDetails): boolean {
  return joinRule === 'restricted' || joinRule === 'knock_restricted'
}

/** What was told by whoever told most: seen before hidden, and whom a restricted room lets in before not. */
function bestOf(looks: readonly Look[]): RoomDetails | null {
  const weight = ({ details }: Look): number =>
    details === null ? 0 : (details.sight === 'seen' ? 2 : 1) + (details.allowedRoomIds === null ? 0 : 1)
  return looks.toSorted((one, other) => weight(other) - weight(one))[0]?.details ?? null
}

async function childrenOf(
  space: RoomReport,
  insider: Insider | null,
  signal: AbortSignal,
): Promise<SpaceChild[] | null> {
  const roomId = space.details?.roomId ?? (isAlias(space.address) ? null : space.address)
  return insider === null || roomId === null
    ? null
    : askSpaceChildren(insider.client, roomId, { sleep, signal })
}

function askedOf(children: readonly SpaceChild[]): AskedRoom[] {
  return children
    .filter((child) => !child.facts.isSpace)
    .slice(0, MOST_ROOMS)
    .map(({ address, via, facts, isSuggested }) => ({
      address,
      via,
      isSuggested,
      label: facts.name,
      path: [],
    }))
}

const versionSchema = z.object({
  server: z.object({ name: z.string().max(100), version: z.string().max(100) }),
})

async function askServer(
  { fetch, asksSignUp, session, signal }: Inquiry,
  servers: Servers,
  name: string,
  insider: Insider | null,
): Promise<ServerReport> {
  const baseUrl = await servers.baseUrl(name)
  const blank = { name, software: null, roomVersions: null, signUp: null }
  if (baseUrl === null) return { ...blank, isReachable: false }
  // Spec v1.19, server-server API. Where federation is served elsewhere, the server keeps its software to itself.
  const answer = await getJson(fetch, endpoint(baseUrl, '/_matrix/federation/v1/version'), { signal })
  const version = versionSchema.safeParse(answer?.body)
  const isOwn = session !== null && serverOf(session.userId) === name
  return {
    ...blank,
    isReachable: true,
    software: version.success ? version.data.server : null,
    roomVersions: isOwn && insider !== null ? await insider.roomVersions() : null,
    signUp: asksSignUp ? ((await probeSignUp(fetch, baseUrl))?.kind ?? null) : null,
  }
}

// A room that anyone can read, or that the account is in, tells whether it was replaced.
async function countUnseen(insider: Insider, rooms: readonly RoomReport[]): Promise<number> {
  const joined = await insider.joinedRooms()
  return rooms.filter(({ details, home }) => {
    if (details === null || home?.sight === 'missing') return false
    return !details.isWorldReadable && (details.roomId === null || !joined.has(details.roomId))
  }).length
}
