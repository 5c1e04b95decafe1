import { failureOf } from './matrix-error.ts'

/** How to wait between requests. */
export interface Pauses {
  /** Resolves after `ms` milliseconds, or at once when aborted. */
  sleep(this: void, ms: number, signal: AbortSignal): Promise<void>
  readonly signal: AbortSignal
}

/** A wait that is never aborted, for work that ends by itself. */
export const unending: AbortSignal = new AbortController().signal

const FIRST_GAP = 250
const LONGEST_GAP = 4_000
const LONGEST_WAIT = 30_000
const MOST_REFUSALS = 40

/**
 * Asks many things of one server, one after the other: at once while it answers, and with a pause between requests
 * from its first "too fast" on, longer after each further one.
 */
export class Tempo {
  #gap = 0
  #refusals = 0
  readonly #pauses: Pauses

  constructor(pauses: Pauses) {
    this.#pauses = pauses
  }

  /**
   * The answer; null where there is none, where it is given up after being too fast again and again, or aborted. A
   * request under way is then not waited for.
   */
  async ask<Answer>(request: () => Promise<Answer>): Promise<Answer | null> {
    const { sleep, signal } = this.#pauses
    if (this.#gap > 0) await sleep(this.#gap, signal)
    while (!signal.aborted) {
      try {
        return await unlessAborted(request(), signal)
      } catch (error) {
        const { httpStatus, retryAfter } = failureOf(error)
        if (httpStatus !== 429 || this.#refusals >= MOST_REFUSALS) return null
        this.#refusals += 1
        this.#gap = this.#gap === 0 ? FIRST_GAP : Math.min(this.#gap * 2, LONGEST_GAP)
        await sleep(Math.min(Math.max(retryAfter ?? this.#gap, this.#gap), LONGEST_WAIT), signal)
      }
    }
    return null
  }
}

async function unlessAborted<Answer>(asked: Promise<Answer>, signal: AbortSignal): Promise<Answer | null> {
  const over = new AbortController()
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true, signal: over.signal })
  })
  return Promise.race([asked, aborted]).finally(() => over.abort())
}
