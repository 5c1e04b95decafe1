import { isAlias, viaServers, type RoomAddress } from '../../core/addresses/room-address.ts'
import type { RoomDetails, RoomView } from '../../core/checking/facts.ts'
import type { HomeserverDirectory } from '../homeserver/discover.ts'
import { askAliasDirectory, askWholeSummary, type SummaryAnswer } from '../rooms/room-summary.ts'
import type { Politeness } from './politeness.ts'

/** A room as one homeserver sees it, with what that told of it. */
export interface Look {
  readonly view: RoomView
  readonly details: RoomDetails | null
}

/** Finds homeservers, each at most twice in a run: one that keeps silent is left alone from then on. */
export class Servers {
  readonly #homeservers: HomeserverDirectory
  readonly #found = new Map<string, Promise<string | null>>()

  constructor(homeservers: HomeserverDirectory) {
    this.#homeservers = homeservers
  }

  /** The base URL of a homeserver's client-server API, or null where it doesn't answer. */
  baseUrl(server: string): Promise<string | null> {
    const known = this.#found.get(server)
    if (known !== undefined) return known
    const lookup = this.#find(server)
    this.#found.set(server, lookup)
    return lookup
  }

  async #find(server: string): Promise<string | null> {
    const first = await this.#homeservers.find(server)
    const found = first.ok ? first : await this.#homeservers.find(server)
    return found.ok ? found.value : null
  }
}

/** Looks at a room from one homeserver, without an account. Rejects only when aborted. */
export async function lookAtRoom(
  { politeness, servers }: { readonly politeness: Politeness; readonly servers: Servers },
  server: string,
  room: RoomAddress,
  signal: AbortSignal,
): Promise<Look> {
  const blank = { server, isHere: null }
  const baseUrl = await servers.baseUrl(server)
  signal.throwIfAborted()
  if (baseUrl === null) return { view: { ...blank, sight: 'unreachable' }, details: null }
  const { address } = room
  const entry = isAlias(address) ? await directoryEntry(politeness, baseUrl, address, signal) : null
  if (typeof entry === 'string') return { view: { ...blank, sight: entry }, details: null }
  const via = viaServers(room, entry?.servers ?? [])
  const { value, isLimited } = await politeness.ask(baseUrl, signal, () =>
    askWholeSummary(politeness.fetch, baseUrl, entry?.roomId ?? address, via, signal),
  )
  const isHere = entry === null ? (room.via.includes(server) ? true : null) : entry.servers.includes(server)
  const details = value === null ? null : detailsOf(value, entry?.roomId ?? null)
  // The directory knows the room; that its summary isn't told says nothing of getting in.
  const sight = value?.facts.sight ?? (isLimited ? 'limited' : entry === null ? 'unreachable' : 'private')
  return { view: { server, isHere, sight: sight === 'asking' ? 'unreachable' : sight }, details }
}

/** What an answer tells, for a room of which the directory may have told the ID. */
export function detailsOf({ facts, summary }: SummaryAnswer, roomId: string | null): RoomDetails {
  const encryption = summary?.encryption ?? summary?.['im.nheko.summary.encryption']
  return {
    ...facts,
    roomId: facts.roomId ?? roomId,
    version: summary?.room_version ?? summary?.['im.nheko.summary.room_version'] ?? null,
    isEncrypted: summary === null ? null : typeof encryption === 'string',
    allowedRoomIds: summary?.allowed_room_ids ?? null,
    mainAlias: summary?.canonical_alias ?? null,
  }
}

async function directoryEntry(
  politeness: Politeness,
  baseUrl: string,
  alias: string,
  signal: AbortSignal,
): Promise<{ roomId: string; servers: readonly string[] } | 'missing' | 'unreachable' | 'limited'> {
  const { value, isLimited } = await politeness.ask(baseUrl, signal, async () => {
    const answer = await askAliasDirectory(politeness.fetch, baseUrl, alias, { signal })
    return answer === 'unreachable' || answer === 'tooFast' ? null : answer
  })
  return value ?? (isLimited ? 'limited' : 'unreachable')
}
