import { setTimeout as timeout } from 'node:timers/promises'

/** Resolves after `ms` milliseconds, or at once when aborted. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await timeout(ms, undefined, { signal }).catch(() => undefined)
}
