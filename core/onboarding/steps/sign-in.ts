import { chosenAgain, toAccount, toBrowser, toHomeserver, toPreview, toWelcome } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { OnboardingState, SignInState } from '../state.ts'

/** What an event makes of signing in. */
export function fromSignIn(state: SignInState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'lookUpId':
      return { ...state, lookup: 'looking', suggestion: null, problem: null }
    case 'idLookedUp': {
      const { homeserver, acceptsPassword } = event
      const providers = homeserver.name === state.homeserver?.name ? state.providers : null
      return {
        ...state,
        homeserver,
        acceptsPassword,
        providers,
        lookup: 'found',
        own: event.own ?? state.own,
      }
    }
    case 'idNotFound':
      return {
        ...state,
        // An e-mail address may well belong to an account on the homeserver that was chosen before.
        homeserver: event.reason === 'mailOnly' ? state.homeserver : null,
        lookup: event.reason,
        suggestion: event.suggestion,
      }
    case 'signIn':
      return state.isBusy ? state : { ...state, isBusy: true, problem: null }
    case 'accountRefused':
      return { ...state, isBusy: event.problem.kind === 'rateLimited', problem: event.problem }
    case 'loginWaysLearned': {
      // Who was asked may no longer be who was found.
      if (event.homeserver !== state.homeserver?.name || state.homeserver.signUp === 'browser') return state
      return {
        ...state,
        acceptsPassword: event.acceptsPassword,
        providers: withIcons(event.providers, state),
      }
    }
    case 'iconArrived': {
      const { homeserver, provider, icon } = event
      if (homeserver !== state.homeserver?.name || state.providers === null) return state
      if (!state.providers.some((each) => each.id === provider)) return state
      const providers = state.providers.map((each) => (each.id === provider ? { ...each, icon } : each))
      return { ...state, providers }
    }
    case 'signInWith': {
      if (state.homeserver === null || state.isBusy || state.providers === null) return state
      const provider = state.providers.find((each) => each.id === event.provider) ?? null
      // Its icon has done its part.
      const chosen = provider === null ? null : { ...provider, icon: null }
      return toBrowser(state, state.homeserver, 'signIn', { provider: chosen })
    }
    case 'signInInBrowser':
      return state.homeserver === null || state.isBusy ? state : toBrowser(state, state.homeserver, 'signIn')
    case 'signedIn':
      return toAccount(state, event.account, event.profile)
    case 'goToCreate':
      // What they came back for takes the account that they have.
      if (state.errand !== undefined) return state
      // Said on purpose, so the account they have is no reason to ask again.
      return chosenAgain({ ...toHomeserver(state, state.cards), own: null }, state.homeserver)
    case 'back':
      if (state.errand !== undefined) return toWelcome(state, null)
      return state.cards.length === 0
        ? toPreview(state, null)
        : chosenAgain(toHomeserver(state, state.cards), state.homeserver)
    default:
      return state
  }
}

// When the same homeserver is asked once more, icons needn't come once more.
function withIcons(
  offered: Extract<OnboardingEvent, { type: 'loginWaysLearned' }>['providers'],
  { providers: known }: SignInState,
): SignInState['providers'] {
  const iconOf = (id: string): string | null => known?.find((each) => each.id === id)?.icon ?? null
  return offered?.map(({ id, name }) => ({ id, name, icon: iconOf(id) })) ?? null
}
