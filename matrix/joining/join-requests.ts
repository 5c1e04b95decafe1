import { Method, type MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import { isRoomId, isServerName, serverOf, type RoomAddress } from '../../core/addresses/room-address.ts'
import type { JoinRule } from '../../core/communities/community.ts'
import type { JoinAnswer, Refusal } from '../../core/joining/answer.ts'
import type { Fetch } from '../http/fetch.ts'
import { refusalOf } from '../http/matrix-error.ts'
import { askAliasDirectory, askRoomSummary, askWholeSummary } from '../rooms/room-summary.ts'
import { Successors, type Successor } from './successors.ts'

/** The requests that joining consists of; the driver knows nothing else of the network. */
export interface JoinRequests {
  /** Joins a room; `via` names at most three servers. Never rejects for what a server answers. */
  join(address: string, via: readonly string[]): Promise<JoinAnswer>
  /** Asks to be let in. */
  knock(address: string, via: readonly string[], reason: string): Promise<JoinAnswer>
  /** IDs of all rooms that the homeserver says we are in, or why it doesn't say. */
  joinedRooms(): Promise<ReadonlySet<string> | Refusal>
  /** Where an alias leads, and whether our homeserver takes part in the room. */
  resolve(
    alias: string,
  ): Promise<{ roomId: string; servers: string[]; isLocal: boolean } | 'missing' | 'unreachable' | 'tooFast'>
  /** The room's join rule, if anybody tells. */
  joinRule(address: string, via: readonly string[]): Promise<JoinRule | null | 'tooFast'>
  /** Spaces whose members a restricted room lets in, as far as anybody tells. */
  doors(address: string, via: readonly string[]): Promise<readonly RoomAddress[]>
  /** The room that replaced this one (its tombstone), or null where none did. */
  successor(roomId: string): Promise<Successor | 'unreachable' | 'tooFast'>
}

const joinedSchema = z.object({ room_id: z.string() })
const joinedRoomsSchema = z.object({ joined_rooms: z.array(z.string()) })

/** A room may let the members of many spaces in; so many are looked at. */
const MOST_DOORS = 5

/** Something on the way has answered in the homeserver's name, such as the sign-in page of a café's network. */
const NO_ANSWER: Refusal = { kind: 'lost', message: 'Not the homeserver’s answer' }

/** The real requests, for one session. */
export function joinRequests(client: MatrixClient, fetch: Fetch): JoinRequests {
  const ownServer = serverOf(client.getSafeUserId()) ?? ''
  const successors = new Successors(client)
  const signedIn: Fetch = (input, init) => {
    const headers = {
      ...(init?.headers as Record<string, string>),
      authorization: `Bearer ${client.getAccessToken()}`,
    }
    return fetch(input, { ...init, headers })
  }
  return {
    async join(address, via) {
      try {
        // Not `joinRoom`, which makes a room object for each, timelines and all: thousands of them fill the memory.
        const path = `/join/${encodeURIComponent(address)}`
        const servers = { via: [...via], server_name: [...via] }
        const told = joinedSchema.safeParse(await client.http.authedRequest(Method.Post, path, servers, {}))
        if (!told.success) return NO_ANSWER
        const answer = yes(told.data.room_id)
        if (answer.kind === 'joined') successors.expect(answer.roomId)
        return answer
      } catch (error) {
        return refusalOf(error)
      }
    },
    async knock(address, via, reason) {
      try {
        return yes((await client.knockRoom(address, { viaServers: [...via], reason })).room_id)
      } catch (error) {
        return refusalOf(error)
      }
    },
    async joinedRooms() {
      try {
        const rooms = joinedRoomsSchema.safeParse(await client.getJoinedRooms())
        return rooms.success ? new Set(rooms.data.joined_rooms) : NO_ANSWER
      } catch (error) {
        return refusalOf(error)
      }
    },
    async resolve(alias) {
      const found = await askAliasDirectory(fetch, client.baseUrl, alias)
      if (typeof found === 'string') return found
      return { ...found, isLocal: found.servers.includes(ownServer) }
    },
    async joinRule(address, via) {
      let isTooFast = false
      // With the token: a room for members of a space shows itself to them only.
      const watched: Fetch = async (input, init) => {
        const answer = await signedIn(input, init)
        isTooFast = answer.status === 429
        return answer
      }
      const ask = (): ReturnType<typeof askRoomSummary> =>
        askRoomSummary(watched, client.baseUrl, address, via)
      const first = await ask()
      if (isTooFast) return 'tooFast'
      // Once more where nobody answers, as a room whose rule isn't known counts as closed.
      const facts = first ?? (await ask())
      if (facts === null) return isTooFast ? 'tooFast' : null
      return facts.joinRule ?? (facts.sight === 'private' ? 'invite' : null)
    },
    async doors(address, via) {
      const told = await askWholeSummary(signedIn, client.baseUrl, address, via)
      const allowed = told?.summary?.allowed_room_ids ?? []
      const doors: RoomAddress[] = []
      for (const roomId of allowed.filter(isRoomId).slice(0, MOST_DOORS)) {
        // Nobody wants to be in a room of which they know nothing, but a space can't be heard.
        const facts = await askRoomSummary(signedIn, client.baseUrl, roomId, via)
        if (facts?.isSpace === true) doors.push({ address: roomId, via })
      }
      return doors
    },
    successor: (roomId) => successors.ask(roomId),
  }
}

// A yes without the room's ID is nobody's yes; the list of joined rooms will tell.
function yes(roomId: unknown): JoinAnswer {
  return typeof roomId === 'string' && isRoomId(roomId) ? { kind: 'joined', roomId } : NO_ANSWER
}

/**
 * Servers to name for an entry: what the directory says beside what the page and the space said. Our own server comes
 * last: only the first three are sent, and it needs no introduction, but a request without any is refused by some.
 */
export function mergedVia(known: readonly string[], servers: readonly string[], ownServer: string): string[] {
  const named = [...new Set([...known, ...servers])].filter(isServerName)
  const isOwn = (server: string): boolean => server === ownServer
  return [...named.filter((server) => !isOwn(server)).slice(0, 12), ...named.filter(isOwn)]
}
