import { monotonic, sleep } from '../../matrix/clock.ts'
import type { OnboardingPorts } from './ports.ts'

/** The computer's clocks. */
export const realClock: OnboardingPorts['clock'] = { wall: () => Date.now(), monotonic, sleep }
