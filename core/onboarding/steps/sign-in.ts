import { chosenAgain, toHomeserver, toPreview, toRooms } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { OnboardingState, SignInState } from '../state.ts'

/** What an event makes of signing in. */
export function fromSignIn(state: SignInState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'lookUpId':
      return { ...state, lookup: 'looking', problem: null }
    case 'idLookedUp': {
      const { homeserver, acceptsPassword } = event
      return { ...state, homeserver, acceptsPassword, lookup: homeserver === null ? 'noServer' : 'found' }
    }
    case 'signIn':
      return state.isBusy ? state : { ...state, isBusy: true, problem: null }
    case 'accountRefused':
      return { ...state, isBusy: event.problem.kind === 'rateLimited', problem: event.problem }
    case 'signedIn':
      return toRooms(state, event.account)
    case 'goToCreate':
    case 'back':
      return state.cards.length === 0 && event.type === 'back'
        ? toPreview(state, null)
        : chosenAgain(toHomeserver(state, state.cards), state.homeserver)
    default:
      return state
  }
}
