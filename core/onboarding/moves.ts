import { noPage } from '../adding/page-state.ts'
import { parseHomeserverInput } from '../addresses/homeserver-input.ts'
import { freshChoice } from '../joined/fresh.ts'
import { chosenBy, firstPreset } from './choice.ts'
import { noPasswordRules } from './password-rules.ts'
import { hasQuestions, saidOf } from './said.ts'
import { expectedWay } from './sign-up-ways.ts'
import type {
  AccountDraft,
  AddingState,
  BrowserState,
  CreateAccountState,
  HomeserverCard,
  HomeserverState,
  KnownProfile,
  InsideState,
  OnboardingState,
  OwnAccount,
  PreviewState,
  ProfileState,
  RoomsState,
  SignInState,
  StagesState,
  WelcomeState,
} from './state.ts'

/** Where every pass begins. */
export const firstState: WelcomeState = {
  step: 'welcome',
  communities: [],
  experience: 'new',
  account: null,
  joined: [],
  isWatching: false,
  asksToRemove: null,
  link: { kind: 'idle' },
}

/** Back to the front doors; who is signed in stays so. */
export function toWelcome(state: OnboardingState, account: WelcomeState['account']): WelcomeState {
  return { ...firstState, experience: state.experience, account }
}

/** To a maintainer's page; what was handed in before is shown by whoever keeps it. */
export function toAdding(state: WelcomeState | PreviewState): AddingState {
  const { experience, account } = state
  return { step: 'adding', experience, account, page: noPage }
}

/** Back to looking around, with what is known already. */
export function toPreview(state: InsideState, account: PreviewState['account']): PreviewState {
  return { step: 'preview', ...pick(state), account, phase: 'answered', askedAt: 0 }
}

/** To choosing a homeserver, the first card chosen. */
export function toHomeserver(state: InsideState, cards: readonly HomeserverCard[]): HomeserverState {
  return {
    step: 'homeserver',
    ...pick(state),
    cards,
    // Whoever made the link knows which one fits, so it stays where it is put.
    chosen: cards[0]?.name ?? hintedHomeserver(state),
    isOwnChoice: cards.length === 0 && hintedHomeserver(state) !== null,
    own: ownAccountOf(state),
    draft: draftOf(state),
    another: { kind: 'closed' },
  }
}

/** A form that nobody has typed into. */
export const emptyDraft: AccountDraft = { username: '', email: '', consents: [] }

/** To the form for a new account on `homeserver`. */
export function toCreateAccount(
  state: HomeserverState,
  homeserver: HomeserverCard,
  policies: CreateAccountState['policies'],
): CreateAccountState {
  return {
    step: 'createAccount',
    ...pick(state),
    cards: state.cards,
    own: state.own,
    homeserver,
    username: { kind: 'none' },
    policies,
    ways: [expectedWay(homeserver.asks)],
    way: 0,
    passwordRules: noPasswordRules,
    fulfilled: [],
    tokenCheck: 'none',
    hasPassword: false,
    draft: state.draft ?? emptyDraft,
    isBusy: false,
    problem: null,
  }
}

/** To signing in; `homeserver` is the one chosen before, if any. `id` is what was typed already, whole or in part. */
export function toSignIn(
  state: InsideState,
  cards: readonly HomeserverCard[],
  chosen: HomeserverCard | null,
  id: string | null = null,
): SignInState {
  // A whole Matrix ID says where its account is.
  const named = id === null ? null : parseHomeserverInput(id)
  const isElsewhere =
    named?.ok === true && named.value.username !== null && named.value.serverName !== chosen?.name
  const homeserver = isElsewhere ? null : chosen
  return {
    step: 'signIn',
    ...pick(state),
    cards,
    homeserver,
    knownId: id,
    own: ownAccountOf(state),
    lookup: 'idle',
    suggestion: null,
    draft: draftOf(state),
    acceptsPassword: homeserver?.signUp !== 'browser',
    providers: null,
    isBusy: false,
    problem: null,
  }
}

/** On with an account: to its name and picture where they are to be asked for, else to the rooms. */
export function toAccount(
  state: CreateAccountState | StagesState | SignInState | BrowserState,
  account: ProfileState['account'],
  profile: KnownProfile | null,
): ProfileState | RoomsState {
  return profile === null
    ? toRooms(state, account)
    : { step: 'profile', ...pick(state), account, known: profile, isBusy: false, problem: null }
}

/** To the homeserver's own page in the browser. */
export function toBrowser(
  state: HomeserverState | SignInState,
  homeserver: HomeserverCard,
  intent: BrowserState['intent'],
  singleSignOn: BrowserState['singleSignOn'] = null,
): BrowserState {
  return {
    step: 'browser',
    ...pick(state),
    cards: state.cards,
    homeserver,
    intent,
    knownId: state.step === 'signIn' ? state.knownId : null,
    singleSignOn,
    way: 'browser',
    phase: 'preparing',
    code: null,
    expiresAt: null,
    // Only OAuth 2.0 has codes for other devices.
    offersCode: singleSignOn === null,
    problem: null,
  }
}

/** To choosing rooms, as `account`. */
export function toRooms(
  state: PreviewState | ProfileState | CreateAccountState | StagesState | SignInState | BrowserState,
  account: RoomsState['account'],
): RoomsState {
  const { community, errand } = state
  const news = errand?.kind === 'news' ? errand : null
  const preset = news === null ? firstPreset(state) : 'own'
  return {
    step: 'rooms',
    ...pick(state),
    account,
    // Whoever comes back has answered before.
    isAsking: news === null && hasQuestions(community),
    preset,
    chosen:
      news === null
        ? chosenBy(preset, community, [], saidOf(state).answers)
        : freshChoice(community, news, saidOf(state)),
    roomsHere: null,
    includesHidden: false,
    isLoading: true,
    isQuiet: null,
    knockReason: '',
    asksToKeep: false,
  }
}

/** To signing in with the account that the newcomer said they have, on its homeserver. */
export function toOwnSignIn(
  state: HomeserverState,
  homeserver: HomeserverCard,
  own: OwnAccount,
  acceptsPassword: boolean,
): SignInState {
  return {
    ...toSignIn(state, state.cards, homeserver),
    knownId: own.userId,
    own,
    lookup: 'found',
    acceptsPassword,
  }
}

function ownAccountOf(state: OnboardingState): OwnAccount | null {
  return 'own' in state ? state.own : null
}

function draftOf(state: OnboardingState): AccountDraft {
  return ('draft' in state ? state.draft : undefined) ?? emptyDraft
}

/** What every step after the welcome carries along. */
export function pick(
  state: InsideState,
): Pick<PreviewState, 'community' | 'experience' | 'hints' | 'said' | 'round' | 'errand' | 'isTrial'> {
  const { community, experience, hints, said, round, errand, isTrial } = state
  return {
    community,
    experience,
    ...(hints === undefined ? {} : { hints }),
    ...(said === undefined ? {} : { said }),
    ...(round === undefined ? {} : { round }),
    ...(errand === undefined ? {} : { errand }),
    ...(isTrial === true && { isTrial }),
  }
}

/** True where the link that led here brought a registration token for this homeserver. */
export function hasTokenFor({ hints }: Pick<PreviewState, 'hints'>, homeserver: string): boolean {
  return hints?.hasToken === true && (hints.homeserver === null || hints.homeserver === homeserver)
}

/**
 * Back among the homeservers with the one chosen before. What was found for a typed ID need not be among the cards;
 * then the first one stays chosen.
 */
export function chosenAgain(state: HomeserverState, homeserver: HomeserverCard | null): HomeserverState {
  return state.cards.some((card) => card.name === homeserver?.name)
    ? { ...state, chosen: homeserver?.name ?? null, isOwnChoice: true }
    : state
}

function hintedHomeserver(state: InsideState): string | null {
  return state.hints?.homeserver ?? null
}
