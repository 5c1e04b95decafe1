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
}

export interface SimulationOptions {
  readonly local?: Limit
  readonly remote?: Limit
  /** Milliseconds that a join takes. */
  readonly latency?: number
  /** What to answer instead, asked before each join. Null lets the join happen. */
  readonly fault?: (roomId: string, nth: number) => { answer: JoinAnswer; actsAnyway: boolean } | null
  readonly spaceId?: string
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
    const room = [...this.#rooms.values()].find((each) => each.roomId === address) ?? this.#rooms.get(address)
    const nth = this.asked.filter((each) => each.roomId === address).length
    this.asked.push({ roomId: address, at: this.#clock.now(), wasJoined: this.joined.has(address) })
    await this.#clock.sleep(this.#options.latency ?? 50)
    if (room === undefined) return refused(404, 'M_UNKNOWN', 'no servers')
    const fault = this.#options.fault?.(room.roomId, nth) ?? null
    if (fault !== null) {
      if (fault.actsAnyway) this.joined.add(room.roomId)
      return fault.answer
    }
    const local = this.#local?.take(this.#clock.now()) ?? 0
    if (local > 0) return this.#limited('local', local)
    if (!room.isLocal) {
      const remote = this.#remote?.take(this.#clock.now()) ?? 0
      if (remote > 0) return this.#limited('remote', remote)
    }
    const needsSpace = room.rule === 'restricted' && !this.joined.has(this.#options.spaceId ?? '')
    if (room.rule === 'invite' || room.rule === 'knock' || needsSpace)
      return refused(403, 'M_FORBIDDEN', 'You are not invited')
    this.joined.add(room.roomId)
    return { kind: 'joined', roomId: room.roomId }
  }

  async knock(address: string): Promise<JoinAnswer> {
    await this.#clock.sleep(50)
    return { kind: 'joined', roomId: address }
  }

  async joinedRooms(): Promise<ReadonlySet<string>> {
    await this.#clock.sleep(20)
    return new Set(this.joined)
  }

  async resolve(alias: string): ReturnType<JoinRequests['resolve']> {
    await this.#clock.sleep(20)
    const room = this.#rooms.get(alias)
    return room === undefined
      ? 'missing'
      : { roomId: room.roomId, servers: ['own.example'], isLocal: room.isLocal }
  }

  async joinRule(address: string): Promise<JoinRule | null> {
    await this.#clock.sleep(20)
    return [...this.#rooms.values()].find((room) => room.roomId === address)?.rule ?? 'public'
  }

  async successor(roomId: string): Promise<{ roomId: string; via: string[] } | null> {
    const successor = [...this.#rooms.values()].find((room) => room.roomId === roomId)?.successor
    return successor === undefined ? null : { roomId: successor, via: ['own.example'] }
  }

  #limited(bucket: 'local' | 'remote', wait: number): JoinAnswer {
    this.refusals[bucket] += 1
    return { ...refused(429, 'M_LIMIT_EXCEEDED', 'Too Many Requests'), retryAfter: Math.ceil(wait) }
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
