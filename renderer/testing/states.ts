import type { Community } from '../../core/communities/community.ts'
import { chosenBy } from '../../core/onboarding/choice.ts'
import { agreementTo } from '../../core/onboarding/said.ts'
import { joinReasons } from '../../core/joining/queue.ts'
import type {
  BrowserState,
  CommunityCard,
  CreateAccountState,
  DoneState,
  HomeserverCard,
  HomeserverState,
  JoinedCard,
  JoiningState,
  JoinLine,
  JoinProgress,
  OnboardingState,
  PreviewState,
  ProfileState,
  RoomsState,
  Said,
  SignInState,
  StagesState,
  WelcomeState,
} from '../../core/onboarding/state.ts'
import { gardenCommunity } from '../../core/testing/garden-club.ts'
import { hostileCommunity } from '../../core/testing/hostile-club.ts'
import { shield } from '../../core/testing/pictures.ts'
import {
  adding,
  addingCorrected,
  addingFetching,
  addingFound,
  addingMany,
  addingNameless,
  addingNoRooms,
  addingTooLarge,
} from './adding-states.ts'
import { auxolotl, galaxy, galaxyFromOutside, mathesar, unseen } from './communities.ts'

/** A fixed moment, so that pictures and tests say the same time. */
export const NOW = new Date(2026, 2, 4, 14, 2).getTime()

function cardOf(community: Community): CommunityCard {
  const { id, name, initials, summary, roomCount } = community
  return { id, name, initials, summary, colour: community.colour ?? '#808080', roomCount }
}

const derse: CommunityCard = {
  id: 'derse',
  name: 'de-RSE',
  initials: 'de',
  summary: 'People in Germany who write software for research.',
  colour: '#1f7a64',
  roomCount: 5,
}

export const welcome: WelcomeState = {
  step: 'welcome',
  account: null,
  communities: [cardOf(galaxy), cardOf(mathesar), derse, cardOf(auxolotl)],
  experience: 'new',
  joined: [],
  isWatching: false,
  asksToRemove: null,
  link: { kind: 'idle' },
}

export const welcomeManyDoors: WelcomeState = {
  ...welcome,
  communities: [
    ...welcome.communities,
    { ...derse, id: 'nixos', name: 'NixOS', initials: 'N', colour: '#5277c3' },
  ],
}

export const welcomeBadLink: WelcomeState = { ...welcome, link: { kind: 'failed', reason: 'badLink' } }

const galaxyJoined: JoinedCard = {
  id: '#galaxyproject:matrix.org @ada:matrix.org',
  account: { userId: '@ada:matrix.org', homeserver: 'matrix.org' },
  name: 'Galaxy',
  initials: 'G',
  colour: '#25537b',
  communityId: 'galaxy',
  roomCount: 12,
  leavable: 11,
  hasSpace: true,
  since: new Date(2025, 10, 12, 9).getTime(),
  changes: {
    added: ['Single cell', 'Climate', 'Imaging', 'Training'].map((name) => ({
      key: `#${name}:gitter.im`,
      name,
      roomId: null,
      isInside: false,
    })),
    moved: [
      { key: '#lobby:gitter.im', name: 'Lobby', roomId: '!new-lobby:gitter.im' },
      { key: '#admins:gitter.im', name: 'Admins', roomId: '!new-admins:gitter.im' },
    ],
    closed: [{ key: '#old:gitter.im', name: 'IUC 2019', why: 'gone' }],
  },
}
const nothingNew: JoinedCard = {
  ...galaxyJoined,
  id: 'auxolotl @ada:tchncs.de',
  account: { userId: '@ada:tchncs.de', homeserver: 'tchncs.de' },
  name: 'Auxolotl',
  initials: 'A',
  colour: '#9c4a6b',
  communityId: 'auxolotl',
  roomCount: 33,
  hasSpace: false,
  since: new Date(2026, 1, 12, 9).getTime(),
  changes: { added: [], moved: [], closed: [] },
}

/** Somebody who has been here before. */
export const welcomeBack: WelcomeState = { ...welcome, joined: [galaxyJoined, nothingNew], isWatching: true }
export const welcomeNothingNew: WelcomeState = {
  ...welcome,
  joined: [{ ...galaxyJoined, changes: nothingNew.changes }],
}
export const welcomeOnlyClosed: WelcomeState = {
  ...welcomeBack,
  account: galaxyJoined.account,
  joined: [{ ...galaxyJoined, changes: { ...galaxyJoined.changes, added: [], moved: [] } }],
}
export const welcomeRemove: WelcomeState = { ...welcomeBack, asksToRemove: galaxyJoined.id }

const inGalaxy = { community: galaxy, experience: 'new' } as const
const inAuxolotl = { community: auxolotl, experience: 'new' } as const
const inMathesar = { community: mathesar, experience: 'new' } as const

export const preview: PreviewState = {
  step: 'preview',
  account: null,
  ...inGalaxy,
  phase: 'answered',
  askedAt: NOW,
}
export const previewFromOutside: PreviewState = { ...preview, community: galaxyFromOutside }
export const previewAsking: PreviewState = {
  ...preview,
  community: unseen(galaxyFromOutside),
  phase: 'asking',
}
export const previewOffline: PreviewState = { ...preview, community: unseen(mathesar), phase: 'offline' }
export const previewNoRooms: PreviewState = {
  ...preview,
  community: { ...galaxy, rooms: [], sections: [], roomCount: 0 },
}

const allKeys = auxolotl.rooms.map((room) => room.key)
const probed = { probe: 'answered', baseUrl: 'https://matrix.example.org' } as const

const matrixOrg: HomeserverCard = {
  ...probed,
  name: 'matrix.org',
  about: 'matrixorg',
  signUp: 'browser',
  asks: [],
  roomsHere: allKeys.slice(0, 31),
  roomsAsked: allKeys.length,
  seconds: { low: 240, high: 240 },
  facts: {
    operator: 'The Matrix.org Foundation',
    country: 'GB',
    age: { years: 18, isStated: true },
    rules: 'https://matrix.org/legal/terms-and-conditions/',
    software: { name: 'Synapse', version: '1.163.2', isOutdated: false },
  },
  isTyped: false,
}
const ownServer: HomeserverCard = {
  ...matrixOrg,
  name: 'auxolotl.org',
  about: 'own',
  signUp: 'token',
  asks: ['token'],
  roomsHere: allKeys,
  facts: {
    operator: null,
    country: null,
    age: null,
    rules: null,
    software: { name: 'Synapse', version: '1.98.0', isOutdated: true },
  },
}
const tchncs: HomeserverCard = {
  ...matrixOrg,
  name: 'tchncs.de',
  about: 'public',
  signUp: 'email',
  asks: ['captcha', 'email', 'terms'],
  roomsHere: [],
  seconds: { low: 2280, high: 2280 },
  facts: {
    operator: 'tchncs',
    country: 'DE',
    age: { years: 16, isStated: false },
    rules: 'https://tchncs.de/matrix/tos',
    software: null,
  },
}

export const homeserver: HomeserverState = {
  step: 'homeserver',
  ...inAuxolotl,
  cards: [matrixOrg, ownServer, tchncs],
  chosen: 'matrix.org',
  isOwnChoice: false,
  own: null,
  another: { kind: 'closed' },
  round: { passedOver: [], others: 'further' },
}

export const homeserverAsking: HomeserverState = {
  ...homeserver,
  cards: [
    { ...matrixOrg, probe: 'asking', signUp: 'unknown', roomsHere: null, seconds: null, facts: null },
    { ...ownServer, probe: 'unreachable', signUp: 'unknown', roomsHere: null, seconds: null, facts: null },
    { ...tchncs, signUp: 'closed', asks: [] },
  ],
}

export const homeserverClosed: HomeserverState = { ...homeserverAsking, chosen: 'tchncs.de' }

/** Answers are arriving: rooms light up one after the other. */
export const homeserverCounting: HomeserverState = {
  ...homeserver,
  cards: [
    { ...matrixOrg, roomsHere: allKeys.slice(0, 14), roomsAsked: 16, seconds: null },
    { ...ownServer, roomsHere: [], roomsAsked: 0, seconds: null, facts: null },
    { ...tchncs, probe: 'asking', signUp: 'unknown', roomsHere: null, seconds: null, facts: null },
  ],
}

/** An account there needs one elsewhere first. */
export const homeserverElsewhere: HomeserverState = {
  ...homeserver,
  cards: [{ ...tchncs, name: 'mozilla.org', signUp: 'sso', asks: [] }],
  chosen: 'mozilla.org',
}

/** The last of the suggestions: one that says little, one that asks for nothing. */
export const homeserverOthers: HomeserverState = {
  ...homeserver,
  cards: [
    { ...tchncs, name: 'open.example', signUp: 'open', asks: [], seconds: { low: 420, high: 420 } },
    { ...tchncs, name: 'quiet.example', signUp: 'unknown', asks: [], facts: null },
  ],
  chosen: 'open.example',
  round: { passedOver: ['matrix.org', 'auxolotl.org', 'tchncs.de'], others: 'first' },
}

export const homeserverInstitution: HomeserverState = { ...homeserver, another: { kind: 'open' } }

export const homeserverAnother: HomeserverState = {
  ...homeserver,
  another: { kind: 'failed', serverName: 'matrx.org', reason: 'noServer', suggestion: 'matrix.org' },
}
export const homeserverBrokenFile: HomeserverState = {
  ...homeserver,
  another: { kind: 'failed', serverName: 'uni.example', reason: 'brokenFile', suggestion: null },
}

const mathesarServer: HomeserverCard = {
  ...matrixOrg,
  name: 'matrix.mathesar.org',
  about: 'own',
  signUp: 'open',
  asks: ['terms'],
  roomsHere: mathesar.rooms.map((room) => room.key),
  seconds: { low: 8, high: 8 },
}

export const createAccount: CreateAccountState = {
  step: 'createAccount',
  ...inMathesar,
  cards: [mathesarServer],
  own: null,
  homeserver: mathesarServer,
  username: { kind: 'none' },
  policies: [
    {
      id: 'terms',
      version: '1',
      language: 'en',
      name: 'terms of use',
      url: 'https://matrix.mathesar.org/terms',
    },
    {
      id: 'privacy',
      version: '1',
      language: 'en',
      name: 'privacy notice',
      url: 'https://matrix.mathesar.org/privacy',
    },
  ],
  ways: [{ stages: [], needs: [] }],
  way: 0,
  passwordRules: { minimumLength: 8, needs: [] },
  fulfilled: [],
  tokenCheck: 'none',
  hasPassword: false,
  draft: { username: '', email: '', consents: [] },
  isBusy: false,
  problem: null,
}

export const createAccountFree: CreateAccountState = {
  ...createAccount,
  username: { kind: 'free', username: 'ada' },
  draft: { ...createAccount.draft, username: 'ada' },
}
export const createAccountTaken: CreateAccountState = {
  ...createAccount,
  username: { kind: 'taken', username: 'ada', offers: ['ada-writes', 'ada.codes', 'ada2026'] },
  draft: { ...createAccount.draft, username: 'ada' },
}
export const createAccountToken: CreateAccountState = {
  ...createAccount,
  ways: [{ stages: [], needs: ['token'] }],
  problem: { kind: 'wrongToken' },
}
export const createAccountWaiting: CreateAccountState = {
  ...createAccount,
  isBusy: true,
  problem: { kind: 'rateLimited', retryAt: NOW + 160_000 },
}

/** Who types a Matrix ID has an account. */
export const createAccountOwnId: CreateAccountState = {
  ...createAccount,
  draft: { ...createAccount.draft, username: 'ada:example.org' },
}
/** The homeserver has further rules for passwords. */
export const createAccountRules: CreateAccountState = {
  ...createAccount,
  passwordRules: { minimumLength: 10, needs: ['uppercase', 'digit', 'symbol'] },
  problem: { kind: 'weakPassword', lacks: { minimumLength: 0, needs: ['digit'] } },
}
/** The easiest of several ways; the others are offered. */
export const createAccountWays: CreateAccountState = {
  ...createAccount,
  ways: [
    { stages: [], needs: ['token'] },
    { stages: [], needs: ['captcha', 'email'] },
    { stages: [], needs: ['phone'] },
  ],
}
export const createAccountEmail: CreateAccountState = {
  ...createAccountWays,
  way: 1,
  draft: { username: 'ada', email: 'ada@example.org', consents: createAccount.policies },
  problem: { kind: 'emailInUse' },
}
/** After everything else was done, the name turned out to be taken. */
export const createAccountNameOnly: CreateAccountState = {
  ...createAccountEmail,
  fulfilled: ['captcha', 'email'],
  hasPassword: true,
  problem: { kind: 'usernameTaken' },
}
export const createAccountApproval: CreateAccountState = {
  ...createAccount,
  problem: { kind: 'awaitingApproval' },
}

const mail = {
  kind: 'email',
  isDone: false,
  address: 'ada@example.org',
  resendAt: NOW + 24_000,
  sent: 1,
  takesCode: false,
  problem: null,
  isBusy: false,
} as const
const captcha = {
  kind: 'captcha',
  stage: 'm.login.recaptcha',
  isDone: false,
  isOpened: false,
  isMissing: false,
} as const

export const stages: StagesState = {
  step: 'stages',
  ...inMathesar,
  form: { ...createAccountEmail, problem: null },
  tasks: [mail, captcha],
  problem: null,
}
export const stagesHalfway: StagesState = {
  ...stages,
  tasks: [
    { ...mail, isDone: true },
    { ...captcha, isOpened: true },
  ],
}
export const stagesCode: StagesState = {
  ...stages,
  tasks: [{ ...mail, takesCode: true, sent: 2, resendAt: 0, problem: 'wrongCode' }],
}
export const stagesNoMail: StagesState = {
  ...stages,
  tasks: [{ ...mail, sent: 3, resendAt: 0, problem: 'tooMany' }],
  problem: { kind: 'unreachable' },
}
export const stagesPages: StagesState = {
  ...stages,
  tasks: [
    { ...captcha, kind: 'phone', stage: 'm.login.msisdn', isMissing: true },
    { ...captcha, kind: 'page', stage: 'org.example.quiz', isOpened: true },
  ],
}

export const profile: ProfileState = {
  step: 'profile',
  ...inMathesar,
  account: { userId: '@ada:matrix.mathesar.org', homeserver: 'matrix.mathesar.org' },
  known: { name: '' },
  isBusy: false,
  problem: null,
}
/** Somebody whose institution has told the name already. */
export const profileNamed: ProfileState = { ...profile, known: { name: 'Grace Hopper' } }
export const profileRefused: ProfileState = { ...profile, problem: 'tooBig' }

export const signIn: SignInState = {
  step: 'signIn',
  ...inMathesar,
  cards: [mathesarServer],
  homeserver: null,
  knownId: null,
  own: null,
  lookup: 'idle',
  suggestion: null,
  acceptsPassword: true,
  providers: null,
  isBusy: false,
  problem: null,
}

/** A password, or somebody who vouches for people. */
export const signInProviders: SignInState = {
  ...signIn,
  homeserver: { ...mathesarServer, name: 'tu-dresden.de' },
  lookup: 'found',
  providers: [
    { id: 'oidc-university', name: 'TU Dresden', icon: shield },
    { id: 'saml', name: 'Max-Planck-Gesellschaft', icon: null },
  ],
}
export const signInProvidersOnly: SignInState = { ...signInProviders, acceptsPassword: false }

export const signInForNews: SignInState = {
  ...signIn,
  ...inGalaxy,
  cards: [],
  knownId: '@ada:matrix.org',
  lookup: 'found',
  errand: {
    kind: 'news',
    id: galaxyJoined.id,
    userId: '@ada:matrix.org',
    preset: 'all',
    moved: [],
    fresh: [],
    known: [],
    knowsInside: true,
  },
}
export const signInToLeave: SignInState = {
  ...signInForNews,
  errand: { kind: 'leave', id: galaxyJoined.id, userId: '@ada:matrix.org' },
  problem: { kind: 'otherAccount', userId: '@ada:matrix.org' },
}

export const signInWrong: SignInState = {
  ...signIn,
  homeserver: { ...mathesarServer, name: 'example.org' },
  knownId: '@ada:example.org',
  lookup: 'found',
  problem: { kind: 'wrongPassword' },
}

/** Found by an e-mail address, or picked from the catalogue. */
export const signInInstitution: SignInState = {
  ...signIn,
  homeserver: { ...mathesarServer, name: 'tu-dresden.de', about: 'institution' },
  own: {
    server: 'tu-dresden.de',
    userId: null,
    institution: 'Technische Universität Dresden',
    login: 'ZIH login',
  },
  lookup: 'found',
}

export const signInMistyped: SignInState = {
  ...signIn,
  knownId: '@ada:matrx.org',
  lookup: 'noServer',
  suggestion: 'matrix.org',
}

export const browserWaiting: BrowserState = {
  step: 'browser',
  community: mathesar,
  experience: 'new',
  cards: [matrixOrg],
  homeserver: matrixOrg,
  intent: 'create',
  knownId: null,
  singleSignOn: null,
  way: 'browser',
  phase: 'waiting',
  code: null,
  expiresAt: NOW + 9 * 60_000,
  offersCode: true,
  problem: null,
}
export const browserPreparing: BrowserState = { ...browserWaiting, phase: 'preparing', expiresAt: null }
export const browserFinishing: BrowserState = { ...browserWaiting, phase: 'finishing' }
export const browserCode: BrowserState = {
  ...browserWaiting,
  way: 'code',
  code: {
    address: 'account.matrix.org/link',
    link: 'https://account.matrix.org/link',
    userCode: 'KQMTWP',
  },
  expiresAt: NOW + 18 * 60_000,
}
export const browserStopped: BrowserState = { ...browserPreparing, phase: 'stopped' }
export const browserDenied: BrowserState = { ...browserStopped, problem: { kind: 'denied' } }
export const browserUnreachable: BrowserState = { ...browserStopped, problem: { kind: 'unreachable' } }
export const browserResting: BrowserState = {
  ...browserStopped,
  problem: { kind: 'rateLimited', retryAt: NOW + 20_000 },
}
export const browserCodeExpired: BrowserState = {
  ...browserStopped,
  way: 'code',
  problem: { kind: 'codeExpired' },
}
export const signInByBrowser: SignInState = {
  ...signIn,
  homeserver: matrixOrg,
  lookup: 'found',
  acceptsPassword: false,
}

const account = { userId: '@ada:matrix.org', homeserver: 'matrix.org' } as const
const galaxyKeys = galaxy.rooms.map((room) => room.key)

export const rooms: RoomsState = {
  step: 'rooms',
  ...inGalaxy,
  account,
  isAsking: false,
  preset: 'own',
  chosen: [0, 2, 3, 4, 6, 8, 9, 11, 16].flatMap((index) => galaxyKeys[index] ?? []),
  roomsHere: galaxyKeys,
  includesHidden: false,
  isLoading: false,
  isQuiet: true,
  knockReason: '',
  asksToKeep: false,
}
export const roomsNews: RoomsState = {
  ...rooms,
  preset: 'own',
  community: {
    ...rooms.community,
    rooms: rooms.community.rooms.map((room, place) => (place < 3 ? room : { ...room, isYours: true })),
  },
  chosen: rooms.community.rooms.slice(0, 2).map(({ key }) => key),
  errand: {
    kind: 'news',
    id: galaxyJoined.id,
    userId: rooms.account.userId,
    preset: 'all',
    moved: [],
    fresh: rooms.community.rooms.slice(0, 2).map(({ key }) => key),
    known: rooms.community.rooms.slice(2).map(({ key }) => key),
    knowsInside: true,
  },
}
export const roomsFromOutside: RoomsState = {
  ...rooms,
  community: galaxyFromOutside,
  preset: 'all',
  chosen: galaxyFromOutside.rooms.map((room) => room.key),
  roomsHere: null,
  includesHidden: true,
  isLoading: true,
}
/** A choice with a room that asks first. */
export const roomsKnock: RoomsState = {
  ...rooms,
  community: {
    ...galaxy,
    rooms: galaxy.rooms.map((room, index) => (index === 2 ? { ...room, joinRule: 'knock' } : room)),
  },
  isQuiet: false,
}
export const roomsAskToKeep: RoomsState = { ...rooms, asksToKeep: true }

/* A community whose manifest says everything that one can say. */
const garden = gardenCommunity()
const inGarden = { community: garden, experience: 'new' } as const
const answered: Said = { agreedTo: null, answers: [[1], []] }

export const previewDescribed: PreviewState = { ...preview, ...inGarden }
export const interests: RoomsState = {
  ...rooms,
  ...inGarden,
  isAsking: true,
  preset: 'essential',
  chosen: chosenBy('essential', garden, []),
  isQuiet: null,
}
export const interestsAnswered: RoomsState = {
  ...interests,
  said: { agreedTo: null, answers: [[0, 1], [0]] },
  chosen: garden.rooms.map((room) => room.key),
}
export const roomsDescribed: RoomsState = {
  ...interests,
  isAsking: false,
  said: answered,
  chosen: chosenBy('essential', garden, [], answered.answers),
}
export const roomsAgreed: RoomsState = {
  ...roomsDescribed,
  said: { ...answered, agreedTo: garden.rules === null ? null : agreementTo(garden.rules) },
}

/* One that goes to every limit, and means no good. */
const hostile = hostileCommunity()
const inHostile = { community: hostile, experience: 'new' } as const

export const previewHostile: PreviewState = { ...preview, ...inHostile }
export const interestsHostile: RoomsState = {
  ...interests,
  ...inHostile,
  preset: 'suggested',
  chosen: chosenBy('suggested', hostile, []),
}
export const roomsHostile: RoomsState = { ...interestsHostile, isAsking: false }

type Change = Pick<JoinLine, 'status'> & Partial<JoinLine>

/** Lines for all rooms of a community; `change` says how a room stands, everything else is in line. */
export function linesOf(
  community: Community,
  change: (index: number, name: string) => Change | undefined,
): readonly JoinLine[] {
  return community.rooms.map((room, index) => ({
    key: room.key,
    section: room.section,
    name: room.name ?? room.label ?? '',
    status: 'queued',
    reason: null,
    server: null,
    ...change(index, room.name ?? ''),
  }))
}

const joined = { status: 'joined', reason: null } as const
const noteworthy: Readonly<Record<string, Change>> = {
  'SIG: Python Governance': { status: 'joined', reason: 'moved' },
  'SIG: KDE General': { status: 'arriving', reason: 'arriving' },
  'Committee: Security Governance': { status: 'asked', reason: 'asked' },
  'Committee: Code of Conduct Governance': { status: 'notJoined', reason: 'invite' },
}

const beside = { quiet: { isOn: true, isBusy: false, hasFailed: false }, leaving: null } as const

const underWay: JoinProgress = {
  ...beside,
  lines: linesOf(auxolotl, (index, name) => noteworthy[name] ?? (index <= 19 ? joined : undefined)),
  phase: 'running',
  stopReason: null,
  nextAt: NOW + 8_000,
  nextKey: '#sig-go-governance:auxolotl.org',
  secondsLeft: { low: 120, high: 120 },
}

export const joining: JoiningState = {
  step: 'joining',
  ...inAuxolotl,
  account,
  progress: underWay,
  includesHidden: false,
  asks: null,
}

export const joiningNow: JoiningState = {
  ...joining,
  progress: {
    ...underWay,
    lines: underWay.lines.map((line) =>
      line.key === underWay.nextKey ? { ...line, status: 'joining' } : line,
    ),
    nextAt: null,
    nextKey: null,
  },
}

const halfway: JoinProgress = {
  ...beside,
  lines: linesOf(galaxy, (index) => {
    if (index === 7) return { status: 'queued', reason: 'unreachable', server: 'gitter.im' }
    return index < 25 ? joined : undefined
  }),
  phase: 'paused',
  stopReason: null,
  nextAt: null,
  nextKey: null,
  secondsLeft: { low: 420, high: 420 },
}

export const joiningPaused: JoiningState = { ...joining, ...inGalaxy, progress: halfway }
export const joiningResume: JoiningState = { ...joiningPaused, asks: 'resume' }
export const joiningStop: JoiningState = { ...joining, asks: 'stop' }
export const joiningLeave: JoiningState = { ...joining, asks: 'leave' }
/** All doors are open; which rooms only ring for mentions is still being set. */
export const joiningHushing: JoiningState = {
  ...joining,
  progress: {
    ...underWay,
    lines: linesOf(auxolotl, () => joined),
    quiet: { isOn: true, isBusy: true, hasFailed: false },
    nextAt: null,
    nextKey: null,
    secondsLeft: null,
  },
}
/** Everything is left again, a third of it so far. */
export const leaving: JoiningState = {
  ...joining,
  progress: {
    ...underWay,
    lines: linesOf(auxolotl, (index) =>
      index > 20 ? { status: 'notJoined', reason: 'left' } : { status: 'joined', reason: null },
    ),
    quiet: { isOn: false, isBusy: false, hasFailed: false },
    leaving: { count: 33, left: 12, failed: 0, phase: 'running', nextAt: NOW + 5_000 },
    phase: 'paused',
  },
}
export const leavingStopped: JoiningState = {
  ...leaving,
  progress: {
    ...leaving.progress,
    leaving: { count: 33, left: 12, failed: 0, phase: 'stopped', nextAt: null },
  },
}
export const left: JoiningState = {
  ...leaving,
  progress: {
    ...leaving.progress,
    lines: linesOf(auxolotl, () => ({ status: 'notJoined', reason: 'left' })),
    leaving: { count: 33, left: 32, failed: 1, phase: 'finished', nextAt: null },
  },
}
export const joiningOffline: JoiningState = {
  ...joining,
  progress: { ...underWay, phase: 'offline', nextAt: null },
}
export const joiningSignedOut: JoiningState = {
  ...joining,
  progress: { ...underWay, phase: 'stopped', stopReason: 'signedOut', nextAt: null },
}
export const joiningStopped: JoiningState = {
  ...joining,
  progress: { ...underWay, phase: 'stopped', stopReason: 'locked', nextAt: null },
}

/** Stopped for another reason than a locked account. */
export const joiningSuspended: JoiningState = {
  ...joining,
  progress: { ...underWay, phase: 'stopped', stopReason: 'suspended', nextAt: null },
}

/** Every way in which a room can stay closed, one line each. */
export const joiningReasons: JoiningState = {
  ...joining,
  progress: {
    ...underWay,
    lines: joinReasons.map((reason, index) => ({
      key: auxolotl.rooms[index]?.key ?? '',
      section: 'groups',
      name: auxolotl.rooms[index]?.name ?? '',
      status:
        reason === 'moved' ? 'joined' : reason === 'asked' || reason === 'arriving' ? reason : 'notJoined',
      reason,
      server: reason === 'unreachable' ? 'gitter.im' : null,
    })),
  },
}

export const done: DoneState = {
  step: 'done',
  ...inAuxolotl,
  account,
  progress: {
    ...underWay,
    lines: linesOf(auxolotl, (_, name) => {
      const change = noteworthy[name]
      return change?.status === 'asked' || change?.status === 'notJoined' ? change : joined
    }),
    phase: 'finished',
    nextAt: null,
    nextKey: null,
    secondsLeft: null,
  },
  signOut: 'done',
  asks: null,
}

export const doneAll: DoneState = {
  ...done,
  progress: { ...done.progress, lines: linesOf(auxolotl, () => joined) },
}

export const doneMayRetry: DoneState = {
  ...done,
  progress: {
    ...done.progress,
    lines: linesOf(auxolotl, (index) =>
      index > 30 ? { status: 'notJoined', reason: 'unreachable', server: 'gitter.im' } : joined,
    ),
  },
  signOut: 'asking',
}

/** Signed in still, and waiting for a moderator. */
export const doneAwaiting: DoneState = { ...done, signOut: 'asking' }
export const doneLeave: DoneState = { ...done, signOut: 'asking', asks: 'leave' }

export const doneDescribed: DoneState = {
  ...done,
  ...inGarden,
  progress: { ...done.progress, lines: linesOf(garden, () => joined) },
}
export const doneHostile: DoneState = {
  ...done,
  ...inHostile,
  progress: { ...done.progress, lines: linesOf(hostile, () => joined) },
}

/** Every fixture by name, for the pictures and for tests that walk through all of them. */
export const states: Readonly<Record<string, OnboardingState>> = {
  welcome,
  welcomeManyDoors,
  welcomeBadLink,
  welcomeBack,
  welcomeNothingNew,
  welcomeOnlyClosed,
  welcomeRemove,
  adding,
  addingFetching,
  addingNoRooms,
  addingTooLarge,
  addingFound,
  addingCorrected,
  addingNameless,
  addingMany,
  preview,
  previewFromOutside,
  previewAsking,
  previewOffline,
  previewNoRooms,
  homeserver,
  homeserverAsking,
  homeserverClosed,
  homeserverCounting,
  homeserverElsewhere,
  homeserverInstitution,
  homeserverOthers,
  homeserverAnother,
  homeserverBrokenFile,
  createAccount,
  createAccountOwnId,
  createAccountRules,
  createAccountFree,
  createAccountTaken,
  createAccountToken,
  createAccountWaiting,
  createAccountWays,
  createAccountEmail,
  createAccountNameOnly,
  createAccountApproval,
  stages,
  stagesHalfway,
  stagesCode,
  stagesNoMail,
  stagesPages,
  profile,
  profileRefused,
  signIn,
  signInProviders,
  signInProvidersOnly,
  signInWrong,
  signInForNews,
  signInToLeave,
  signInInstitution,
  signInMistyped,
  signInByBrowser,
  browserPreparing,
  browserWaiting,
  browserFinishing,
  browserCode,
  browserDenied,
  browserUnreachable,
  browserResting,
  browserCodeExpired,
  rooms,
  roomsFromOutside,
  roomsNews,
  roomsKnock,
  roomsAskToKeep,
  previewDescribed,
  interests,
  interestsAnswered,
  roomsDescribed,
  roomsAgreed,
  previewHostile,
  interestsHostile,
  roomsHostile,
  joining,
  joiningNow,
  joiningPaused,
  joiningResume,
  joiningStop,
  joiningLeave,
  joiningHushing,
  leaving,
  leavingStopped,
  left,
  joiningOffline,
  joiningStopped,
  joiningSuspended,
  joiningSignedOut,
  joiningReasons,
  done,
  doneAll,
  doneMayRetry,
  doneAwaiting,
  doneLeave,
  doneDescribed,
  doneHostile,
}
