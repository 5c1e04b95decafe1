import { Method, type MatrixClient } from 'matrix-js-sdk'
import type { RoomFacts, SpaceChild } from '../../core/communities/community.ts'
import { Tempo, type Pauses } from '../http/tempo.ts'
import { factsOf, summarySchema } from './room-summary.ts'

/** As many are looked up; the others show themselves to members of the space. */
const MOST_LOOKUPS = 500

/** A room that a space names and its hierarchy leaves out. */
export interface LeftOutRoom {
  readonly roomId: string
  readonly via: readonly string[]
}

/**
 * Looks up rooms that a space's hierarchy leaves out, by their summaries (spec v1.15, MSC3266), one after the other and
 * as gently as the server wishes. Tells of each that shows itself; the others are for members, or gone.
 */
export async function askLeftOutRooms(
  client: MatrixClient,
  rooms: readonly LeftOutRoom[],
  pauses: Pauses,
  onFacts: (roomId: string, facts: RoomFacts) => void,
): Promise<void> {
  const tempo = new Tempo(pauses)
  for (const { roomId, via } of rooms.slice(0, MOST_LOOKUPS)) {
    const path = `/room_summary/${encodeURIComponent(roomId)}`
    const answer = await tempo.ask(() =>
      client.http.authedRequest(Method.Get, path, { via: via.slice(0, 3) }, undefined, {
        prefix: '/_matrix/client/v1',
        priority: 'auto',
      }),
    )
    if (pauses.signal.aborted) return
    const summary = summarySchema.safeParse(answer)
    if (summary.success) onFacts(roomId, { ...factsOf(summary.data), roomId })
  }
}

/** A space's rooms, with what summaries tell of those that the hierarchy leaves out. */
export async function withLeftOutRooms(
  client: MatrixClient,
  children: readonly SpaceChild[],
  pauses: Pauses,
): Promise<SpaceChild[]> {
  const found = new Map<string, RoomFacts>()
  const leftOut = children
    .filter((child) => child.facts.sight === 'private')
    .map(({ address, via }) => ({ roomId: address, via }))
  await askLeftOutRooms(client, leftOut, pauses, (roomId, facts) => found.set(roomId, facts))
  return children.map((child) => ({ ...child, facts: found.get(child.address) ?? child.facts }))
}
