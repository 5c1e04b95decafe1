import { faultCatalogue, type Fault } from './proxy/fault.ts'
import type { FaultPlan } from './proxy/fault-proxy.ts'

/** Numbers from 0 to 1 that look random, and are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Of this many requests one meets a fault. */
const ONE_IN = 8

/** So often a request for the same thing meets one. A room is given up after five tries. */
const MOST_FOR_ONE = 2

/** Random faults of the whole catalogue, at every step. */
export function randomPlan(random: () => number): FaultPlan {
  const faults: readonly Fault[] = Object.values(faultCatalogue)
  const met = new Map<string, number>()
  return ({ method, path }) => {
    const key = `${method} ${path}`
    const count = met.get(key) ?? 0
    if (count >= MOST_FOR_ONE || random() * ONE_IN >= 1) return null
    met.set(key, count + 1)
    return faults[Math.floor(random() * faults.length)] ?? null
  }
}
