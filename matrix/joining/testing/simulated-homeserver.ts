import type { JoinAnswer } from '../../../core/joining/answer.ts'
import type { JoinRule } from '../../../core/communities/community.ts'
import type { JoinRequests } from '../join-requests.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** One of Synapse's rate limiters: `burst` at once, then one each `interval` milliseconds. */
export interface Limit {
  readonly burst: number
  readonly interval: number
}

export interface SimulatedRoom {
  readonly roomId: string
  readonly isLocal: boolean
  readonly rule?: JoinRule
  readonly successor?: string
  /** IDs of the rooms whose members a restricted room lets in; the space's where nothing is said. */
  readonly allowed?: readonly string[]
}

/** What goes wrong with one join request. `actsAnyway`: the server does what was asked and only the answer is lost. */
export interface Fault {
  readonly answer: JoinAnswer
  readonly actsAnyway: boolean
}

export interface SimulationOptions {
  readonly local?: Limit
  readonly remote?: Limit
  /** Milliseconds that a join takes, asked for each. */
  readonly latency?: number | (() => number)
  /** Milliseconds until a request has reached the server, asked for each. */
  readonly uplink?: () => number
  /** How the server puts a wait of so many milliseconds into words. */
  readonly retryAfter?: (wait: number) => number | null
  /** What to answer instead, asked before each join. Null lets the join happen. */
  readonly fault?: (roomId: string, nth: number) => Fault | null
  readonly spaceId?: string
  /** One limit for requests of every kind, as Dendrite keeps it: each takes a place for so many milliseconds. */
  readonly places?: { readonly count: number; readonly coolOff: number }
  /** Tombstones name our server although it has left the room. */
  readonly isStale?: true
}

/** A leaky bucket as Synapse's Ratelimiter counts it (synapse/api/ratelimiting.py). */
class LeakyBucket {
  #count = 0
  #start = 0
  readonly #limit: Limit

  constructor(limit: Limit) {
    this.#limit = limit
  }

  /** Milliseconds to wait, or 0 when the action may happen, which then counts. */
  take(now: number): number {
    const rate = 1 / this.#limit.interval
    const performed = this.#count - (now - this.#start) * rate
    if (performed < 0) {
      this.#start = now
      this.#count = 0
    }
    if (Math.max(0, performed) > this.#limit.burst - 1 + 1e-9) {
      return this.#start + (this.#count - this.#limit.burst + 1) / rate - now
    }
    this.#count += 1
    return 0
  }
}

/** A homeserver that keeps Synapse's limits on a virtual clock, and remembers every request. */
export class SimulatedHomeserver implements JoinRequests {
  readonly joined = new Set<string>()
  readonly asked: { roomId: string; at: number; wasJoined: boolean }[] = []
  refusals = { local: 0, remote: 0 }
  /** How many requests of every kind found no place. */
  turnedAway = 0
  #taken: number[] = []
  readonly refusedAt = { local: [] as number[], remote: [] as number[] }
  readonly #clock: VirtualClock
  readonly #rooms: ReadonlyMap<string, SimulatedRoom>
  readonly #options: SimulationOptions
  readonly #local: LeakyBucket | null
  readonly #remote: LeakyBucket | null

  constructor(
    clock: VirtualClock,
    rooms: ReadonlyMap<string, SimulatedRoom>,
    options: SimulationOptions = {},
  ) {
    this.#clock = clock
    this.#rooms = rooms
    this.#options = options
    this.#local = options.local ? new LeakyBucket(options.local) : null
    this.#remote = options.remote ? new LeakyBucket(options.remote) : null
  }

  async join(address: string): Promise<JoinAnswer> {
    const room = this.room(address)
    const nth = this.asked.filter((each) => each.roomId === address).length
    this.asked.push({ roomId: address, at: this.#clock.now(), wasJoined: this.joined.has(address) })
    const uplink = this.#options.uplink?.() ?? 0
    const { latency = 50 } = this.#options
    const work = Math.max(0, (typeof latency === 'number' ? latency : latency()) - uplink)
    await this.#clock.sleep(uplink)
    if (this.#isFull()) return this.#noPlace()
    if (room === undefined) return refused(404, 'M_UNKNOWN', 'no servers')
    const fault = this.#options.fault?.(room.roomId, nth) ?? null
    const answer = fault === null || fault.actsAnyway ? await this.#decide(room, work) : null
    return fault?.answer ?? answer ?? refused(500, null, '')
  }

  /** The room of this ID or alias. */
  room(address: string): SimulatedRoom | undefined {
    return this.#rooms.get(address) ?? [...this.#rooms.values()].find((room) => room.roomId === address)
  }

  // Like Synapse: the limits come first, then the work, which takes its time.
  async #decide(room: SimulatedRoom, work: number): Promise<JoinAnswer> {
    const local = this.joined.has(room.roomId) ? 0 : (this.#local?.take(this.#clock.now()) ?? 0)
    if (local > 0) return this.#limited('local', local)
    if (!room.isLocal && !this.joined.has(room.roomId)) {
      const remote = this.#remote?.take(this.#clock.now()) ?? 0
      if (remote > 0) return this.#limited('remote', remote)
    }
    await this.#clock.sleep(work)
    const allowed = room.allowed ?? [this.#options.spaceId ?? '']
    const isMember = allowed.some((roomId) => this.joined.has(roomId))
    const isClosed =
      room.rule === 'invite' ||
      room.rule === 'knock' ||
      (!isMember && (room.rule === 'restricted' || room.rule === 'knock_restricted'))
    if (isClosed) return refused(403, 'M_FORBIDDEN', 'You are not invited')
    this.joined.add(room.roomId)
    return { kind: 'joined', roomId: room.roomId }
  }

  async knock(address: string): Promise<JoinAnswer> {
    await this.#clock.sleep(50)
    if (this.#isFull()) return this.#noPlace()
    return { kind: 'joined', roomId: this.room(address)?.roomId ?? address }
  }

  async joinedRooms(): ReturnType<JoinRequests['joinedRooms']> {
    await this.#clock.sleep(20)
    if (this.#isFull()) return this.#noPlace()
    return new Set(this.joined)
  }

  async resolve(alias: string): ReturnType<JoinRequests['resolve']> {
    await this.#clock.sleep(20)
    if (this.#isFull()) return 'tooFast'
    const room = this.#rooms.get(alias)
    return room === undefined
      ? 'missing'
      : { roomId: room.roomId, servers: ['own.example'], isLocal: room.isLocal }
  }

  async joinRule(address: string): ReturnType<JoinRequests['joinRule']> {
    await this.#clock.sleep(20)
    if (this.#isFull()) return 'tooFast'
    return this.room(address)?.rule ?? 'public'
  }

  async doors(address: string): ReturnType<JoinRequests['doors']> {
    await this.#clock.sleep(20)
    return (this.room(address)?.allowed ?? []).map((roomId) => ({ address: roomId, via: [] }))
  }

  async successor(roomId: string): ReturnType<JoinRequests['successor']> {
    if (this.#isFull()) return 'tooFast'
    const successor = this.room(roomId)?.successor
    if (successor === undefined) return null
    const isHere = this.#options.isStale ?? this.room(successor)?.isLocal ?? true
    return { roomId: successor, via: [isHere ? 'own.example' : 'far.example'] }
  }

  #isFull(): boolean {
    const { places } = this.#options
    if (places === undefined) return false
    const now = this.#clock.now()
    this.#taken = this.#taken.filter((at) => at + places.coolOff > now)
    const isFull = this.#taken.length >= places.count
    if (isFull) this.turnedAway += 1
    else this.#taken.push(now)
    return isFull
  }

  // Dendrite always says the same, whenever a place will be free, and sends no header.
  #noPlace(): ReturnType<typeof refused> {
    const retryAfter = this.#options.places?.coolOff ?? null
    return {
      ...refused(429, 'M_LIMIT_EXCEEDED', 'You are sending too many requests too quickly!'),
      retryAfter,
    }
  }

  // Synapse holds each refusal back for half a second.
  async #limited(bucket: 'local' | 'remote', wait: number): Promise<JoinAnswer> {
    this.refusals[bucket] += 1
    this.refusedAt[bucket].push(this.#clock.now())
    await this.#clock.sleep(500)
    const retryAfter = (this.#options.retryAfter ?? Math.ceil)(wait)
    return { ...refused(429, 'M_LIMIT_EXCEEDED', 'Too Many Requests'), retryAfter }
  }
}

/** A refusal as a server sends it. */
export function refused(
  httpStatus: number,
  errcode: string | null,
  message: string,
): Extract<JoinAnswer, { kind: 'refused' }> {
  return { kind: 'refused', httpStatus, errcode, message, retryAfter: null }
}
