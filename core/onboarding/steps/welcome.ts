import type { OnboardingEvent } from '../flow-events.ts'
import { toAdding, toRooms, toSignIn } from '../moves.ts'
import type { OnboardingState, PreviewState, WelcomeState } from '../state.ts'

/** What an event makes of the front doors. */
export function fromWelcome(state: WelcomeState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'communitiesRead':
      return { ...state, communities: event.communities }
    case 'joinedRead': {
      const isThere = event.joined.some(({ id }) => id === state.asksToRemove)
      return {
        ...state,
        joined: event.joined,
        isWatching: event.isWatching,
        asksToRemove: isThere ? state.asksToRemove : null,
      }
    }
    case 'askToRemove':
      return state.joined.some(({ id }) => id === event.id) ? { ...state, asksToRemove: event.id } : state
    case 'forgetCommunity':
    case 'leaveCommunity':
    case 'dismiss':
      return state.asksToRemove === null ? state : { ...state, asksToRemove: null }
    case 'communityReturned': {
      const { community, errand, said, account, homeserver } = event
      const preview: PreviewState = {
        step: 'preview',
        community,
        experience: state.experience,
        account: state.account,
        phase: 'answered',
        askedAt: 0,
        errand,
        said,
      }
      return state.account?.userId === account.userId
        ? toRooms(preview, account)
        : { ...toSignIn(preview, [], homeserver), knownId: account.userId, lookup: 'found' }
    }
    case 'setExperience':
      return { ...state, experience: event.experience }
    case 'openLink':
    case 'openFile':
      return { ...state, link: { kind: 'looking' } }
    case 'addCommunity':
      return toAdding(state)
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
