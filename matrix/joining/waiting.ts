import { aborted, type WaitingClock } from '../clock.ts'

/** Why waits end. Without a reason of one's own each time makes an error, stack and all. */
export const WOKEN = 'woken'

/** Milliseconds that somebody waits at most who waits for no moment. */
const LONGEST = 3_600_000

/** How a loop waits: for a moment, or until somebody wakes it. */
export class Waiting {
  #wake = new AbortController()
  readonly #clock: WaitingClock

  constructor(clock: WaitingClock) {
    this.#clock = clock
  }

  /** Forgets who woke before. From here on a wake counts, also one that comes while it is being decided what to wait for. */
  begin(): void {
    this.#wake = new AbortController()
  }

  wake(): void {
    this.#wake.abort(WOKEN)
  }

  /** Resolves at this moment, after an hour where it is null, or when woken. */
  async until(moment: number | null): Promise<void> {
    const ms = moment === null ? LONGEST : Math.max(0, moment - this.#clock.now())
    await this.#clock.sleep(ms, this.#wake.signal)
  }

  /** Resolves when woken, and never else: where each answer wakes there is no timer to set and to call off. */
  async woken(): Promise<typeof WOKEN> {
    await aborted(this.#wake.signal)
    return WOKEN
  }
}
