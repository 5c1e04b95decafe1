import { pick } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { JoiningState, OnboardingState } from '../state.ts'

/** What an event makes of joining. */
export function fromJoining(state: JoiningState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'joinProgressed':
      return { ...state, progress: event.progress, community: event.community }
    case 'askToStop':
      return { ...state, asks: 'stop' }
    case 'dismiss':
    case 'resume':
      return { ...state, asks: null }
    case 'joiningEnded':
      return {
        step: 'done',
        ...pick(state),
        account: state.account,
        progress: state.progress,
        signOut: event.mayRetry ? 'asking' : 'working',
      }
    default:
      return state
  }
}
