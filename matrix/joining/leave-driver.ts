import {
  nextLeave,
  withLeaveAnswer,
  withLeaveAsked,
  withStillThere,
  type Leaving,
} from '../../core/joining/leaving.ts'
import { meaningOf } from '../../core/joining/answer.ts'
import type { WaitingClock } from '../clock.ts'
import type { LeaveRequests } from './account-requests.ts'

/** What leaving needs of the world around it. */
export interface LeavePorts extends WaitingClock {
  readonly requests: LeaveRequests
  /** Keeps it on disk; called before each request. Done on return. */
  readonly save: (leaving: Leaving) => void
  readonly onChange: () => void
}

/** Where leaving stands: under way, ended by the newcomer or at its end, or unable to go on without somebody. */
export type LeavePhase = 'running' | 'finished' | 'cancelled' | 'stopped'

/** Leaves room after room, one at a time and no faster than the homeserver allows. */
export class LeaveDriver {
  #leaving: Leaving
  #phase: LeavePhase = 'running'
  #isVerified = false
  #ended: Promise<void> | null = null
  readonly #end = new AbortController()
  readonly #ports: LeavePorts

  constructor(leaving: Leaving, ports: LeavePorts) {
    this.#leaving = leaving
    this.#ports = ports
  }

  get leaving(): Leaving {
    return this.#leaving
  }

  get phase(): LeavePhase {
    return this.#phase
  }

  /** When the next request goes out, monotonic milliseconds; null when that isn't a matter of time. */
  get nextAt(): number | null {
    const action = nextLeave(this.#leaving, this.#ports.now())
    return this.#phase === 'running' && action.kind === 'wait' ? action.until : null
  }

  /** Works until all is left, or until cancelled. Rooms that are left stay so. */
  run(): Promise<void> {
    this.#ended ??= this.#work()
    return this.#ended
  }

  /** Leaves no more rooms. Resolves when no request is under way. */
  async cancel(): Promise<void> {
    if (this.#phase === 'running') this.#phase = 'cancelled'
    this.#end.abort()
    await this.#ended
  }

  async #work(): Promise<void> {
    const { requests, now, save, sleep } = this.#ports
    save(this.#leaving)
    while (this.#phase === 'running') {
      const action = nextLeave(this.#leaving, now())
      this.#ports.onChange()
      if (action.kind === 'finished') await this.#finish()
      else if (action.kind === 'wait') await sleep(action.until - now(), this.#end.signal)
      else {
        this.#leaving = withLeaveAsked(this.#leaving, action.roomId)
        save(this.#leaving)
        const answer = await requests.leave(action.roomId)
        const isStopped = meaningOf(answer).kind === 'stop'
        this.#leaving = withLeaveAnswer(this.#leaving, action.roomId, answer, now())
        if (isStopped) this.#phase = 'stopped'
      }
    }
    save(this.#leaving)
    this.#ports.onChange()
  }

  // An answer that never came may have been a yes; Synapse says 500 to whoever takes a knock back twice.
  async #finish(): Promise<void> {
    const failed = this.#leaving.steps.filter((step) => step.status === 'failed').map((step) => step.roomId)
    if (failed.length > 0 && !this.#isVerified) {
      this.#isVerified = true
      const stillThere = await this.#ports.requests.stillThere(failed)
      if (stillThere instanceof Set) this.#leaving = withStillThere(this.#leaving, stillThere)
    }
    if (this.#phase === 'running') this.#phase = 'finished'
  }
}
