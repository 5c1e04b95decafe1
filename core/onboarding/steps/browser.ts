import { chosenAgain, toAccount, toHomeserver, toSignIn } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { BrowserState, OnboardingState } from '../state.ts'

/** What an event makes of waiting for the browser. */
export function fromBrowser(state: BrowserState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'useBrowser':
      return state.phase === 'finishing' ? state : anew(state, 'browser')
    case 'showCode':
      return state.phase === 'finishing' || !state.offersCode ? state : anew(state, 'code')
    case 'pageOpened': {
      const { expiresAt, offersCode } = event
      return state.way === 'browser' ? { ...state, phase: 'waiting', expiresAt, offersCode } : state
    }
    case 'codeArrived': {
      const { code, expiresAt } = event
      return state.way === 'code' ? { ...state, phase: 'waiting', code, expiresAt } : state
    }
    case 'browserAnswered':
      return { ...state, phase: 'finishing', problem: null }
    case 'browserFailed': {
      const offersCode = state.offersCode && event.problem.kind !== 'noCode'
      return { ...state, phase: 'stopped', code: null, expiresAt: null, offersCode, problem: event.problem }
    }
    case 'accountRefused':
      // The browser did its part; the homeserver has something against the account.
      return { ...toSignIn(state, state.cards, state.homeserver), ...found(state), problem: event.problem }
    case 'signedIn':
      return toAccount(state, event.account, event.profile)
    case 'goToSignIn':
      return toSignIn(state, state.cards, state.homeserver)
    case 'back':
      return state.intent === 'signIn'
        ? { ...toSignIn(state, state.cards, state.homeserver), ...found(state) }
        : chosenAgain(toHomeserver(state, state.cards), state.homeserver)
    default:
      return state
  }
}

function anew(state: BrowserState, way: BrowserState['way']): BrowserState {
  return { ...state, way, phase: 'preparing', code: null, expiresAt: null, problem: null }
}

// What was found for the ID that was typed is still true.
function found({ knownId, singleSignOn }: BrowserState) {
  return { knownId, lookup: 'found', acceptsPassword: singleSignOn !== null } as const
}
