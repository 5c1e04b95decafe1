/** How long after a look the next is due, in milliseconds. */
export const LOOK_EVERY = 24 * 60 * 60 * 1_000
/** How often it is looked whether one is due. */
const CHECK_EVERY = 60 * 60 * 1_000
/** After a look at which nobody answered. */
const RETRY_EVERY = 15 * 60 * 1_000

/** What keeping time needs of the world around it. */
export interface LookClock {
  /** Wall-clock milliseconds. */
  wall(): number
  /** Milliseconds that never jump, but may stand still while the computer sleeps. */
  monotonic(): number
  /** Resolves after `ms`, or at once when aborted. */
  sleep(this: void, ms: number, signal: AbortSignal): Promise<void>
}

/** A moment on both clocks. */
export interface Moment {
  readonly wall: number
  readonly monotonic: number
}

/**
 * True once a day has gone by since `last` on either clock: one that stands still while the computer sleeps is outrun by
 * the other, and one that was set back is by the first. One set forward costs a look too many.
 */
export function isLookDue(last: Moment, now: Moment): boolean {
  return Math.max(now.wall - last.wall, now.monotonic - last.monotonic) >= LOOK_EVERY
}

/** Looks at each start and once a day; where nobody answers, later. One look at a time. */
export class DailyLook {
  readonly #clock: LookClock
  readonly #look: (signal: AbortSignal) => Promise<boolean>
  readonly #end = new AbortController()
  #last: Moment | null = null
  #looking: Promise<void> | null = null
  #isRunning = false

  /** `look` answers whether anybody could be asked. */
  constructor(clock: LookClock, look: (signal: AbortSignal) => Promise<boolean>) {
    this.#clock = clock
    this.#look = look
  }

  /** Looks now and goes on until `stop`. Rejects with what `look` rejects with, unless stopped. */
  async run(): Promise<void> {
    const { signal } = this.#end
    this.#isRunning = true
    while (!signal.aborted) {
      await this.nudge()
      await this.#clock.sleep(this.#last === null ? RETRY_EVERY : CHECK_EVERY, signal)
    }
  }

  /** The network is back, or the computer awake: looks at once if that is due. */
  async nudge(): Promise<void> {
    if (!this.#isRunning || this.#end.signal.aborted) return
    const now = this.#now()
    if (this.#last !== null && !isLookDue(this.#last, now)) return
    this.#looking ??= this.#lookOnce(now).finally(() => {
      this.#looking = null
    })
    await this.#looking
  }

  /** Resolves when no look is under way. */
  async settled(): Promise<void> {
    await this.#looking
  }

  /** Ends a look under way, and all further ones. */
  stop(): void {
    this.#end.abort()
  }

  async #lookOnce(now: Moment): Promise<void> {
    const { signal } = this.#end
    try {
      if (await this.#look(signal)) this.#last = now
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  #now(): Moment {
    return { wall: this.#clock.wall(), monotonic: this.#clock.monotonic() }
  }
}
