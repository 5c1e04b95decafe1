import { pick, toWelcome } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { JoiningState, OnboardingState } from '../state.ts'

/** What an event makes of joining. */
export function fromJoining(state: JoiningState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'joinProgressed':
      return { ...state, progress: event.progress, community: event.community }
    case 'askToStop':
      return { ...state, asks: 'stop' }
    case 'askToLeave':
      return { ...state, asks: 'leave' }
    case 'leaveAll':
    case 'dismiss':
    case 'resume':
      return { ...state, asks: null }
    case 'joiningEnded':
      return {
        step: 'done',
        ...pick(state),
        account: state.account,
        progress: state.progress,
        signOut: event.staysSignedIn ? 'asking' : 'working',
        asks: null,
      }
    case 'addAnother':
      // After everything was left again.
      return state.progress.leaving?.phase === 'finished' ? toWelcome(state, state.account) : state
    default:
      return state
  }
}
