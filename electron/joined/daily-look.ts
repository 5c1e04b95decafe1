/** How long after a look the next is due, in milliseconds. */
export const LOOK_EVERY = 24 * 60 * 60 * 1_000
/** After a look at which nobody answered. */
const RETRY_EVERY = 15 * 60 * 1_000

/** What keeping time needs of the world around it. */
export interface LookClock {
  /** Milliseconds that never jump, and pass while the computer sleeps. */
  monotonic(): number
  /** Resolves after `ms`, or at once when aborted. */
  sleep(this: void, ms: number, signal: AbortSignal): Promise<void>
}

/** Looks at each start and once a day; where nobody answers, later. One look at a time. */
export class DailyLook {
  readonly #clock: LookClock
  readonly #look: (signal: AbortSignal) => Promise<boolean>
  readonly #end = new AbortController()
  /** When the next look is due, monotonic milliseconds. */
  #dueAt = 0
  #looking: Promise<void> | null = null

  /** `look` answers whether anybody could be asked. */
  constructor(clock: LookClock, look: (signal: AbortSignal) => Promise<boolean>) {
    this.#clock = clock
    this.#look = look
  }

  /** Looks now and goes on until `stop`. Rejects with what `look` rejects with, unless stopped. */
  async run(): Promise<void> {
    const { signal } = this.#end
    while (!signal.aborted) {
      await this.nudge()
      const rest = this.#dueAt - this.#clock.monotonic()
      await this.#clock.sleep(rest > 0 ? rest : RETRY_EVERY, signal)
    }
  }

  /** The network is back, or the computer awake: looks at once if that is due. */
  async nudge(): Promise<void> {
    if (this.#end.signal.aborted || this.#clock.monotonic() < this.#dueAt) return
    this.#looking ??= this.#lookOnce().finally(() => {
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

  async #lookOnce(): Promise<void> {
    const { signal } = this.#end
    const began = this.#clock.monotonic()
    try {
      if (await this.#look(signal)) this.#dueAt = began + LOOK_EVERY
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}
