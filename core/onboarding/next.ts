import { withFacts, withSpaceChildren } from '../communities/community.ts'
import { assertNever } from '../result.ts'
import { chosenBy, hasHiddenRooms } from './choice.ts'
import type { UserEvent } from './events.ts'
import type { FlowEvent } from './flow-events.ts'
import type {
  CreateAccountState,
  HomeserverCard,
  HomeserverState,
  JoiningState,
  OnboardingState,
  PreviewState,
  RoomsState,
  SignInState,
  WelcomeState,
} from './state.ts'

export type OnboardingEvent = UserEvent | FlowEvent

/** Where every pass begins. */
export const firstState: WelcomeState = {
  step: 'welcome',
  communities: [],
  experience: 'new',
  account: null,
  link: { kind: 'idle' },
}

/**
 * The state after an event. Pure; an event that doesn't fit the state changes nothing and gives back the very same
 * object, which is how callers tell.
 */
export function next(state: OnboardingState, event: OnboardingEvent): OnboardingState {
  if (event.type === 'joiningOpened') {
    const { type: _, ...opened } = event
    return { step: 'joining', experience: state.experience, ...opened }
  }
  if (event.type === 'signInNeeded') {
    const { community, homeserver, userId } = event
    const bare = {
      step: 'preview',
      community,
      experience: state.experience,
      account: null,
      phase: 'answered',
      askedAt: 0,
    } as const
    return { ...toSignIn(bare, [], homeserver), knownId: userId, lookup: 'found' }
  }
  // Answers about rooms may come when the newcomer has long gone on.
  if (event.type === 'factsArrived') {
    if (state.step === 'welcome' || state.step === 'joining' || state.step === 'done') return state
    const community = withFacts(state.community, event.key, event.facts)
    if (community === state.community) return state
    // A room that turns out missing or closed can't stay chosen.
    return state.step === 'rooms'
      ? withChoice({ ...state, community }, state.preset)
      : { ...state, community }
  }
  switch (state.step) {
    case 'welcome':
      return fromWelcome(state, event)
    case 'preview':
      return fromPreview(state, event)
    case 'homeserver':
      return fromHomeserver(state, event)
    case 'createAccount':
      return fromCreateAccount(state, event)
    case 'signIn':
      return fromSignIn(state, event)
    case 'rooms':
      return fromRooms(state, event)
    case 'joining':
      return fromJoining(state, event)
    case 'done':
      switch (event.type) {
        case 'signedOut':
          return { ...state, signOut: event.isDone ? 'done' : 'failed' }
        case 'joinProgressed':
          return { ...state, progress: event.progress }
        case 'retryRooms':
          return state.signOut === 'asking'
            ? {
                step: 'joining',
                ...pick(state),
                account: state.account,
                progress: state.progress,
                includesHidden: false,
                asks: null,
              }
            : state
        case 'stopAndSignOut':
          return { ...state, signOut: 'working' }
        case 'addAnother':
          // While rooms may still be tried again the session goes on, and serves the next community as well.
          return toWelcome(state, state.signOut === 'asking' ? state.account : null)
        default:
          return state
      }
    default:
      return assertNever(state)
  }
}

function fromWelcome(state: WelcomeState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'communitiesRead':
      return { ...state, communities: event.communities }
    case 'setExperience':
      return { ...state, experience: event.experience }
    case 'openLink':
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
      }
    default:
      return state
  }
}

function fromPreview(state: PreviewState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'previewEnded':
      return { ...state, phase: event.phase }
    case 'checkAgain':
      return { ...state, phase: 'asking' }
    case 'back':
      return toWelcome(state, state.account)
    case 'leavePreview':
      if (state.account !== null) return toRooms(state, state.account)
      return state.experience === 'matrix' ? toSignIn(state, [], null) : toHomeserver(state, [])
    default:
      return state
  }
}

function fromHomeserver(state: HomeserverState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'homeserversListed':
      return { ...state, cards: event.cards, chosen: state.chosen ?? event.cards[0]?.name ?? null }
    case 'homeserverChanged': {
      if (!state.cards.some((card) => card.name === event.name)) return state
      const cards = state.cards.map((card) =>
        card.name === event.name ? { ...card, ...event.change } : card,
      )
      return { ...state, cards }
    }
    case 'chooseHomeserver':
      return state.cards.some((card) => card.name === event.name) ? { ...state, chosen: event.name } : state
    case 'showAnother':
      return { ...state, another: { kind: event.isOpen ? 'open' : 'closed' } }
    case 'findAnother':
      return { ...state, another: { kind: 'looking', serverName: event.text.trim() } }
    case 'anotherFound': {
      const others = state.cards.filter((card) => card.name !== event.card.name)
      return {
        ...state,
        cards: [...others, event.card],
        chosen: event.card.name,
        another: { kind: 'closed' },
      }
    }
    case 'anotherFailed':
      return { ...state, another: { kind: 'failed', serverName: event.serverName, reason: event.reason } }
    case 'signUpOpened':
      return toCreateAccount(state, event.homeserver, event.policies)
    case 'goToSignIn':
      return toSignIn(state, state.cards, state.cards.find((card) => card.name === state.chosen) ?? null)
    case 'back':
      return toPreview(state, null)
    default:
      return state
  }
}

function fromCreateAccount(state: CreateAccountState, event: OnboardingEvent): OnboardingState {
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
      return { ...state, isBusy: event.problem.kind === 'rateLimited', problem: event.problem }
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

function fromSignIn(state: SignInState, event: OnboardingEvent): OnboardingState {
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

function fromRooms(state: RoomsState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'spaceOpened': {
      const community = withSpaceChildren(state.community, event.children)
      return withChoice({ ...state, community }, state.preset)
    }
    case 'roomsLoaded':
      return { ...state, roomsHere: event.roomsHere, isLoading: false }
    case 'setPreset':
      return withChoice(state, event.preset)
    case 'toggleRooms': {
      const without = state.chosen.filter((key) => !event.keys.includes(key))
      const wanted = event.isOn ? [...without, ...event.keys] : without
      const inOrder = state.community.rooms.map((room) => room.key).filter((key) => wanted.includes(key))
      return {
        ...state,
        preset: 'own',
        chosen: chosenBy('own', state.community, inOrder),
        includesHidden: false,
      }
    }
    case 'keepAsked':
      return { ...state, asksToKeep: event.isAsked }
    case 'keepSignIn':
      return { ...state, asksToKeep: false }
    case 'back':
      return toPreview(state, state.account)
    case 'addAnother':
      return toWelcome(state, state.account)
    default:
      return state
  }
}

function fromJoining(state: JoiningState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'joinProgressed':
      return { ...state, progress: event.progress, community: event.community }
    case 'askToStop':
      return { ...state, asks: 'stop' }
    case 'dismiss':
    case 'resume':
      return { ...state, asks: null }
    case 'joiningEnded':
      return {
        step: 'done',
        ...pick(state),
        account: state.account,
        progress: state.progress,
        signOut: event.mayRetry ? 'asking' : 'working',
      }
    default:
      return state
  }
}

function toWelcome(state: OnboardingState, account: WelcomeState['account']): WelcomeState {
  return { ...firstState, experience: state.experience, account }
}

function toPreview(
  state: Exclude<OnboardingState, WelcomeState>,
  account: PreviewState['account'],
): PreviewState {
  return { step: 'preview', ...pick(state), account, phase: 'answered', askedAt: 0 }
}

function toHomeserver(
  state: Exclude<OnboardingState, WelcomeState>,
  cards: readonly HomeserverCard[],
): HomeserverState {
  return {
    step: 'homeserver',
    ...pick(state),
    cards,
    chosen: cards[0]?.name ?? null,
    another: { kind: 'closed' },
  }
}

// What was found for a typed ID need not be among the cards; then the first one stays chosen.
function chosenAgain(state: HomeserverState, homeserver: HomeserverCard | null): HomeserverState {
  return state.cards.some((card) => card.name === homeserver?.name)
    ? { ...state, chosen: homeserver?.name ?? null }
    : state
}

function toCreateAccount(
  state: HomeserverState,
  homeserver: HomeserverCard,
  policies: CreateAccountState['policies'],
): CreateAccountState {
  return {
    step: 'createAccount',
    ...pick(state),
    cards: state.cards,
    homeserver,
    username: { kind: 'none' },
    policies,
    needsToken: homeserver.signUp === 'token',
    isBusy: false,
    problem: null,
  }
}

function toSignIn(
  state: Exclude<OnboardingState, WelcomeState>,
  cards: readonly HomeserverCard[],
  homeserver: HomeserverCard | null,
): SignInState {
  return {
    step: 'signIn',
    ...pick(state),
    cards,
    homeserver,
    knownId: null,
    lookup: 'idle',
    acceptsPassword: true,
    isBusy: false,
    problem: null,
  }
}

function withChoice(state: RoomsState, preset: RoomsState['preset']): RoomsState {
  return {
    ...state,
    preset,
    chosen: chosenBy(preset, state.community, state.chosen),
    includesHidden: preset === 'all' && hasHiddenRooms(state.community),
  }
}

function toRooms(
  state: PreviewState | CreateAccountState | SignInState,
  account: RoomsState['account'],
): RoomsState {
  const { community } = state
  return {
    step: 'rooms',
    ...pick(state),
    account,
    preset: 'suggested',
    chosen: chosenBy('suggested', community, []),
    roomsHere: null,
    includesHidden: false,
    isLoading: true,
    asksToKeep: false,
  }
}

function pick(state: Exclude<OnboardingState, WelcomeState>): Pick<PreviewState, 'community' | 'experience'> {
  return { community: state.community, experience: state.experience }
}

function usernameOf(check: CreateAccountState['username']): string | null {
  return check.kind === 'none' ? null : check.username
}

// A changed name answers a complaint about the name; the other complaints stay until the next try.
function withoutName(problem: CreateAccountState['problem']): CreateAccountState['problem'] {
  return problem?.kind === 'usernameTaken' || problem?.kind === 'usernameInvalid' ? null : problem
}
