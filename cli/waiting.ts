import { setTimeout as timeout } from 'node:timers/promises'
import { Interrupted } from './failure.ts'

/** How long something under way may still take after Ctrl-C. */
export const PATIENCE_MS = 5_000

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/**
 * Waits, but after Ctrl-C only a little longer, so that what arrives in that time can still be put in order. Rejects
 * with `Interrupted` when that time is over.
 */
export function unlessStopped<Value>(asked: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const stop = aborted(signal)
    .then(() => timeout(PATIENCE_MS, undefined, { ref: false }))
    .then((): never => {
      throw new Interrupted()
    })
  stop.catch(() => undefined)
  return Promise.race([asked, stop])
}

/** Null where it takes longer than `ms`; what was asked for goes on unheard. */
export function within<Value>(asked: Promise<Value>, ms: number): Promise<Value | null> {
  return Promise.race([asked, timeout(ms, null, { ref: false })])
}
