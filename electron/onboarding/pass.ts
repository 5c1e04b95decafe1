import type { OnboardingEvent } from '../../core/onboarding/flow-events.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'
import type { Session } from '../../matrix/client.ts'
import type { OnboardingPorts } from './ports.ts'

/** What the steps work with: the one state, the session, and what to do with answers. */
export interface Pass {
  readonly ports: OnboardingPorts
  readonly state: OnboardingState
  /** Signed in; its token is known to main alone. */
  session: Session | null
  /** The device of a session that has ended, for signing in again: else it would stay in the account's list for ever. */
  formerDevice: { readonly userId: string; readonly deviceId: string } | null
  /** The registration token that a link brought. It is used for the newcomer, and never shown to the screens. */
  linkToken: string | null
  /** Takes an event in; what follows from it happens by itself. */
  dispatch(event: OnboardingEvent): void
  /** Ends when the step is left. */
  readonly stepSignal: AbortSignal
  /** Ends when Foyer does. */
  readonly runSignal: AbortSignal
  /** For the look-up of what is being typed: a name, an ID or a server. The one before it ends now. */
  newLookUp(): AbortSignal
  /** Lets work go on by itself; a failure is logged unless the step was left. */
  run(work: Promise<void>): void
  /** The same for work that outlives its step. */
  runOn(work: Promise<void> | undefined): void
  /** Writes the pass down now. */
  write(): void
}
