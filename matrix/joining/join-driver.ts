import { meaningOf, type JoinAnswer } from '../../core/joining/answer.ts'
import {
  nextAction,
  withForbidden,
  withMeaning,
  withRequest,
  withSuccessor,
  withVerified,
  type JoinState,
} from '../../core/joining/engine.ts'
import { planMore } from '../../core/joining/plan.ts'
import { entryOf, retried, withEntry, type JoinReason, type QueueEntry } from '../../core/joining/queue.ts'
import type { CommunityRoom } from '../../core/communities/community.ts'
import { isAlias } from '../../core/addresses/room-address.ts'
import { mergedVia, type JoinRequests } from './join-requests.ts'

/** What the driver needs of the world around it. */
export interface JoinPorts {
  readonly requests: JoinRequests
  /** The newcomer's homeserver. */
  readonly ownServer: string
  /** Sent with a knock, so that moderators see who is asking. */
  readonly knockReason: string
  /** Monotonic milliseconds; jumps of the wall clock must not move them. */
  readonly now: () => number
  /** Resolves after `ms` milliseconds, or at once when aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** Keeps the state on disk. Called before each request goes out and after each answer; must be done on return. */
  readonly save: (state: JoinState) => void
  /** Called with every change, after it was saved. */
  readonly onChange: (view: DriverView) => void
  /** Called once the space is joined: the rooms that only its members see and that were chosen unseen. */
  readonly roomsInside: (spaceId: string) => Promise<readonly CommunityRoom[]>
}

/** What the driver shows of itself. */
export interface DriverView {
  readonly state: JoinState
  readonly phase: 'running' | 'paused' | 'offline' | 'stopped' | 'finished'
  readonly stopReason: JoinReason | 'signedOut' | null
  /** When the next request goes out, monotonic milliseconds; null when that isn't a matter of time. */
  readonly nextAt: number | null
  readonly nextKey: string | null
}

/** Carries out the join engine's decisions: one loop, at most three requests under way. */
export class JoinDriver {
  #state: JoinState
  #phase: DriverView['phase'] = 'paused'
  #stopReason: DriverView['stopReason'] = null
  #wake: AbortController = new AbortController()
  #next: { at: number | null; key: string | null } = { at: null, key: null }
  #lostInARow = 0
  #loop: Promise<void> | null = null
  readonly #ports: JoinPorts
  readonly #tasks = new Set<Promise<void>>()
  readonly #lookedUp = new Set<string>()
  readonly #visited = new Map<string, Set<string>>()

  constructor(state: JoinState, ports: JoinPorts) {
    this.#state = state
    this.#ports = ports
  }

  get view(): DriverView {
    const { at, key } = this.#next
    return { state: this.#state, phase: this.#phase, stopReason: this.#stopReason, nextAt: at, nextKey: key }
  }

  /** Starts or goes on. Resolves when the loop ends: finished, paused or stopped. */
  run(): Promise<void> {
    if (this.#phase === 'offline') this.#wake.abort()
    if (this.#loop !== null) return this.#loop
    this.#phase = 'running'
    this.#stopReason = null
    this.#loop = this.#work().finally(() => {
      this.#loop = null
    })
    return this.#loop
  }

  /** Lets requests under way end and sends no more. Resolves when nothing is under way. */
  async pause(): Promise<void> {
    if (this.#phase === 'running' || this.#phase === 'offline') this.#enter('paused')
    await this.#loop
  }

  /** Puts rooms back in line that could not be joined; `run` must be called afterwards. */
  retry(keys: readonly string[]): void {
    this.#change({ ...this.#state, queue: retried(this.#state.queue, keys) })
    this.#wake.abort()
  }

  async #work(): Promise<void> {
    while (this.#phase === 'running' || this.#phase === 'offline') {
      if (this.#phase === 'offline') {
        await this.#waitForNetwork()
        continue
      }
      const now = this.#ports.now()
      const action = nextAction(this.#state, now, this.#lookedUp)
      this.#next =
        action.kind === 'wait' ? { at: action.until, key: action.nextKey } : { at: null, key: null }
      switch (action.kind) {
        case 'finished':
          this.#enter('finished')
          break
        case 'resolve':
          this.#lookUp(action.key, this.#resolve(action.key))
          break
        case 'follow':
          this.#lookUp(action.key, this.#follow(action.key))
          break
        case 'join':
          this.#begin(this.#join(action.key))
          break
        case 'verify':
          await this.#verify()
          break
        case 'wait':
          this.#tell()
          await this.#waitUntil(action.until)
          break
      }
    }
    await Promise.all(this.#tasks)
  }

  #lookUp(key: string, work: Promise<void>): void {
    this.#lookedUp.add(key)
    this.#begin(work.finally(() => this.#lookedUp.delete(key)))
  }

  #begin(work: Promise<void>): void {
    const task: Promise<void> = work.finally(() => {
      this.#tasks.delete(task)
      this.#wake.abort()
    })
    this.#tasks.add(task)
  }

  // Everything up to the request happens at once, so that the loop sees the room as under way and the token as taken.
  async #join(key: string): Promise<void> {
    const entry = entryOf(this.#state.queue, key)
    const via = entry.via.slice(0, 3)
    this.#change(withRequest(this.#state, key, via, this.#ports.now()))
    const address = entry.roomId ?? entry.address
    const answer = entry.isKnock
      ? await this.#ports.requests.knock(address, via, this.#ports.knockReason)
      : await this.#ports.requests.join(address, via)
    await this.#learn(key, answer)
  }

  async #resolve(key: string): Promise<void> {
    const entry = entryOf(this.#state.queue, key)
    const known = (change: Partial<QueueEntry>): void => {
      this.#state = { ...this.#state, queue: withEntry(this.#state.queue, key, change) }
    }
    // A room ID can't be looked up; the servers named with it tell whether ours is one of them.
    if (!isAlias(entry.address)) return known({ isLocal: entry.via.includes(this.#ports.ownServer) })
    const found = await this.#ports.requests.resolve(entry.address)
    if (found === 'missing') {
      return this.#settle(key, { status: 'notJoined', reason: 'notFound', lastAnswer: '404 M_NOT_FOUND' })
    }
    // The join request asks the alias's server once more, and its answer says what is wrong.
    if (found === 'unreachable') return known({ isLocal: false })
    const via = mergedVia(entry.via, found.servers, this.#ports.ownServer)
    known({ roomId: found.roomId, isLocal: found.isLocal, via })
  }

  async #learn(key: string, answer: JoinAnswer): Promise<void> {
    const entry = entryOf(this.#state.queue, key)
    const meaning = meaningOf(answer)
    const words = wordsOf(answer)
    const now = this.#ports.now()
    if (answer.kind === 'lost') this.#lostInARow += 1
    else this.#lostInARow = 0
    if (meaning.kind === 'forbidden') {
      const rule = await this.#ports.requests.joinRule(entry.roomId ?? entry.address, entry.via.slice(0, 3))
      this.#change(withForbidden(this.#state, key, rule, words, this.#ports.now()))
    } else if (meaning.kind === 'joined' && entry.isKnock) {
      this.#settle(key, { status: 'asked', reason: 'asked', roomId: meaning.roomId, lastAnswer: words })
    } else {
      this.#change(this.#dated(withMeaning(this.#state, key, meaning, words, now), key))
      if (meaning.kind === 'stop') {
        this.#stopReason = meaning.reason
        this.#enter('stopped')
      }
    }
    if (this.#lostInARow >= 3 && this.#phase === 'running') this.#enter('offline')
  }

  async #follow(key: string): Promise<void> {
    const { kind, roomId } = entryOf(this.#state.queue, key)
    const isFollowed = (): void =>
      this.#change({ ...this.#state, queue: withEntry(this.#state.queue, key, { isFollowed: true }) })
    if (roomId === null) return isFollowed()
    if (kind === 'space') {
      const rooms = await this.#ports.roomsInside(roomId)
      this.#change({ ...this.#state, queue: planMore(this.#state.queue, rooms) })
      return isFollowed()
    }
    const successor = await this.#ports.requests.successor(roomId)
    if (successor === null) return isFollowed()
    const visited = this.#visited.get(key) ?? new Set()
    visited.add(roomId)
    this.#visited.set(key, visited)
    this.#change(this.#dated(withSuccessor(this.#state, key, successor, visited), key))
  }

  async #verify(): Promise<void> {
    const joined = await this.#ports.requests.joinedRooms()
    if (joined === null) return this.#enter('offline')
    this.#change(withVerified(this.#state, joined, this.#ports.now()))
  }

  // The network's own signal may be wrong, so the homeserver is asked again and again; waiting grows to 30 s.
  async #waitForNetwork(): Promise<void> {
    for (let wait = 1_000; this.#phase === 'offline'; wait = Math.min(wait * 2, 30_000)) {
      this.#next = { at: null, key: null }
      this.#tell()
      if ((await this.#ports.requests.joinedRooms()) !== null) {
        this.#lostInARow = 0
        if (this.#phase === 'offline') this.#enter('running')
        return
      }
      await this.#waitUntil(this.#ports.now() + wait)
    }
  }

  async #waitUntil(moment: number | null): Promise<void> {
    this.#wake = new AbortController()
    const ms = moment === null ? 3_600_000 : Math.max(0, moment - this.#ports.now())
    await this.#ports.sleep(ms, this.#wake.signal)
  }

  #settle(key: string, change: Partial<QueueEntry>): void {
    this.#change(this.#dated({ ...this.#state, queue: withEntry(this.#state.queue, key, change) }, key))
  }

  #dated(state: JoinState, key: string): JoinState {
    const { status } = entryOf(state.queue, key)
    if (status !== 'joined' && status !== 'asked' && status !== 'notJoined') return state
    return { ...state, queue: withEntry(state.queue, key, { settledAt: new Date().toISOString() }) }
  }

  #change(state: JoinState): void {
    this.#state = state
    this.#ports.save(state)
    this.#tell()
  }

  #enter(phase: DriverView['phase']): void {
    this.#phase = phase
    this.#next = { at: null, key: null }
    this.#wake.abort()
    this.#tell()
  }

  #tell(): void {
    this.#ports.onChange(this.view)
  }
}

/** The server's words for the report. Error messages of homeservers hold no secrets, but are cut to be sure. */
function wordsOf(answer: JoinAnswer): string {
  switch (answer.kind) {
    case 'joined':
      return '200'
    case 'refused':
      return `${answer.httpStatus} ${answer.errcode ?? ''} ${answer.message}`.trim().slice(0, 300)
    case 'lost':
      return 'no answer'
  }
}
