import { setTimeout as timeout } from 'node:timers/promises'
import { aborted } from '../matrix/clock.ts'
import { Interrupted } from './failure.ts'

/** How long something under way may still take after Ctrl-C. */
export const PATIENCE_MS = 5_000

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

/** Asks once more, a second later, where the first answer is no good: one hiccup on the way shouldn’t end a run. */
export async function askedTwice<Value>(
  ask: () => Promise<Value>,
  isGood: (answer: Value) => boolean,
  signal: AbortSignal,
): Promise<Value> {
  const first = await ask()
  if (isGood(first) || signal.aborted) return first
  await timeout(1_000, undefined, { signal }).catch(() => undefined)
  return signal.aborted ? first : ask()
}

/** Null where it takes longer than `ms`; what was asked for goes on unheard. */
export function within<Value>(asked: Promise<Value>, ms: number): Promise<Value | null> {
  return Promise.race([asked, timeout(ms, null, { ref: false })])
}
