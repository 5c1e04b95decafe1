import type { Community } from '../communities/community.ts'
import type { SecondsRange } from '../joining/estimate.ts'
import type { JoinReason, JoinStatus } from '../joining/queue.ts'
import type { ServerSoftware } from '../homeservers/software.ts'

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
}

/** An account that the newcomer said they have, so that no second one is made by accident. */
export interface OwnAccount {
  readonly server: string
  /** The whole Matrix ID, where they typed one. */
  readonly userId: string | null
  /** The institution whose people have accounts there. */
  readonly institution: string | null
}

/** A policy whose acceptance the homeserver asks for. */
export interface Policy {
  readonly id: string
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
  | { readonly kind: 'weakPassword'; readonly minimumLength: number | null }
  | { readonly kind: 'usernameTaken' }
  | { readonly kind: 'usernameInvalid' }
  | { readonly kind: 'wrongToken' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'needsBrowser' }
  | { readonly kind: 'rateLimited'; readonly retryAt: number }
  | { readonly kind: 'deactivated' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unknown'; readonly detail: string }

/** Who the newcomer is now. Holds nothing secret. */
export interface Account {
  readonly userId: string
  readonly homeserver: string
}

/** A shortcut into the list of rooms. */
export type Preset = 'suggested' | 'all' | 'lobby' | 'own'

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
}

/** The front doors. */
export interface WelcomeState {
  readonly step: 'welcome'
  readonly communities: readonly CommunityCard[]
  readonly experience: Experience
  /** Signed in from an earlier step, so that the next community needs no account of its own. */
  readonly account: Account | null
  readonly link:
    | { readonly kind: 'idle' }
    | { readonly kind: 'looking' }
    | {
        readonly kind: 'failed'
        readonly reason: 'badLink' | 'badFile' | 'person' | 'unreachable' | 'missing' | 'private'
      }
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
  readonly needsToken: boolean
  readonly isBusy: boolean
  readonly problem: AccountProblem | null
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
  readonly isBusy: boolean
  readonly problem: AccountProblem | null
}

/** Choosing rooms. */
export interface RoomsState extends InCommunity {
  readonly step: 'rooms'
  readonly account: Account
  readonly preset: Preset
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
  | PreviewState
  | HomeserverState
  | CreateAccountState
  | SignInState
  | RoomsState
  | JoiningState
  | DoneState
export type OnboardingStep = OnboardingState['step']
