import { toAdding, toHomeserver, toRooms, toSignIn, toWelcome } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { OnboardingState, PreviewState } from '../state.ts'

/** What an event makes of looking around. */
export function fromPreview(state: PreviewState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'previewEnded':
      return { ...state, phase: event.phase }
    case 'checkAgain':
      return { ...state, phase: 'asking' }
    case 'back':
      return state.isTrial === true ? toAdding(state) : toWelcome(state, state.account)
    case 'leavePreview':
      if (state.account !== null) return toRooms(state, state.account)
      return state.experience === 'matrix' ? toSignIn(state, [], null) : toHomeserver(state, [])
    default:
      return state
  }
}
