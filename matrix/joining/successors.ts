import { Method, type MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import { serverOf } from '../../core/addresses/room-address.ts'
import { failureOf } from '../http/matrix-error.ts'

/** A room's replacement, with the server that surely knows it; null where the room was not replaced. */
export type Successor = { readonly roomId: string; readonly via: string[] } | null

/** From so many rooms on it is cheaper for both sides to ask for all of them in one request. */
const MANY = 10

const tombstoneSchema = z.object({ replacement_room: z.string().startsWith('!') })
const tombstoneEventSchema = z.object({ sender: z.string(), content: tombstoneSchema })
const emptyTombstoneSchema = z.union([
  z.object({ sender: z.string(), content: z.record(z.string(), z.unknown()) }),
  z.object({ body: z.string() }),
])
const everyRoomSchema = z.object({
  rooms: z.record(
    z.string(),
    z.object({
      required_state: z
        .array(z.object({ type: z.string(), sender: z.string(), content: z.record(z.string(), z.unknown()) }))
        .optional(),
    }),
  ),
})

/**
 * Looks for the tombstones of joined rooms. One by one while few wait to be looked at; many at once by sliding sync
 * (MSC4186) where the homeserver has it, as 200 requests take Synapse three times as long as that one.
 */
export class Successors {
  readonly #client: MatrixClient
  readonly #unasked = new Set<string>()
  readonly #known = new Map<string, Successor>()
  #asking: Promise<void> | null = null
  #canAskForAll = true

  constructor(client: MatrixClient) {
    this.#client = client
  }

  /** Notes a room that will be asked about. */
  expect(roomId: string): void {
    this.#unasked.add(roomId)
    // What was seen before may have changed since.
    this.#known.delete(roomId)
  }

  /** The room that replaced this one. */
  async ask(roomId: string): Promise<Successor | 'unreachable' | 'tooFast'> {
    const isMany = this.#unasked.size > MANY && !this.#known.has(roomId)
    if (this.#asking !== null || (isMany && this.#canAskForAll)) await this.#askForAll()
    const known = this.#known.get(roomId)
    this.#known.delete(roomId)
    this.#unasked.delete(roomId)
    return known === undefined ? this.#askForOne(roomId) : known
  }

  async #askForAll(): Promise<void> {
    this.#asking ??= this.#fetchAll().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  async #fetchAll(): Promise<void> {
    const wanted = new Set(this.#unasked)
    const list = { ranges: [[0, 99_999]], required_state: [['m.room.tombstone', '']], timeline_limit: 0 }
    try {
      const answer = await this.#client.slidingSync({ lists: { all: list } })
      const { rooms } = everyRoomSchema.parse(answer)
      for (const [roomId, { required_state: state = [] }] of Object.entries(rooms)) {
        const tombstone = state.find((event) => event.type === 'm.room.tombstone')
        const successor = tombstone === undefined ? null : successorOf(tombstone)
        if (wanted.has(roomId) && successor !== 'unreachable') this.#known.set(roomId, successor)
      }
    } catch (error) {
      const isTooFast = !(error instanceof z.ZodError) && failureOf(error).httpStatus === 429
      // Most often a homeserver without it. One by one works everywhere.
      this.#canAskForAll = isTooFast
    }
  }

  async #askForOne(roomId: string): Promise<Successor | 'unreachable' | 'tooFast'> {
    try {
      const path = `/rooms/${encodeURIComponent(roomId)}/state/m.room.tombstone/`
      return successorOf(await this.#client.http.authedRequest(Method.Get, path, { format: 'event' }))
    } catch (error) {
      const { httpStatus } = failureOf(error)
      if (httpStatus === 429) return 'tooFast'
      return httpStatus === null || httpStatus >= 500 ? 'unreachable' : null
    }
  }
}

// The sender's server is the one that surely is in the replacement: room IDs since version 12 name none (spec v1.19).
function successorOf(tombstone: unknown): Successor | 'unreachable' {
  const whole = tombstoneEventSchema.safeParse(tombstone)
  if (whole.success) {
    const server = serverOf(whole.data.sender)
    return { roomId: whole.data.content.replacement_room, via: server === null ? [] : [server] }
  }
  const bare = tombstoneSchema.safeParse(tombstone)
  if (bare.success) return { roomId: bare.data.replacement_room, via: [] }
  // One that leads nowhere, or was taken back. Anything else isn't the homeserver's answer.
  return emptyTombstoneSchema.safeParse(tombstone).success ? null : 'unreachable'
}
