import { chosenAgain, toHomeserver, toRooms, toSignIn } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { CreateAccountState, OnboardingState } from '../state.ts'

/** What an event makes of the form for a new account. */
export function fromCreateAccount(state: CreateAccountState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'checkUsername':
      return event.username === ''
        ? { ...state, username: { kind: 'none' } }
        : {
            ...state,
            username: { kind: 'checking', username: event.username },
            problem: withoutName(state.problem),
          }
    case 'usernameChecked':
      // Nobody could be asked: creating the account will tell.
      if (event.check.kind === 'none') return { ...state, username: event.check }
      return usernameOf(state.username) === event.check.username ? { ...state, username: event.check } : state
    case 'createAccount':
      return state.isBusy ? state : { ...state, isBusy: true, problem: null }
    case 'accountRefused':
      return {
        ...(event.problem.kind === 'wrongToken' ? withoutLinkToken(state) : state),
        isBusy: event.problem.kind === 'rateLimited',
        problem: event.problem,
      }
    case 'signedIn':
      return toRooms(state, event.account)
    case 'goToSignIn':
      return toSignIn(state, state.cards, state.homeserver)
    case 'back':
      return chosenAgain(toHomeserver(state, state.cards), state.homeserver)
    default:
      return state
  }
}

// The token that the link brought is used up or wrong, so the newcomer is asked for one.
function withoutLinkToken(state: CreateAccountState): CreateAccountState {
  return state.hints === undefined ? state : { ...state, hints: { ...state.hints, hasToken: false } }
}

function usernameOf(check: CreateAccountState['username']): string | null {
  return check.kind === 'none' ? null : check.username
}

// A changed name answers a complaint about the name; the other complaints stay until the next try.
function withoutName(problem: CreateAccountState['problem']): CreateAccountState['problem'] {
  return problem?.kind === 'usernameTaken' || problem?.kind === 'usernameInvalid' ? null : problem
}
