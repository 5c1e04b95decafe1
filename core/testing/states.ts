import type { OnboardingEvent } from '../onboarding/flow-events.ts'
import { firstState } from '../onboarding/moves.ts'
import { next } from '../onboarding/next.ts'
import type { HomeserverCard, JoinProgress, OnboardingState } from '../onboarding/state.ts'
import { community, room } from './communities.ts'

/** A homeserver to choose from. */
export function card(name: string, own: Partial<HomeserverCard> = {}): HomeserverCard {
  return {
    name,
    about: null,
    probe: 'answered',
    signUp: 'open',
    asks: [],
    baseUrl: `https://${name}`,
    roomsHere: null,
    roomsAsked: 0,
    seconds: null,
    facts: null,
    isTyped: false,
    ...own,
  }
}

export const club = community([room('#lobby:x', { isLobby: true }), room('#a:x'), room('#b:x')])
export const ada = { userId: '@ada:x', homeserver: 'x' }
export const cards = [card('one.example'), card('two.example', { signUp: 'token', asks: ['token'] })]

export const progress: JoinProgress = {
  lines: [],
  phase: 'running',
  stopReason: null,
  nextAt: null,
  nextKey: null,
  secondsLeft: null,
  quiet: { isOn: false, isBusy: false, hasFailed: false },
  leaving: null,
}

/** The state after these events, one after the other. */
export function after(state: OnboardingState, ...events: OnboardingEvent[]): OnboardingState {
  return events.reduce(next, state)
}

const preview = after(firstState, { type: 'communityOpened', community: club, at: 7 })
const homeserver = after(preview, { type: 'leavePreview' }, { type: 'homeserversListed', cards })
const createAccount = after(homeserver, {
  type: 'signUpOpened',
  homeserver: cards[1] ?? card('two.example'),
  policies: [],
  acceptsPassword: true,
})
const stages = after(createAccount, {
  type: 'stagesOpened',
  fulfilled: ['token'],
  tasks: [
    {
      kind: 'email',
      isDone: false,
      address: 'ada@example.org',
      resendAt: 0,
      sent: 1,
      takesCode: true,
      problem: null,
      isBusy: false,
    },
    { kind: 'captcha', stage: 'm.login.recaptcha', isDone: false, isOpened: false, isMissing: false },
  ],
})
const profile = after(createAccount, { type: 'signedIn', account: ada, profile: { name: '' } })
const rooms = after(profile, { type: 'skipProfile' })
const joining = after(rooms, {
  type: 'joiningOpened',
  community: club,
  account: ada,
  progress,
  includesHidden: false,
  asks: null,
})

/** One state of each step, reached by walking there. */
export const states = {
  welcome: firstState,
  preview,
  homeserver,
  createAccount,
  stages,
  profile,
  signIn: after(homeserver, { type: 'goToSignIn' }),
  rooms,
  joining,
  done: after(joining, { type: 'joiningEnded', staysSignedIn: true }),
} as const
