import type { AddingPage } from '../adding/page-state.ts'
import type { Community } from '../communities/community.ts'
import type { SecondsRange } from '../joining/estimate.ts'
import type { Changes } from '../joined/joined-community.ts'
import type { JoinReason, JoinStatus } from '../joining/queue.ts'
import type { ServerSoftware } from '../homeservers/software.ts'
import type { PasswordRules } from './password-rules.ts'
import type { SignUpNeed, SignUpWay } from './sign-up-ways.ts'

/** What the newcomer said about their experience; it changes words, and opens sign-in first for those who know. */
export type Experience = 'new' | 'slack' | 'matrix'

/** A community as a front door on the welcome screen. */
export interface CommunityCard {
  readonly id: string
  readonly name: string
  readonly initials: string
  readonly summary: string
  readonly colour: string | null
  readonly roomCount: number
}

/** A community that the newcomer has joined earlier. */
export interface JoinedCard {
  readonly id: string
  readonly account: Account
  readonly name: string
  readonly initials: string
  readonly colour: string | null
  /** ID of the community itself, as its front door has it. */
  readonly communityId: string
  /** Rooms of it that the newcomer is in. */
  readonly roomCount: number
  /** Rooms that would be left with it. */
  readonly leavable: number
  /** It has a space, whose rooms only members see. */
  readonly hasSpace: boolean
  /** Since when there is nothing new beside `changes`, wall-clock milliseconds. */
  readonly since: number
  readonly changes: Changes
}

/** What somebody has come back for, to a community that they joined earlier. Only the account that joined it can. */
export type Errand =
  | {
      readonly kind: 'news'
      readonly id: string
      readonly userId: string
      /** ID of the preset that says which of the new rooms are chosen to begin with; `own` where none was taken. */
      readonly preset: string
      /** Keys of rooms that are new, or have moved. */
      readonly fresh: readonly string[]
      /** Keys of those that have moved: rooms of their own, which are chosen with any preset. */
      readonly moved: readonly string[]
      /** Keys, addresses and IDs of rooms that they have been shown. */
      readonly known: readonly string[]
      /** Whether that holds for the rooms that only members see. */
      readonly knowsInside: boolean
    }
  | { readonly kind: 'leave'; readonly id: string; readonly userId: string }

/** How new accounts are made on a homeserver, as far as it said without an account. */
export type SignUpKind = 'open' | 'token' | 'email' | 'captcha' | 'browser' | 'sso' | 'closed' | 'unknown'

/** Why no homeserver was found for what somebody typed: a name that is none, or how its discovery ended. */
export type LookUpProblem = 'notAServer' | DiscoveryProblem | 'mailOnly'

/**
 * How the discovery of a homeserver ended, where it led nowhere (spec v1.19, server discovery): nobody answers under
 * the name (IGNORE); its .well-known file can't be read (FAIL_PROMPT); the file leads to something that is no
 * homeserver, to one without encryption, or to one too old (FAIL_ERROR).
 */
export type DiscoveryProblem = 'noServer' | 'brokenFile' | 'wrongAddress' | 'insecure' | 'tooOld'

/** What is known of a homeserver beside its rooms and its sign-up. */
export interface HomeserverFacts {
  /** Who runs it and from which country (ISO 3166), by the public list. */
  readonly operator: string | null
  readonly country: string | null
  /** The minimum age in years; `isStated` where its rules say so now, else by the public list alone. */
  readonly age: { readonly years: number; readonly isStated: boolean } | null
  /** Its rules, to be read in the browser. */
  readonly rules: string | null
  readonly software: ServerSoftware | null
}

/** One homeserver to choose from. */
export interface HomeserverCard {
  readonly name: string
  readonly about: 'matrixorg' | 'own' | 'institution' | 'public' | null
  /** `asking` until the server has answered how sign-up works there. */
  readonly probe: 'asking' | 'answered' | 'unreachable'
  readonly signUp: SignUpKind
  /** What people bring or do for an account there, the easiest first; whether they accept terms. */
  readonly asks: readonly (SignUpNeed | 'terms')[]
  /** Base URL of its client-server API, once found. */
  readonly baseUrl: string | null
  /** Keys of the rooms it takes part in already, more of them as it answers; null until asked. */
  readonly roomsHere: readonly string[] | null
  /** How many rooms it has been asked about. */
  readonly roomsAsked: number
  /** Time to join all rooms from there; null until all are asked about. */
  readonly seconds: SecondsRange | null
  /** Null until asked. */
  readonly facts: HomeserverFacts | null
  /** Somebody in front of the screen named it, so it may be anywhere, their own network included. */
  readonly isTyped: boolean
}

/** An account that the newcomer said they have, so that no second one is made by accident. */
export interface OwnAccount {
  readonly server: string
  /** The whole Matrix ID, where they typed one. */
  readonly userId: string | null
  /** The institution whose people have accounts there. */
  readonly institution: string | null
  /** What it calls the account that people sign in with, by the catalogue. */
  readonly login?: string
}

/** A policy whose acceptance the homeserver asks for. */
export interface Policy {
  readonly id: string
  /** As the homeserver counts them; null where it doesn't say. */
  readonly version: string | null
  /** BCP 47 tag of the text behind `url`. */
  readonly language: string
  readonly name: string
  readonly url: string
}

/** What the homeserver says of a username. */
export type UsernameCheck =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking'; readonly username: string }
  | { readonly kind: 'free'; readonly username: string }
  | { readonly kind: 'taken'; readonly username: string; readonly offers: readonly string[] }
  | { readonly kind: 'invalid'; readonly username: string }

/** Why an account couldn't be made or entered. A closed list, each with its sentence. */
export type AccountProblem =
  | { readonly kind: 'wrongPassword' }
  /** What it lacks, as far as the homeserver says; null for a rule of its own. */
  | { readonly kind: 'weakPassword'; readonly lacks: PasswordRules | null }
  | { readonly kind: 'usernameTaken' }
  | { readonly kind: 'usernameInvalid' }
  | { readonly kind: 'wrongToken' }
  | { readonly kind: 'emailInUse' }
  /** The homeserver takes addresses of certain providers only. */
  | { readonly kind: 'emailDenied' }
  | { readonly kind: 'emailInvalid' }
  /** The homeserver couldn't send its mail. */
  | { readonly kind: 'emailNotSent' }
  /** The homeserver has forgotten what was begun, as it does after a day or two. */
  | { readonly kind: 'sessionExpired' }
  /** Foyer was closed meanwhile and doesn't keep passwords. */
  | { readonly kind: 'passwordAgain' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'needsBrowser' }
  | { readonly kind: 'rateLimited'; readonly retryAt: number }
  | { readonly kind: 'deactivated' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'suspended' }
  /** The account is there, but the homeserver's admins have to let it in (MSC3866). */
  | { readonly kind: 'awaitingApproval' }
  /** It has to be renewed, as some homeservers ask once in a while. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'unreachable' }
  /** Somebody else's than the one that was asked for. */
  | { readonly kind: 'otherAccount'; readonly userId: string }
  | { readonly kind: 'unknown'; readonly detail: string }

/** Why signing up or in by the browser didn't work out. A closed list, each with its sentence. */
export type BrowserProblem =
  /** The person said no, or closed the question. */
  | { readonly kind: 'denied' }
  /** Nobody came back from the browser in time. */
  | { readonly kind: 'timedOut' }
  /** The code was not entered in time. */
  | { readonly kind: 'codeExpired' }
  /** The server has no codes for other devices. */
  | { readonly kind: 'noCode' }
  /** What came back was not the answer to what was asked, or came from somebody else. */
  | { readonly kind: 'mixedUp' }
  /** This computer lets no page reach Foyer. */
  | { readonly kind: 'noWayBack' }
  /** The system has no browser that could be opened. */
  | { readonly kind: 'noBrowser' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'rateLimited'; readonly retryAt: number }
  /** Foyer was closed meanwhile. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'unknown'; readonly detail: string }

/** Somebody who vouches for people: a university, a company, a social network. */
export interface IdentityProvider {
  readonly id: string
  readonly name: string
  /** A small PNG or JPEG in base64; null where it has none, or none that can be shown. */
  readonly icon: string | null
}

/** A code to enter in any browser. */
export interface DeviceCode {
  /** The page's address as people read it. */
  readonly address: string
  /** What the QR code opens; holds the code where the server offers that. */
  readonly link: string
  readonly userCode: string
}

/** Who the newcomer is now. Holds nothing secret. */
export interface Account {
  readonly userId: string
  readonly homeserver: string
}

/** What the newcomer has said to a community's own questions. It goes along, so that nobody is asked twice. */
export interface Said {
  /** The rules that they have agreed to, as `agreementTo` names them. */
  readonly agreedTo: string | null
  /** For each of the community's questions the places of the answers chosen; none for those not answered. */
  readonly answers: readonly (readonly number[])[]
}

/** One room on the joining and arrival screens. */
export interface JoinLine {
  readonly key: string
  readonly section: string
  readonly name: string
  readonly status: JoinStatus
  readonly reason: JoinReason | null
  /** The server that isn't answering, where that is the reason. */
  readonly server: string | null
}

/** How the queue stands. Times are wall-clock milliseconds, so the screen can count down by itself. */
export interface QueueProgress {
  readonly lines: readonly JoinLine[]
  readonly phase: 'running' | 'paused' | 'offline' | 'stopped' | 'finished'
  /** Why the whole queue stands still until somebody acts. */
  readonly stopReason: JoinReason | 'signedOut' | null
  readonly nextAt: number | null
  readonly nextKey: string | null
  readonly secondsLeft: SecondsRange | null
}

/** What the link that led here suggests beside the community. Its registration token stays in the main process. */
export interface LinkHints {
  readonly homeserver: string | null
  /** Of these rooms, until the newcomer chooses others. */
  readonly preset: string | null
  readonly hasToken: boolean
}

/** How joining stands, with what goes on beside it. */
export interface JoinProgress extends QueueProgress {
  readonly quiet: QuietProgress
  /** Null unless the newcomer is undoing the pass. */
  readonly leaving: LeaveProgress | null
}

/** Whether only mentions ring. `isBusy` while that is being set or taken back. */
export interface QuietProgress {
  readonly isOn: boolean
  readonly isBusy: boolean
  /** The homeserver didn't take all of it. */
  readonly hasFailed: boolean
}

/** How leaving everything again stands. */
export interface LeaveProgress {
  readonly count: number
  readonly left: number
  readonly failed: number
  /** `stopped`: the homeserver won't do anything for this account any more. */
  readonly phase: 'running' | 'finished' | 'stopped'
  /** When the next room is left, wall-clock milliseconds; null when that isn't a matter of time. */
  readonly nextAt: number | null
}

/** Parts that every step after the welcome carries along. */
interface InCommunity {
  readonly community: Community
  readonly experience: Experience
  readonly hints?: LinkHints
  readonly said?: Said
  readonly errand?: Errand
  /** Once homeservers were suggested. */
  readonly round?: SuggestionRound
  /** A maintainer tries what was made of their page; back leads there. */
  readonly isTrial?: true
}

/** Which of the homeservers worth suggesting are shown now: three at a time. */
export interface SuggestionRound {
  /** Names that were shown in the rounds before. */
  readonly passedOver: readonly string[]
  /** What another round would bring: further ones, the first ones again, or nothing. */
  readonly others: 'further' | 'first' | 'none'
}

/** The front doors. */
export interface WelcomeState {
  readonly step: 'welcome'
  readonly communities: readonly CommunityCard[]
  readonly experience: Experience
  /** Signed in from an earlier step, so that the next community needs no account of its own. */
  readonly account: Account | null
  /** Communities that were joined earlier, the latest first. */
  readonly joined: readonly JoinedCard[]
  /** Foyer stays in the tray and looks after them. */
  readonly isWatching: boolean
  /** A question over the front doors: whether to remove this one. */
  readonly asksToRemove: string | null
  readonly link:
    | { readonly kind: 'idle' }
    | { readonly kind: 'looking' }
    | {
        readonly kind: 'failed'
        readonly reason:
          'badLink' | 'badFile' | 'person' | 'unreachable' | 'missing' | 'private' | 'noCommunity'
      }
}

/** A maintainer makes a manifest of their community's page. */
export interface AddingState {
  readonly step: 'adding'
  readonly experience: Experience
  readonly account: Account | null
  readonly page: AddingPage
}

/** Looking around before there is an account. */
export interface PreviewState extends InCommunity {
  readonly step: 'preview'
  /** Signed in from an earlier step; then the way leads straight to the rooms. */
  readonly account: Account | null
  readonly phase: 'asking' | 'answered' | 'offline'
  /** When the rooms were last asked for, wall-clock milliseconds. */
  readonly askedAt: number
}

/** Choosing where the account lives. */
export interface HomeserverState extends InCommunity {
  readonly step: 'homeserver'
  readonly cards: readonly HomeserverCard[]
  readonly chosen: string | null
  /** The newcomer chose it; then answers that arrive leave it and its place alone. */
  readonly isOwnChoice: boolean
  readonly own: OwnAccount | null
  /** What was typed into the form for an account before. */
  readonly draft?: AccountDraft
  /** The row for typing another homeserver. */
  readonly another:
    | { readonly kind: 'closed' }
    | { readonly kind: 'open' }
    | { readonly kind: 'looking'; readonly serverName: string }
    | {
        readonly kind: 'failed'
        readonly serverName: string
        readonly reason: LookUpProblem
        /** A server that was probably meant. */
        readonly suggestion: string | null
      }
}

/** Creating an account on the chosen homeserver. */
export interface CreateAccountState extends InCommunity {
  readonly step: 'createAccount'
  readonly cards: readonly HomeserverCard[]
  readonly own: OwnAccount | null
  readonly homeserver: HomeserverCard
  readonly username: UsernameCheck
  readonly policies: readonly Policy[]
  /** The ways to an account there, the easiest first; what is expected until the homeserver has told. */
  readonly ways: readonly SignUpWay[]
  /** Index of the way that the form is for. */
  readonly way: number
  readonly passwordRules: PasswordRules
  /** What the homeserver has already, from an attempt that stopped at something else. */
  readonly fulfilled: readonly SignUpNeed[]
  /** What the homeserver says of the invite code typed last. */
  readonly tokenCheck: 'none' | 'checking' | 'good' | 'bad'
  /** The password was typed before and is still held until the account is there. */
  readonly hasPassword: boolean
  /** What was typed and is no secret, for the next time that the form opens. */
  readonly draft: AccountDraft
  readonly isBusy: boolean
  readonly problem: AccountProblem | null
}

/** What is kept of a filled-in form. */
export interface AccountDraft {
  readonly username: string
  readonly email: string
  /** Policies that were agreed to, each as it was shown: in this version and this language. */
  readonly consents: readonly Policy[]
}

/** Something that is done outside of Foyer before the account is made. */
export type StageTask =
  | {
      readonly kind: 'email'
      readonly isDone: boolean
      readonly address: string
      /** When the mail may be sent once more, wall-clock milliseconds. */
      readonly resendAt: number
      /** How many mails were sent so far. */
      readonly sent: number
      /** The mail holds a code to be typed here, beside or instead of a link. */
      readonly takesCode: boolean
      readonly problem: 'wrongCode' | 'notSent' | 'tooMany' | 'unreachable' | null
      readonly isBusy: boolean
    }
  | {
      /** A page of the homeserver's in the browser. */
      readonly kind: 'captcha' | 'phone' | 'page'
      readonly isDone: boolean
      readonly stage: string
      readonly isOpened: boolean
      /** The homeserver turned out to have no page for the stage, so it can't be done. */
      readonly isMissing: boolean
    }

/** What the homeserver asks for before it makes the account; Foyer notices by itself when it is done. */
export interface StagesState extends InCommunity {
  readonly step: 'stages'
  /** The form that was filled in, to come back to. */
  readonly form: CreateAccountState
  readonly tasks: readonly StageTask[]
  /** Nobody answers, or not now: Foyer goes on asking. */
  readonly problem: Extract<AccountProblem, { kind: 'unreachable' | 'rateLimited' }> | null
}

/** Why the profile couldn't be saved. A closed list, each with its sentence. */
export type ProfileProblem = 'notAPicture' | 'tooBig' | 'refused' | 'unreachable'

/** What others see of an account so far. */
export interface KnownProfile {
  /** Empty where nobody has chosen one. */
  readonly name: string
}

/** A display name and a picture for a new account, both optional. */
export interface ProfileState extends InCommunity {
  readonly step: 'profile'
  readonly account: Account
  readonly known: KnownProfile
  readonly isBusy: boolean
  readonly problem: ProfileProblem | null
}

/** Signing in to an account that exists. */
export interface SignInState extends InCommunity {
  readonly step: 'signIn'
  readonly cards: readonly HomeserverCard[]
  /** The homeserver found for what was typed, or the one chosen before. */
  readonly homeserver: HomeserverCard | null
  /** A Matrix ID to begin with: the one of the pass that is to go on. */
  readonly knownId: string | null
  readonly own: OwnAccount | null
  readonly lookup: 'idle' | 'looking' | 'found' | LookUpProblem
  /** A server that was probably meant, where none was found. */
  readonly suggestion: string | null
  readonly acceptsPassword: boolean
  /** Who else may vouch for people there (single sign-on); null where nobody does, or that isn't known yet. */
  readonly providers: readonly IdentityProvider[] | null
  /** What was typed into the form for an account before. */
  readonly draft?: AccountDraft
  readonly isBusy: boolean
  readonly problem: AccountProblem | null
}

/** Signing up or in on a page of the homeserver's, in the system's browser or by a code on any other. */
export interface BrowserState extends InCommunity {
  readonly step: 'browser'
  readonly cards: readonly HomeserverCard[]
  readonly homeserver: HomeserverCard
  /** What the newcomer came for; it decides which page opens, and where back leads. */
  readonly intent: 'create' | 'signIn'
  /** The Matrix ID of the pass that is to go on. */
  readonly knownId: string | null
  /** Single sign-on, by this provider or by the homeserver's own page for it; null for OAuth 2.0. */
  readonly singleSignOn: { readonly provider: IdentityProvider | null } | null
  readonly way: 'browser' | 'code'
  /** `finishing` once the browser has answered. */
  readonly phase: 'preparing' | 'waiting' | 'finishing' | 'stopped'
  /** To be entered; null until the server has given one, and while the browser here is used. */
  readonly code: DeviceCode | null
  /** When the page or the code is given up, wall-clock milliseconds. */
  readonly expiresAt: number | null
  /** Whether the server can do with a code; until it has said so that is assumed. */
  readonly offersCode: boolean
  readonly problem: BrowserProblem | null
}

/** Choosing rooms. */
export interface RoomsState extends InCommunity {
  readonly step: 'rooms'
  readonly account: Account
  /** The community's questions are on the screen, the rooms behind them. */
  readonly isAsking: boolean
  /** ID of a shortcut into the list: one of Foyer's or of the community's. */
  readonly preset: string
  readonly chosen: readonly string[]
  /** Keys of rooms that the homeserver takes part in already; null until asked. */
  readonly roomsHere: readonly string[] | null
  /** True where the space holds rooms that show themselves only after joining it, and the choice includes them. */
  readonly includesHidden: boolean
  /** The rooms of the space are still being fetched. */
  readonly isLoading: boolean
  /** What the newcomer said about a quiet start; null until then, as the number of rooms decides. */
  readonly isQuiet: boolean | null
  /** The newcomer's own words for moderators of rooms that ask first; empty for Foyer's. */
  readonly knockReason: string
  /** No keyring here: the newcomer is asked whether to keep the sign-in in a file. */
  readonly asksToKeep: boolean
}

/** The doors are opening. */
export interface JoiningState extends InCommunity {
  readonly step: 'joining'
  readonly account: Account
  readonly progress: JoinProgress
  /** The choice included rooms that show themselves only inside the space. */
  readonly includesHidden: boolean
  /** A question over the hall. */
  readonly asks: 'resume' | 'stop' | 'leave' | null
}

/** You're in. */
export interface DoneState extends InCommunity {
  readonly step: 'done'
  readonly account: Account
  readonly progress: JoinProgress
  /** `asking` while Foyer could still do something for the newcomer, who therefore decides when the session ends. */
  readonly signOut: 'asking' | 'working' | 'done' | 'failed'
  /** A question over the hall. */
  readonly asks: 'leave' | null
}

/** Where the newcomer stands. The one state that main keeps, stores and shows. */
export type OnboardingState =
  | WelcomeState
  | AddingState
  | PreviewState
  | HomeserverState
  | CreateAccountState
  | StagesState
  | ProfileState
  | SignInState
  | BrowserState
  | RoomsState
  | JoiningState
  | DoneState
export type OnboardingStep = OnboardingState['step']

/** Every step that stands inside a community. */
export type InsideState = Exclude<OnboardingState, WelcomeState | AddingState>
