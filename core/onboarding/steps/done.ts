import { pick, toWelcome } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { DoneState, OnboardingState } from '../state.ts'

/** What an event makes of having arrived. */
export function fromDone(state: DoneState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'signedOut':
      return { ...state, signOut: event.isDone ? 'done' : 'failed' }
    case 'joinProgressed':
      return { ...state, progress: event.progress, community: event.community }
    case 'retryRooms':
    case 'leaveAll':
      return state.signOut === 'asking'
        ? {
            step: 'joining',
            ...pick(state),
            account: state.account,
            progress: state.progress,
            includesHidden: false,
            asks: null,
          }
        : state
    case 'askToLeave':
      return state.signOut === 'asking' ? { ...state, asks: 'leave' } : state
    case 'dismiss':
      return { ...state, asks: null }
    case 'stopAndSignOut':
      return { ...state, signOut: 'working', asks: null }
    case 'addAnother':
      // While rooms may still be tried again the session goes on, and serves the next community as well.
      return toWelcome(state, state.signOut === 'asking' ? state.account : null)
    default:
      return state
  }
}
