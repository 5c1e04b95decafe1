import { toRooms } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { OnboardingState, ProfileState } from '../state.ts'

/** What an event makes of choosing a display name and a picture. */
export function fromProfile(state: ProfileState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'saveProfile':
      return state.isBusy ? state : { ...state, isBusy: true, problem: null }
    case 'profileRefused':
      return { ...state, isBusy: false, problem: event.problem }
    case 'profileSaved':
    case 'skipProfile':
      return toRooms(state, state.account)
    default:
      return state
  }
}
