import { meaningOf, wordsOf, type JoinAnswer } from '../../core/joining/answer.ts'
import type { JoinState } from '../../core/joining/join-state.ts'
import { nextAction } from '../../core/joining/next-action.ts'
import { withForbidden, withMeaning, withRequest } from '../../core/joining/outcomes.ts'
import { clampWait } from '../../core/joining/refusal.ts'
import { backoff } from '../../core/joining/patience.ts'
import { planMore } from '../../core/joining/plan.ts'
import {
  admitted,
  entryOf,
  knockTakenBack,
  retried,
  withEntry,
  type JoinQueue,
  type JoinReason,
  type QueueEntry,
} from '../../core/joining/queue.ts'
import {
  withDates,
  withJoined,
  withLaterLook,
  withMishap,
  withNetworkBack,
  withSuccessor,
  withVerified,
} from '../../core/joining/settling.ts'
import { isAlias } from '../../core/addresses/room-address.ts'
import type { DriverView, JoinPorts } from './join-ports.ts'
import { mergedVia } from './join-requests.ts'
import { Waiting, WOKEN } from './waiting.ts'

export type { DriverView, JoinPorts } from './join-ports.ts'

/** How often what a room leads to is asked for when no answer comes. */
const MOST_LOOKS = 4

/** How long to wait before something is looked up once more that was asked for too fast, in milliseconds. */
const PATIENCE = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]

/** Carries out the join engine's decisions: one loop, at most three requests under way. */
export class JoinDriver {
  #state: JoinState
  #phase: DriverView['phase'] = 'paused'
  #stopReason: DriverView['stopReason'] = null
  #next: { at: number | null; key: string | null } = { at: null, key: null }
  #lostInARow = 0
  #mustLook = false
  #loop: Promise<void> | null = null
  /** The first thing that failed without being anybody's answer. */
  #mishap: { readonly error: unknown } | null = null
  /** Ends the waits of look-ups when nothing more is to go out. */
  #rest = new AbortController()
  readonly #ports: JoinPorts
  readonly #waiting: Waiting
  readonly #tasks = new Set<Promise<void>>()
  readonly #lookedUp = new Set<string>()
  readonly #looks = new Map<string, number>()
  /** How many rooms were joined when the space was looked into; it may show more once more are. */
  #joinedAtLook = -1
  readonly #visited = new Map<string, Set<string>>()
  /** Every room that the server is known to have let us into, replaced ones included. */
  readonly #joinedRoomIds = new Set<string>()

  constructor(state: JoinState, ports: JoinPorts) {
    this.#state = state
    this.#ports = ports
    this.#waiting = new Waiting(ports)
    for (const { status, roomId } of state.queue.entries) {
      if (status === 'joined' && roomId !== null) this.#joinedRoomIds.add(roomId)
    }
  }

  get view(): DriverView {
    const { at, key } = this.#next
    return { state: this.#state, phase: this.#phase, stopReason: this.#stopReason, nextAt: at, nextKey: key }
  }

  /**
   * Starts or goes on, also while requests from before a pause are still under way. Resolves when the loop ends:
   * finished, paused or stopped. Rejects at that moment where something failed that is nobody's answer.
   */
  run(): Promise<void> {
    if (this.#phase === 'offline') this.#waiting.wake()
    else if (this.#phase !== 'running') {
      this.#stopReason = null
      this.#enter('running')
    }
    this.#loop ??= this.#work()
    return this.#loop
  }

  /**
   * The computer has slept, or says that its network is back: the homeserver is asked at once which rooms we are in, and
   * nothing else goes out before it has answered.
   */
  wake(): void {
    this.#mustLook = this.#phase === 'running'
    this.#waiting.wake()
  }

  /** Lets requests under way end and sends no more. Resolves when nothing is under way. */
  async pause(): Promise<void> {
    if (this.#isMoving()) this.#enter('paused')
    // What failed is told to whoever started the loop.
    await this.#loop?.catch(() => undefined)
  }

  /** Puts rooms back in line that could not be joined; `run` must be called afterwards. */
  retry(keys: readonly string[]): void {
    this.#enqueue(retried(this.#state.queue, keys))
  }

  /**
   * Puts rooms back in line that somebody inside has opened; `run` must be called afterwards. False where nothing waits
   * for any of them.
   */
  admit(roomIds: ReadonlySet<string>): boolean {
    const queue = admitted(this.#state.queue, roomIds)
    if (queue === this.#state.queue) return false
    this.#enqueue(queue)
    return true
  }

  /** Notes that a knock was taken back. */
  takeBack(key: string): void {
    this.#change({ ...this.#state, queue: knockTakenBack(this.#state.queue, key) })
  }

  /** Settles rooms that the homeserver has let us into while nobody was looking. */
  async reconcile(): Promise<void> {
    if ((await this.#askJoinedRooms()) !== null) this.#change(this.#state)
  }

  #enqueue(queue: JoinQueue): void {
    if (this.#phase === 'finished') this.#phase = 'paused'
    this.#change({ ...this.#state, queue })
    this.#waiting.wake()
  }

  #isMoving(): boolean {
    return this.#phase === 'running' || this.#phase === 'offline'
  }

  async #work(): Promise<void> {
    // So that the loop never ends before `run` has kept the promise of it.
    await Promise.resolve()
    while (this.#isMoving() || this.#tasks.size > 0) {
      this.#waiting.begin()
      try {
        if (this.#phase === 'offline') await this.#waitForNetwork()
        else if (this.#phase === 'running') await this.#step()
        else await this.#waitUntil(null)
      } catch (error) {
        this.#failed(error)
        this.#stop('unknown')
      }
    }
    this.#loop = null
    const mishap = this.#mishap
    this.#mishap = null
    if (mishap !== null) throw mishap.error
  }

  async #step(): Promise<void> {
    if (this.#mustLook) {
      this.#mustLook = false
      return this.#verify()
    }
    const action = nextAction(this.#state, this.#ports.now(), this.#lookedUp)
    this.#next = action.kind === 'wait' ? { at: action.until, key: action.nextKey } : { at: null, key: null }
    switch (action.kind) {
      case 'finished':
        return this.#lookInsideAgain()
      case 'resolve':
      case 'follow':
        this.#lookedUp.add(action.key)
        return this.#begin(action.key, action.kind)
      case 'join':
        return this.#begin(action.key, action.kind)
      case 'verify':
        return this.#verify()
      case 'wait':
        this.#tell()
        return this.#waitUntil(action.until)
    }
  }

  #begin(key: string, kind: 'resolve' | 'join' | 'follow'): void {
    const task: Promise<void> = this.#carryOut(key, kind)
      .catch((error: unknown) => {
        this.#failed(error)
        this.#change(withMishap(this.#state, key, kind, this.#ports.now()))
      })
      // Not even that could be written down, so nothing more may go out.
      .catch(() => this.#stop('unknown'))
      .finally(() => {
        if (kind !== 'join') this.#lookedUp.delete(key)
        this.#tasks.delete(task)
        this.#waiting.wake()
      })
    this.#tasks.add(task)
  }

  #carryOut(key: string, kind: 'resolve' | 'join' | 'follow'): Promise<void> {
    switch (kind) {
      case 'resolve':
        return this.#resolve(key)
      case 'join':
        return this.#join(key)
      case 'follow':
        return this.#follow(key)
    }
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
      // The list of joined rooms may have settled it meanwhile.
      if (entryOf(this.#state.queue, key).status !== 'queued') return
      this.#state = this.#withJoined({
        ...this.#state,
        queue: withEntry(this.#state.queue, key, change),
      })
    }
    // A room ID can't be looked up; the servers named with it tell whether ours is one of them.
    if (!isAlias(entry.address)) return known({ isLocal: entry.via.includes(this.#ports.ownServer) })
    const look = (): ReturnType<JoinPorts['requests']['resolve']> =>
      this.#patiently(() => this.#ports.requests.resolve(entry.address))
    let found = await look()
    // Asked for before, and the answer was lost: only the room's ID tells whether that was a yes.
    for (
      let looks = 1;
      found === 'unreachable' && this.#mustKnowId(entry) && looks < MOST_LOOKS;
      looks += 1
    ) {
      await this.#ports.sleep(backoff(0), this.#rest.signal)
      found = await look()
    }
    if (found === 'missing' && entry.roomId === null) {
      known({ status: 'notJoined', reason: 'notFound', lastAnswer: '404 M_NOT_FOUND' })
      return this.#change(this.#state)
    }
    // The join request asks the alias's server once more, and its answer says what is wrong.
    if (typeof found === 'string') return known({ isLocal: false })
    const via = mergedVia(entry.via, found.servers, this.#ports.ownServer)
    known({ roomId: found.roomId, isLocal: found.isLocal, via })
  }

  /** Asks again, ever later, while the homeserver wants to be asked more slowly. */
  async #patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    let answer = await ask()
    for (const wait of PATIENCE) {
      if (answer !== 'tooFast' || this.#phase !== 'running') break
      await this.#ports.sleep(wait, this.#rest.signal)
      answer = await ask()
    }
    return answer
  }

  #mustKnowId({ roomId, wasAsked }: QueueEntry): boolean {
    return roomId === null && wasAsked && this.#phase === 'running'
  }

  async #learn(key: string, answer: JoinAnswer): Promise<void> {
    const entry = entryOf(this.#state.queue, key)
    const meaning = meaningOf(answer)
    const words = wordsOf(answer)
    if (answer.kind === 'lost') this.#lostInARow += 1
    else this.#lostInARow = 0
    if (meaning.kind === 'forbidden') {
      const address = entry.roomId ?? entry.address
      const told = await this.#patiently(() => this.#ports.requests.joinRule(address, entry.via.slice(0, 3)))
      const rule = told === 'tooFast' ? null : told
      const isRestricted = rule === 'restricted' || rule === 'knock_restricted'
      const doors = isRestricted ? await this.#ports.requests.doors(address, entry.via.slice(0, 3)) : []
      this.#change(withForbidden(this.#state, key, rule, words, this.#ports.now(), doors))
    } else if (meaning.kind === 'joined' && entry.isKnock) {
      const change = { status: 'asked', reason: 'asked', roomId: meaning.roomId, lastAnswer: words } as const
      this.#change({ ...this.#state, queue: withEntry(this.#state.queue, key, change) })
    } else {
      if (meaning.kind === 'joined') this.#joinedRoomIds.add(meaning.roomId)
      this.#change(withMeaning(this.#state, key, meaning, words, this.#ports.now()))
      if (meaning.kind === 'stop') this.#stop(meaning.reason)
    }
    this.#noteLoss()
  }

  async #follow(key: string): Promise<void> {
    const { kind, roomId, via } = entryOf(this.#state.queue, key)
    const follow = (change: Partial<QueueEntry>): void =>
      this.#change({ ...this.#state, queue: withEntry(this.#state.queue, key, change) })
    if (roomId === null) return follow({ isFollowed: true })
    if (kind === 'space') this.#joinedAtLook = this.#joinedRoomIds.size
    const { signal } = this.#rest
    const found =
      kind === 'space'
        ? await this.#ports.roomsInside(roomId, signal)
        : ((await this.#patiently(() => this.#ports.requests.successor(roomId))) ?? 'none')
    // Nobody's failure: whoever goes on looks again.
    if (signal.aborted && (found === null || found === 'tooFast')) return
    if (found === null || found === 'unreachable' || found === 'tooFast') {
      const looks = (this.#looks.get(key) ?? 0) + 1
      this.#looks.set(key, looks)
      if (found !== 'tooFast') this.#lostInARow += 1
      this.#noteLoss()
      if (looks >= MOST_LOOKS) return follow({ isFollowed: true })
      return follow({ notBefore: this.#ports.now() + backoff(looks - 1) })
    }
    this.#looks.delete(key)
    if (found === 'none') return follow({ isFollowed: true })
    if ('rooms' in found) {
      this.#change({ ...this.#state, queue: planMore(this.#state.queue, found.rooms, found.spaces) })
      return follow({ isFollowed: true })
    }
    const visited = this.#visited.get(key) ?? new Set()
    visited.add(roomId)
    this.#visited.set(key, visited)
    const { ownServer } = this.#ports
    const successor = {
      roomId: found.roomId,
      via: mergedVia(found.via, via, ownServer),
      // Whether we are in the room that was replaced says nothing of the new one.
      isLocal: found.via.includes(ownServer),
    }
    this.#change(withSuccessor(this.#state, key, successor, visited))
  }

  // Rooms for members of other rooms show themselves once those are joined, and any restricted room only when its own
  // server has heard of us. So the space is looked into until that brings nothing more.
  async #lookInsideAgain(): Promise<void> {
    const { entries } = this.#state.queue
    const space = entries.find((entry) => entry.kind === 'space' && entry.status === 'joined')
    const joined = this.#joinedRoomIds.size
    const looks = this.#looks.get('inside') ?? 0
    if (!space?.roomId || joined === this.#joinedAtLook || looks >= MOST_LOOKS) return this.#enter('finished')
    const { signal } = this.#rest
    const found = await this.#ports.roomsInside(space.roomId, signal)
    if (found === null && signal.aborted) return
    if (this.#phase !== 'running') return
    this.#looks.set('inside', found === null ? looks + 1 : 0)
    if (found === null) return this.#waitUntil(this.#ports.now() + backoff(looks))
    this.#joinedAtLook = joined
    this.#change({ ...this.#state, queue: planMore(this.#state.queue, found.rooms, found.spaces) })
  }

  async #verify(): Promise<void> {
    const askedAt = this.#ports.now()
    const joined = await this.#askJoinedRooms()
    if (joined === null) {
      if (this.#phase === 'running') this.#enter('offline')
    } else if ('wait' in joined) this.#change(withLaterLook(this.#state, this.#ports.now() + joined.wait))
    else this.#change(withVerified(this.#state, joined, askedAt))
  }

  // The network's own signal may be wrong, so the homeserver is asked again and again; waiting grows to 30 s.
  async #waitForNetwork(): Promise<void> {
    for (let wait = 1_000; this.#phase === 'offline'; wait = Math.min(wait * 2, 30_000)) {
      this.#waiting.begin()
      this.#next = { at: null, key: null }
      this.#tell()
      // A question from before a sleep may never be answered.
      const joined = await Promise.race([this.#askJoinedRooms(), this.#waiting.woken()])
      if (this.#phase !== 'offline') return
      if (joined === WOKEN) continue
      if (joined !== null) {
        this.#lostInARow = 0
        const back = withNetworkBack(this.#state)
        this.#change('wait' in joined ? withLaterLook(back, this.#ports.now() + joined.wait) : back)
        return this.#enter('running')
      }
      await this.#waitUntil(this.#ports.now() + wait)
    }
  }

  /**
   * The server's list of our rooms; null where it doesn't say, or for how long it wants to be left alone, in
   * milliseconds. Stops where nothing will work until somebody acts.
   */
  async #askJoinedRooms(): Promise<ReadonlySet<string> | { readonly wait: number } | null> {
    const answer = await this.#ports.requests.joinedRooms()
    if ('kind' in answer) {
      const meaning = meaningOf(answer)
      if (meaning.kind === 'stop') this.#stop(meaning.reason)
      return meaning.kind === 'rateLimited' ? { wait: clampWait(meaning.retryAfter) } : null
    }
    for (const roomId of answer) this.#joinedRoomIds.add(roomId)
    return answer
  }

  // What is under way wakes us when it ends.
  async #waitUntil(moment: number | null): Promise<void> {
    if (moment === null && this.#tasks.size > 0) await this.#waiting.woken()
    else await this.#waiting.until(moment)
  }

  #noteLoss(): void {
    if (this.#lostInARow >= 3 && this.#phase === 'running') this.#enter('offline')
  }

  // A room that we are in under another address needs no request of its own.
  #withJoined(state: JoinState): JoinState {
    return withJoined(state, this.#joinedRoomIds)
  }

  #change(state: JoinState): void {
    this.#state = withDates(this.#withJoined(state), new Date().toISOString())
    this.#ports.save(this.#state)
    this.#tell()
  }

  #stop(reason: JoinReason | 'signedOut'): void {
    this.#stopReason = reason
    this.#enter('stopped')
  }

  #enter(phase: DriverView['phase']): void {
    this.#phase = phase
    if (phase !== 'running') this.#rest.abort(WOKEN)
    else if (this.#rest.signal.aborted) this.#rest = new AbortController()
    this.#next = { at: null, key: null }
    this.#waiting.wake()
    this.#tell()
  }

  #tell(): void {
    try {
      this.#ports.onChange(this.view)
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    this.#mishap ??= { error }
  }
}
