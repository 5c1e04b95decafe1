/** How often a room is asked for before it counts as not joined. */
export const MAX_TRIES = 5

const BACKOFF = [2_000, 5_000, 15_000, 45_000]

/** Milliseconds to wait after so many tries. */
export function backoff(tries: number): number {
  return BACKOFF[Math.min(Math.max(tries, 0), BACKOFF.length - 1)] ?? 45_000
}
