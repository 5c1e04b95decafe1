import type { Refusal } from '../../core/joining/answer.ts'
import { clampWait } from '../../core/joining/refusal.ts'
import { backoff } from '../../core/joining/patience.ts'
import {
  markOf,
  nextQuiet,
  nextRules,
  withMark,
  withMarks,
  withQuiet,
  type QuietAction,
  type QuietKind,
  type QuietStart,
  type QuietView,
} from '../../core/joining/quiet.ts'
import type { WaitingClock } from '../clock.ts'
import type { QuietRequests, RuleEffect } from './account-requests.ts'
import { Waiting } from './waiting.ts'

/** What a quiet start needs of the world around it. */
export interface QuietPorts extends WaitingClock {
  readonly requests: QuietRequests
  /** Keeps it on disk; called before each request that changes something. Done on return. */
  readonly save: (quiet: QuietStart) => void
  /** Called when something is set, taken back, or given up. */
  readonly onChange: () => void
}

/** How often one thing is asked for before it is given up. */
const MOST_TRIES = 4
/** How many rules are announced in one line of the journal. */
const AT_ONCE = 50

/** Carries out a quiet start beside joining: one request at a time, none in front of a join. */
export class QuietDriver {
  #quiet: QuietStart
  #view: Pick<QuietView, 'queue' | 'entered'>
  /** What each room's rule does, as far as the homeserver has said and Foyer has set since. */
  #rules: Map<string, RuleEffect> | null = null
  #goesAfter = false
  #isGivenUp = false
  #isOn = false
  #lost = 0
  #loop: Promise<void> | null = null
  readonly #ports: QuietPorts
  readonly #waiting: Waiting

  constructor(quiet: QuietStart, view: Pick<QuietView, 'queue' | 'entered'>, ports: QuietPorts) {
    this.#quiet = quiet
    this.#view = view
    this.#ports = ports
    this.#waiting = new Waiting(ports)
  }

  get quiet(): QuietStart {
    return this.#quiet
  }

  /** True while something is still to be set or taken back, and will be by itself. */
  get isBusy(): boolean {
    return !this.#isGivenUp && this.#next().kind !== 'nothing'
  }

  /** True where the homeserver didn't let everything be set or taken back. */
  get hasFailed(): boolean {
    return (
      (this.#isGivenUp && this.#next().kind !== 'nothing') ||
      this.#quiet.marks.some((mark) => mark.status === 'failed')
    )
  }

  /** Follows joining. `mayWork` is false while joining is paused, offline or stopped. */
  follow(view: Pick<QuietView, 'queue' | 'entered'>, mayWork: boolean): void {
    this.#view = view
    this.#isOn = mayWork
    this.#waiting.wake()
    if (mayWork) this.#start()
  }

  /** Turns it on or off at the newcomer's word, which counts at once, whatever joining does. */
  turn(isWanted: boolean): void {
    this.#quiet = withQuiet(this.#quiet, isWanted)
    this.#rules = null
    this.#isGivenUp = false
    this.#isOn = true
    this.#ports.save(this.#quiet)
    this.#ports.onChange()
    this.#waiting.wake()
    this.#start()
  }

  /** Sends nothing more. Resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#isOn = false
    this.#waiting.wake()
    await this.#loop
  }

  /** Resolves when there is nothing left to do by itself, or when it was stopped. */
  async settled(): Promise<void> {
    while (this.#loop !== null) await this.#loop
  }

  #start(): void {
    // A full disk, or a bug of ours. Joining, which writes to the same disk, says so.
    this.#loop ??= this.#work().catch(() => {
      this.#isGivenUp = true
    })
  }

  async #work(): Promise<void> {
    // So that whoever calls sees the loop before it ends.
    await Promise.resolve()
    try {
      while (this.#isOn && !this.#isGivenUp) {
        const action = this.#next()
        if (action.kind === 'nothing') break
        if (action.kind === 'wait') await this.#sleep(action.until)
        else await this.#carryOut(action)
      }
    } finally {
      // At the very moment of seeing that nothing is left: what comes right afterwards begins anew.
      this.#loop = null
    }
    this.#ports.save(this.#quiet)
    this.#ports.onChange()
  }

  #next(): QuietAction {
    return nextQuiet(this.#quiet, this.#seen(), this.#ports.now())
  }

  #seen(): QuietView {
    return { ...this.#view, isRead: this.#rules !== null, goesAfter: this.#goesAfter }
  }

  async #carryOut(action: Exclude<QuietAction, { kind: 'wait' | 'nothing' }>): Promise<void> {
    switch (action.kind) {
      case 'read': {
        const rules = await this.#ports.requests.rules()
        if (rules instanceof Map) this.#rules = new Map(rules)
        else await this.#refused(rules as Refusal, null)
        break
      }
      case 'set':
        return this.#set(action.what, action.roomId)
      case 'remove':
        return this.#remove(action.what, action.roomId)
    }
  }

  async #set(kind: QuietKind, roomId: string): Promise<void> {
    const { requests, save } = this.#ports
    const isFree = kind === 'rule' ? this.#isFreeOfRules(roomId) : await this.#isFree(kind, roomId)
    if (typeof isFree === 'object') return this.#refused(isFree, { kind, roomId })
    if (!isFree) return this.#mark(kind, roomId, 'theirs')
    if (!this.#quiet.isWanted) return
    if (markOf(this.#quiet, kind, roomId) !== 'asked') {
      this.#announce(kind, roomId)
      save(this.#quiet)
    }
    const answer = await requests.set(kind, roomId)
    if (answer.kind === 'joined') this.#mark(kind, roomId, 'set')
    else await this.#refused(answer, { kind, roomId })
  }

  // What was asked for before a stop may stand there now, and is ours.
  #isFreeOfRules(roomId: string): boolean {
    const effect = this.#rules?.get(roomId)
    const isAsked = markOf(this.#quiet, 'rule', roomId) === 'asked'
    return effect === undefined || (isAsked && effect === 'mentions')
  }

  #isFree(kind: Exclude<QuietKind, 'rule'>, roomId: string): Promise<boolean | Refusal> | true {
    return markOf(this.#quiet, kind, roomId) === 'asked' || this.#ports.requests.isFree(kind, roomId)
  }

  /** Notes what is about to be asked for; rules by the dozen, so that the journal doesn't grow with each. */
  #announce(kind: QuietKind, roomId: string): void {
    const rules = kind === 'rule' ? nextRules(this.#quiet, this.#seen(), AT_ONCE) : []
    const free = rules.filter((rule) => this.#rules?.has(rule) === false)
    this.#quiet = withMarks(this.#quiet, kind, [...new Set([roomId, ...free])], 'asked')
  }

  async #remove(kind: QuietKind, roomId: string): Promise<void> {
    // Changed by the newcomer since, in their app: theirs now.
    const isOurs = kind !== 'rule' || this.#rules?.get(roomId) === 'mentions'
    if (!isOurs) return this.#mark(kind, roomId, null)
    const answer = await this.#ports.requests.remove(kind, roomId)
    if (answer.kind === 'joined') this.#mark(kind, roomId, null)
    else await this.#refused(answer, { kind, roomId })
  }

  #mark(kind: QuietKind, roomId: string, status: Parameters<typeof withMark>[3]): void {
    this.#lost = 0
    this.#quiet = withMark(this.#quiet, kind, roomId, status)
    if (kind === 'rule' && this.#rules !== null) {
      if (status === 'set') this.#rules.set(roomId, 'mentions')
      if (status === null) this.#rules.delete(roomId)
    }
    this.#ports.onChange()
  }

  async #refused(answer: Refusal, what: { kind: QuietKind; roomId: string } | null): Promise<void> {
    if (answer.kind === 'refused' && (answer.httpStatus === 429 || answer.errcode === 'M_LIMIT_EXCEEDED')) {
      // Such requests have no limit of their own anywhere, so this is the one that joins count against.
      this.#goesAfter = true
      return this.#sleepAtLeast(clampWait(answer.retryAfter))
    }
    if (answer.kind === 'refused' && answer.httpStatus < 500) {
      // Signed out, locked, or a server that doesn't have it: no use in asking again.
      if (what === null || answer.httpStatus === 401) this.#isGivenUp = true
      else this.#mark(what.kind, what.roomId, 'failed')
      return
    }
    this.#lost += 1
    if (this.#lost >= MOST_TRIES) this.#isGivenUp = true
    else await this.#sleepAtLeast(backoff(this.#lost - 1))
  }

  async #sleep(until: number | null): Promise<void> {
    this.#waiting.begin()
    await this.#waiting.until(until)
  }

  async #sleepAtLeast(ms: number): Promise<void> {
    const until = this.#ports.now() + ms
    while (this.#isOn && this.#ports.now() < until) await this.#sleep(until)
  }
}
