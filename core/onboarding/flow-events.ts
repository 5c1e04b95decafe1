import type { AddingPage } from '../adding/page-state.ts'
import type { Community, RoomFacts, SpaceChild } from '../communities/community.ts'
import type { UserEvent } from './events.ts'
import type { PasswordRules } from './password-rules.ts'
import type { SignUpNeed, SignUpWay } from './sign-up-ways.ts'
import type {
  Account,
  AccountProblem,
  BrowserProblem,
  CommunityCard,
  DeviceCode,
  Errand,
  HomeserverCard,
  IdentityProvider,
  JoinedCard,
  JoinProgress,
  JoiningState,
  KnownProfile,
  LinkHints,
  LookUpProblem,
  OwnAccount,
  Policy,
  ProfileProblem,
  Said,
  StagesState,
  StageTask,
  UsernameCheck,
  WelcomeState,
} from './state.ts'

/** What the flows report back: answers of servers, and the progress of joining. */
export type FlowEvent =
  | { readonly type: 'communitiesRead'; readonly communities: readonly CommunityCard[] }
  /** What is known of the communities that were joined earlier. */
  | { readonly type: 'joinedRead'; readonly joined: readonly JoinedCard[]; readonly isWatching: boolean }
  /** Back to one of them, with the account that joined it. */
  | {
      readonly type: 'communityReturned'
      readonly community: Community
      readonly errand: Errand
      /** What they said then. */
      readonly said: Said
      readonly account: Account
      readonly homeserver: HomeserverCard
    }
  | { readonly type: 'linkLookedUp'; readonly link: WelcomeState['link'] }
  | {
      readonly type: 'communityOpened'
      readonly community: Community
      readonly at: number
      readonly hints?: LinkHints
    }
  | { readonly type: 'pageChanged'; readonly page: AddingPage }
  | { readonly type: 'factsArrived'; readonly key: string; readonly facts: RoomFacts }
  | { readonly type: 'previewEnded'; readonly phase: 'answered' | 'offline' }
  | {
      readonly type: 'homeserversListed'
      readonly cards: readonly HomeserverCard[]
      /** There are more that could be suggested; false until that is settled. */
      readonly hasFurther?: boolean
    }
  | { readonly type: 'homeserverChanged'; readonly name: string; readonly change: Partial<HomeserverCard> }
  /** `own`: what was typed says that there is an account already. */
  | {
      readonly type: 'anotherFound'
      readonly card: HomeserverCard
      readonly acceptsPassword: boolean
      readonly own: OwnAccount | null
    }
  | {
      readonly type: 'anotherFailed'
      readonly serverName: string
      readonly reason: LookUpProblem
      readonly suggestion: string | null
    }
  | {
      readonly type: 'signUpOpened'
      readonly homeserver: HomeserverCard
      readonly policies: readonly Policy[]
      readonly acceptsPassword: boolean
    }
  | { readonly type: 'usernameChecked'; readonly check: UsernameCheck }
  | {
      readonly type: 'waysLearned'
      readonly ways: readonly SignUpWay[]
      readonly policies: readonly Policy[]
      readonly passwordRules: PasswordRules
    }
  | { readonly type: 'tokenChecked'; readonly check: 'none' | 'good' | 'bad' }
  /** `fulfilled`: what the homeserver has already and needn't be done again. */
  | {
      readonly type: 'accountRefused'
      readonly problem: AccountProblem
      readonly fulfilled?: readonly SignUpNeed[]
    }
  | {
      readonly type: 'stagesOpened'
      readonly tasks: readonly StageTask[]
      readonly fulfilled: readonly SignUpNeed[]
    }
  | {
      readonly type: 'stagesChanged'
      readonly tasks: readonly StageTask[]
      readonly problem: StagesState['problem']
    }
  | { readonly type: 'profileSaved' }
  | { readonly type: 'profileRefused'; readonly problem: ProfileProblem }
  | {
      readonly type: 'idLookedUp'
      readonly homeserver: HomeserverCard
      readonly acceptsPassword: boolean
      readonly own: OwnAccount | null
    }
  | { readonly type: 'idNotFound'; readonly reason: LookUpProblem; readonly suggestion: string | null }
  | {
      readonly type: 'loginWaysLearned'
      /** Name of the homeserver that was asked. */
      readonly homeserver: string
      readonly acceptsPassword: boolean
      readonly providers: readonly Pick<IdentityProvider, 'id' | 'name'>[] | null
    }
  /** The icon of one of a homeserver's identity providers. */
  | {
      readonly type: 'iconArrived'
      readonly homeserver: string
      readonly provider: string
      readonly icon: string
    }
  | { readonly type: 'pageOpened'; readonly expiresAt: number; readonly offersCode: boolean }
  | { readonly type: 'codeArrived'; readonly code: DeviceCode; readonly expiresAt: number }
  | { readonly type: 'browserAnswered' }
  | { readonly type: 'browserFailed'; readonly problem: BrowserProblem }
  /** `profile`: where name and picture are worth asking for; null for an account that has them, or is in use. */
  | { readonly type: 'signedIn'; readonly account: Account; readonly profile: KnownProfile | null }
  | { readonly type: 'keepAsked'; readonly isAsked: boolean }
  /** What the space itself says of the community. */
  | { readonly type: 'manifestFound'; readonly described: Community }
  | { readonly type: 'spaceOpened'; readonly children: readonly SpaceChild[] }
  | { readonly type: 'roomsLoaded'; readonly roomsHere: readonly string[] | null }
  | { readonly type: 'joinProgressed'; readonly progress: JoinProgress; readonly community: Community }
  | {
      readonly type: 'joiningOpened'
      readonly community: Community
      readonly account: Account
      readonly progress: JoinProgress
      readonly includesHidden: boolean
      readonly asks: JoiningState['asks']
    }
  /** `staysSignedIn`: there may still be something to do, so the session is kept until the newcomer decides. */
  | { readonly type: 'joiningEnded'; readonly staysSignedIn: boolean }
  /** A pass that is to go on without its token: it was to be forgotten. */
  | {
      readonly type: 'signInNeeded'
      readonly community: Community
      readonly homeserver: HomeserverCard
      readonly userId: string
      readonly said?: Said
    }
  | { readonly type: 'signedOut'; readonly isDone: boolean }

/** Whatever changes the state of the pass. */
export type OnboardingEvent = UserEvent | FlowEvent
