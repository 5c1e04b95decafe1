import { setTimeout as timeout } from 'node:timers/promises'
import type { OnboardingPorts } from './ports.ts'

/** The computer's clocks. */
export const realClock: OnboardingPorts['clock'] = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    // Being woken early is the normal case, not an error.
    await timeout(ms, undefined, { signal }).catch(() => undefined)
  },
}
