import { chosenAgain, pick, toHomeserver, toAccount, toSignIn } from '../moves.ts'
import { indexOfWay } from '../sign-up-ways.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { AccountDraft, AccountProblem, CreateAccountState, OnboardingState } from '../state.ts'

/** What an event makes of the form for a new account. */
export function fromCreateAccount(state: CreateAccountState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'checkUsername':
      return event.username === ''
        ? { ...state, username: { kind: 'none' } }
        : {
            ...state,
            username: { kind: 'checking', username: event.username },
            draft: { ...state.draft, username: event.username },
            problem: withoutName(state.problem),
          }
    case 'draftEmail':
      return { ...state, draft: { ...state.draft, email: event.email } }
    case 'usernameChecked':
      // Nobody could be asked: creating the account will tell.
      if (event.check.kind === 'none') return { ...state, username: event.check }
      return usernameOf(state.username) === event.check.username ? { ...state, username: event.check } : state
    case 'waysLearned': {
      const { ways, policies, passwordRules } = event
      const wanted = state.ways[state.way]
      if (wanted === undefined || ways.length === 0) return state
      return { ...state, ways, way: indexOfWay(ways, wanted), policies, passwordRules }
    }
    case 'chooseWay':
      return state.isBusy || state.ways[event.index] === undefined
        ? state
        : { ...state, way: event.index, problem: null }
    case 'checkToken':
      return { ...state, tokenCheck: 'checking' }
    case 'tokenChecked':
      return { ...state, tokenCheck: event.check }
    case 'createAccount':
      return state.isBusy ? state : { ...state, draft: draftOf(state, event), isBusy: true, problem: null }
    case 'accountRefused':
      return {
        ...(event.problem.kind === 'wrongToken' ? withoutLinkToken(state) : state),
        isBusy: event.problem.kind === 'rateLimited',
        problem: event.problem,
        hasPassword: state.hasPassword && !isAboutPassword(event.problem),
        fulfilled: event.fulfilled ?? state.fulfilled,
      }
    case 'stagesOpened': {
      const { fulfilled, tasks } = event
      const form = { ...state, fulfilled, hasPassword: true, isBusy: false, problem: null }
      return { step: 'stages', ...pick(state), form, tasks, problem: null }
    }
    case 'signedIn':
      return toAccount(state, event.account, event.profile)
    case 'goToSignIn':
      return toSignIn(state, state.cards, state.homeserver, event.id)
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

/** True where the password must be typed anew. */
export function isAboutPassword({ kind }: AccountProblem): boolean {
  return kind === 'weakPassword' || kind === 'passwordAgain'
}

function usernameOf(check: CreateAccountState['username']): string | null {
  return check.kind === 'none' ? null : check.username
}

// A changed name answers a complaint about the name; the other complaints stay until the next try.
function withoutName(problem: CreateAccountState['problem']): CreateAccountState['problem'] {
  return problem?.kind === 'usernameTaken' || problem?.kind === 'usernameInvalid' ? null : problem
}

// Consent is to a text: the policy in the version and the language that was shown.
function draftOf(
  state: CreateAccountState,
  event: Extract<OnboardingEvent, { type: 'createAccount' }>,
): AccountDraft {
  return {
    username: event.username,
    email: event.email ?? state.draft.email,
    consents: event.acceptsTerms ? state.policies : [],
  }
}
