import { Method, type MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import type { RoomAddress } from '../../core/addresses/room-address.ts'
import type { Replacement, RoomDetails } from '../../core/checking/facts.ts'
import { sessionClient, type Session } from '../client.ts'
import type { Fetch } from '../http/fetch.ts'
import { failureOf } from '../http/matrix-error.ts'
import { joinRequests, type JoinRequests } from '../joining/join-requests.ts'
import { askWholeSummary } from '../rooms/room-summary.ts'
import { detailsOf } from './look-at-room.ts'

/** As many replacements are followed as in joining. */
const MOST_HOPS = 5

const capabilitiesSchema = z.object({
  capabilities: z.object({ 'm.room_versions': z.object({ available: z.record(z.string(), z.unknown()) }) }),
})

/** Looks at rooms with somebody's account. Changes nothing. */
export class Insider {
  readonly client: MatrixClient
  readonly #session: Session
  readonly #fetch: Fetch
  readonly #requests: JoinRequests

  constructor(session: Session, fetch: Fetch) {
    this.#session = session
    this.client = sessionClient(session, fetch)
    this.#requests = joinRequests(this.client, fetch)
    this.#fetch = (input, init) =>
      fetch(input, {
        ...init,
        headers: {
          ...(init?.headers as Record<string, string>),
          authorization: `Bearer ${session.accessToken}`,
        },
      })
  }

  /** What the account's homeserver tells its own people of a room; null where that is nothing. */
  async details(room: RoomAddress, signal: AbortSignal): Promise<RoomDetails | null> {
    const { address, via } = room
    const answer = await askWholeSummary(this.#fetch, this.#session.baseUrl, address, via, signal)
    return answer?.facts.sight === 'seen' ? detailsOf(answer, null) : null
  }

  /** Where a room has gone in the end; null where it is still there, or nobody tells. */
  async replacement(roomId: string, signal: AbortSignal): Promise<Replacement | null> {
    const seen = new Set([roomId])
    let last: { roomId: string; via: readonly string[] } | null = null
    for (let hops = 0; hops < MOST_HOPS; hops += 1) {
      const next = await this.#requests.successor(last?.roomId ?? roomId)
      signal.throwIfAborted()
      if (next === null || typeof next === 'string' || seen.has(next.roomId)) break
      seen.add(next.roomId)
      last = next
    }
    if (last === null) return null
    const details = await this.details({ address: last.roomId, via: last.via }, signal)
    return { roomId: last.roomId, name: details?.name ?? null }
  }

  /** IDs of the rooms that the account is in; empty where the homeserver doesn't say. */
  async joinedRooms(): Promise<ReadonlySet<string>> {
    const joined = await this.#requests.joinedRooms()
    return 'kind' in joined ? new Set() : joined
  }

  /** The room versions that the account's homeserver knows, or null where it doesn't say. */
  async roomVersions(): Promise<string[] | null> {
    try {
      const answer = await this.client.http.authedRequest(Method.Get, '/capabilities')
      const parsed = capabilitiesSchema.safeParse(answer)
      return parsed.success ? Object.keys(parsed.data.capabilities['m.room_versions'].available) : null
    } catch (error) {
      failureOf(error)
      return null
    }
  }
}
