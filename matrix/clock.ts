import { uptime } from 'node:os'
import { setTimeout as timeout } from 'node:timers/promises'

/** How often it is looked whether the computer has slept, in milliseconds. */
const LOOK_EVERY = 250
/** Less than this counts as the two clocks' coarseness: some systems tell the time since boot in whole seconds. */
const LEAST_SLEEP = 2_000
/** After waking up nobody waits longer than this for a moment that has passed meanwhile. */
const SLICE = 5_000

/** A clock to wait by, which tests replace. */
export interface WaitingClock {
  /** Monotonic milliseconds; jumps of the wall clock must not move them. */
  readonly now: () => number
  /** Resolves after `ms` milliseconds, or at once when aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * Monotonic time that goes on while the computer sleeps. A process's own clock stands still meanwhile (Linux) or doesn't
 * (Windows); the time since boot always goes on. Both heed no change of the wall clock.
 */
export class WakefulClock {
  #slept = 0
  #lookedAt: number
  /** By how much the computer is older than the process's clock. */
  #lead: number
  readonly #awake: () => number
  readonly #sinceBoot: () => number

  constructor(awake: () => number, sinceBoot: () => number) {
    this.#awake = awake
    this.#sinceBoot = sinceBoot
    this.#lookedAt = awake()
    this.#lead = sinceBoot() - this.#lookedAt
  }

  /** Milliseconds; never goes back. */
  now(): number {
    const awake = this.#awake()
    if (awake - this.#lookedAt >= LOOK_EVERY) {
      const lead = this.#sinceBoot() - awake
      if (lead - this.#lead >= LEAST_SLEEP) this.#slept += lead - this.#lead
      this.#lead = lead
      this.#lookedAt = awake
    }
    return awake + this.#slept
  }
}

const clock = new WakefulClock(
  () => performance.now(),
  () => uptime() * 1_000,
)

/** Milliseconds that never jump, and pass while the computer sleeps. */
export function monotonic(): number {
  return clock.now()
}

/**
 * Resolves after `ms` milliseconds, or at once when aborted: being woken early is the normal case, not an error. Timers
 * stand still while the computer sleeps, so the clock is looked at now and then.
 */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const until = monotonic() + ms
  let left = ms
  do {
    await timeout(Math.min(left, SLICE), undefined, { signal }).catch(() => undefined)
    left = until - monotonic()
  } while (left > 0 && !signal.aborted)
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Calls back once, `ms` milliseconds from now, however long the computer slept meanwhile. Returns what calls it off. */
export function alarm(ms: number, ring: () => void): () => void {
  const until = monotonic() + ms
  const wait = (left: number): NodeJS.Timeout =>
    setTimeout(
      () => {
        const rest = until - monotonic()
        if (rest > 0) timer = wait(rest)
        else ring()
      },
      Math.min(left, SLICE),
    )
  let timer = wait(ms)
  return () => clearTimeout(timer)
}
