import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

/** How much faster time shall pass for Foyer. */
export interface Haste {
  /** Foyer's own waiting, and the clock it waits by, run this many times faster. */
  readonly factor: number
  /** A request counts as lost after at most so many milliseconds, instead of 5 to 120 s. */
  readonly patience: number
}

/** Shorter timers are nobody's patience. */
const LEAST_PATIENCE = 5_000

/**
 * Lets this process wait faster from now on, so that minutes of backing off take seconds; requests take as long as
 * ever. Foyer waits by `timers/promises` and tells time by `performance.now`; requests are given up by
 * `AbortSignal.timeout` and, in the SDK, by plain timers. Returns how to undo it.
 */
export function hurry({ factor, patience }: Haste): () => void {
  const { setTimeout: wait } = timers
  const plainTimer = globalThis.setTimeout
  const now = performance.now.bind(performance)
  const timeout = AbortSignal.timeout.bind(AbortSignal)
  const began = now()
  const shortened = (ms: number): number => (ms >= LEAST_PATIENCE ? Math.min(ms, patience) : ms)
  Object.assign(timers, {
    setTimeout: (ms = 0, ...rest: unknown[]) => Reflect.apply(wait, timers, [ms / factor, ...rest]),
  })
  syncBuiltinESMExports()
  performance.now = () => began + (now() - began) * factor
  AbortSignal.timeout = (ms) => timeout(shortened(ms))
  const impatient = (act: () => void, ms = 0, ...rest: unknown[]): unknown =>
    Reflect.apply(plainTimer, globalThis, [act, shortened(ms), ...rest])
  // The promisified form hangs on the function itself.
  globalThis.setTimeout = Object.assign(impatient, plainTimer) as typeof globalThis.setTimeout
  return () => {
    Object.assign(timers, { setTimeout: wait })
    syncBuiltinESMExports()
    performance.now = now
    AbortSignal.timeout = timeout
    globalThis.setTimeout = plainTimer
  }
}
