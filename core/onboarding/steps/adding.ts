import { noPage } from '../../adding/page-state.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import { toWelcome } from '../moves.ts'
import type { AddingState, OnboardingState } from '../state.ts'

/** What an event makes of a maintainer's page. The page itself is kept, and corrected, outside of the state. */
export function fromAdding(state: AddingState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'pageChanged':
      return { ...state, page: event.page }
    case 'anotherPage':
    case 'cancelPage':
      return { ...state, page: noPage }
    case 'setExperience':
      return { ...state, experience: event.experience }
    case 'back':
      return toWelcome(state, state.account)
    case 'communityOpened':
      return {
        step: 'preview',
        community: event.community,
        experience: state.experience,
        account: state.account,
        phase: 'asking',
        askedAt: event.at,
        isTrial: true,
      }
    default:
      return state
  }
}
