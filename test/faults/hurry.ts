/** How much faster time shall pass for Foyer. */
export interface Haste {
  /** Foyer's own waiting, and the clock it waits by, run this many times faster. */
  readonly factor: number
  /** A request counts as lost after at most so many milliseconds, instead of 5 to 120 s. */
  readonly patience: number
}

/**
 * Lets this process wait faster from now on, so that minutes of backing off take seconds; requests take as long as
 * ever. Foyer waits by `timers/promises` and tells time by `performance.now`; requests are given up by
 * `AbortSignal.timeout` and, in the SDK, by plain timers.
 *
 * Needs nothing of its file, so that Playwright can carry it into the app's main process, and has the first parameter
 * that Playwright gives.
 */
export function hurry(_: unknown, { factor, patience }: Haste): void {
  const timers = process.getBuiltinModule('timers/promises')
  const { setTimeout: wait } = timers
  const timer = globalThis.setTimeout
  const now = performance.now.bind(performance)
  const timeout = AbortSignal.timeout.bind(AbortSignal)
  const began = now()
  // Shorter timers are nobody's patience.
  const shortened = (ms: number): number => (ms >= 5_000 ? Math.min(ms, patience) : ms)
  const faster = (ms?: number, ...rest: unknown[]): unknown =>
    Reflect.apply(wait, timers, [(ms ?? 0) / factor, ...rest])
  const impatient = (act: () => void, ms?: number, ...rest: unknown[]): unknown =>
    Reflect.apply(timer, globalThis, [act, shortened(ms ?? 0), ...rest])
  Object.assign(timers, { setTimeout: faster })
  process.getBuiltinModule('module').syncBuiltinESMExports()
  Object.assign(globalThis, { setTimeout: impatient })
  Object.assign(AbortSignal, { timeout: (ms: number) => timeout(shortened(ms)) })
  performance.now = () => began + (now() - began) * factor
}
