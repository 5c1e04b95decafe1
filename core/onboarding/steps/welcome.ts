import type { OnboardingEvent } from '../flow-events.ts'
import type { OnboardingState, WelcomeState } from '../state.ts'

/** What an event makes of the front doors. */
export function fromWelcome(state: WelcomeState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'communitiesRead':
      return { ...state, communities: event.communities }
    case 'setExperience':
      return { ...state, experience: event.experience }
    case 'openLink':
    case 'openFile':
      return { ...state, link: { kind: 'looking' } }
    case 'linkLookedUp':
      return { ...state, link: event.link }
    case 'signOut':
      return { ...state, account: null }
    case 'communityOpened':
      return {
        step: 'preview',
        community: event.community,
        experience: state.experience,
        account: state.account,
        phase: 'asking',
        askedAt: event.at,
        ...(event.hints === undefined ? {} : { hints: event.hints }),
      }
    default:
      return state
  }
}
