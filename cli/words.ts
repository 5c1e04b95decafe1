import { serverOf } from '../core/addresses/room-address.ts'
import type { SecondsRange } from '../core/joining/estimate.ts'
import type { JoinReason, QueueEntry } from '../core/joining/queue.ts'
import type { AccountProblem, BrowserProblem, DiscoveryProblem } from '../core/onboarding/state.ts'
import { NO_ACCOUNT_SERVER } from '../matrix/account/oauth/sign-in.ts'
import { assertNever } from '../core/result.ts'
import type { Failure } from './failure.ts'

/* What the command line says, in English: what happened, and what to do next. The screens say the same in their way. */

/** Who and what a sentence is about. */
export interface Scene {
  readonly community: string
  readonly homeserver: string
}

type Subject = Pick<QueueEntry, 'address' | 'via'>

const reasons: Readonly<Record<JoinReason, (room: Subject, scene: Scene) => string>> = {
  invite: () => 'By invitation only. Ask someone inside to invite you.',
  asked: () => 'Asked to join. A moderator decides; your chat app shows the invitation if they say yes.',
  banned: () => 'The moderators of this room have blocked this account.',
  unreachable: (room) =>
    `${serverOf(room.address) ?? room.via[0] ?? 'Its server'} isn’t answering. Try again later.`,
  moved: () => 'This room has a new address. Foyer went there and joined it.',
  movedLost: () => 'This room has moved, but its new address leads nowhere. Ask the community where it went.',
  tooBig: (_, { homeserver }) => `${homeserver} doesn’t open rooms of this size.`,
  version: (_, { homeserver }) =>
    `${homeserver} needs newer software for this room. Its admins can update it.`,
  locked: (_, { homeserver }) => `${homeserver} has locked this account. Its support can tell you why.`,
  suspended: (_, { homeserver }) =>
    `${homeserver} has suspended this account, so it can’t join rooms for now. Its support can tell you why.`,
  deactivated: () => 'This account was closed for good. Sign in with another one.',
  expired: (_, { homeserver }) =>
    `This account has to be renewed first; ${homeserver} has sent a mail about it. Then go on.`,
  plan: (_, { homeserver }) =>
    `The plan on ${homeserver} includes no more rooms. Leave some, or change the plan.`,
  terms: (_, { homeserver }) =>
    `${homeserver} has terms to accept first. Sign in there with a browser, then go on.`,
  notFound: (room) => `There is no room at ${room.address}. The community’s list may be out of date.`,
  arriving: (_, { homeserver }) => `A big room: ${homeserver} is still fetching it. It appears by itself.`,
  spaceFirst: (_, { community }) => `For members of ${community}. Try again once you are in.`,
  blocked: (_, { homeserver }) => `${homeserver} doesn’t let its people into this room.`,
  takenBack: () => 'The request was taken back. It can be made again.',
  left: () => 'It was left again. It can be joined once more.',
  unknown: (_, { homeserver }) => `${homeserver} said no without a reason that Foyer knows.`,
}

/** Why a room isn't joined. */
export function reasonSentence(reason: JoinReason | null, room: Subject, scene: Scene): string {
  return reasons[reason ?? 'unknown'](room, scene)
}

/** Why the whole run stopped. */
export function stopSentence(reason: JoinReason | 'signedOut' | null, scene: Scene): string {
  if (reason === 'signedOut') return `${scene.homeserver} has ended this session. Sign in again to go on.`
  return reasonSentence(reason, { address: '', via: [] }, scene)
}

/** How a stop is reported to programs. */
export function stopReason(reason: JoinReason | 'signedOut' | null): Failure['reason'] {
  switch (reason) {
    case 'signedOut':
    case 'locked':
    case 'suspended':
    case 'deactivated':
    case 'expired':
    case 'plan':
    case 'terms':
      return reason
    default:
      return 'unknown'
  }
}

/** Why signing in didn't work. */
export function problemSentence(problem: AccountProblem, server: string, user: string): string {
  switch (problem.kind) {
    case 'wrongPassword':
      return `${server} doesn’t accept this password for ${user}.`
    case 'deactivated':
      return `The account ${user} was closed for good.`
    case 'locked':
      return `${server} has locked ${user}. Its support can tell you why.`
    case 'suspended':
      return `${server} has suspended ${user}, so it can’t join rooms for now. Its support can tell you why.`
    case 'awaitingApproval':
      return `The admins of ${server} have yet to let ${user} in. Try again later.`
    case 'expired':
      return `${user} has to be renewed first; ${server} has sent a mail about it.`
    case 'needsBrowser':
      return `${server} signs people in with a browser. Bring an access token with --token-stdin instead.`
    case 'unreachable':
      return `${server} isn’t answering. Try again later.`
    case 'rateLimited':
      return `${server} asks to wait before the next sign-in. Try again later.`
    case 'closed':
    case 'weakPassword':
    case 'wrongToken':
    case 'usernameTaken':
    case 'usernameInvalid':
    case 'emailInUse':
    case 'emailDenied':
    case 'emailInvalid':
    case 'emailNotSent':
    case 'sessionExpired':
    case 'passwordAgain':
    case 'otherAccount':
      return `${server} doesn’t let ${user} sign in.`
    case 'unknown':
      return `${server} doesn’t let ${user} sign in (${problem.detail}).`
    default:
      return assertNever(problem)
  }
}

/** “about 2 min”, or a range where it isn't known which rooms are near. */
export function durationText({ low, high }: SecondsRange): string {
  const [least, most] = [Math.round(low / 60), Math.round(high / 60)]
  if (most === 0) return 'less than a minute'
  if (least === most) return `about ${most} min`
  return least === 0 ? `up to ${most} min` : `${least} to ${most} min`
}

/** A span as a clock shows it: 0:08, 12:30. */
export function clockText(milliseconds: number): string {
  const whole = Math.max(0, Math.ceil(milliseconds / 1_000))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** Why not everything is as quiet as it was to be, or not as it was before. */
export function quietTrouble({ homeserver }: Pick<Scene, 'homeserver'>): string {
  return `${homeserver} didn’t take every setting of the quiet start. Run the same command again.`
}

/** The journal at `path` leaves nothing to do. */
export function nothingLeft(path: string): string {
  return `The journal ${path} says that nothing is left to do. Remove it to begin anew.`
}

/** How far leaving got. */
export function leaveText(left: number, count: number): string {
  if (count === 0) return 'There was nothing to leave.'
  return left === count ? `Left all ${count} rooms again.` : `Left ${left} of ${count} rooms again.`
}

/** The one line of a terminal: how far it got, how long it takes, and when the next request goes out. */
export function progressText(
  joined: number,
  asked: number,
  secondsLeft: SecondsRange | null,
  nextIn: number | null,
): string {
  const parts = [`${joined} of ${asked} joined`]
  if (secondsLeft !== null) parts.push(`${durationText(secondsLeft)} left`)
  if (nextIn !== null && nextIn > 0) parts.push(`next in ${clockText(nextIn)}`)
  return parts.join(', ')
}

const discoveries: Readonly<Record<DiscoveryProblem, (server: string) => string>> = {
  noServer: (server) => `No homeserver answers at ${server}. Check the name, or try again later.`,
  brokenFile: (server) =>
    `${server} names its homeserver in a file that can’t be read (/.well-known/matrix/client). Try the homeserver’s own address.`,
  wrongAddress: (server) => `${server} points to a homeserver that isn’t there. Its admins can mend that.`,
  insecure: (server) =>
    `${server} would take the password over an open line, so Foyer doesn’t go there. Its admins can mend that.`,
  tooOld: (server) => `The homeserver of ${server} is too old for Foyer. Its admins can update it.`,
}

/** Why no homeserver was found under a name, and what to do about it. */
export function noServerWords(problem: DiscoveryProblem, server: string): string {
  return discoveries[problem](server)
}

/** Why signing in by a code didn't work out. */
export function browserSentence(problem: BrowserProblem, server: string): string {
  switch (problem.kind) {
    case 'denied':
      return `The page of ${server} was told not to let Foyer in.`
    case 'codeExpired':
    case 'timedOut':
      return 'The code wasn’t entered in time. Run the same command again for a new one.'
    case 'noCode':
      return `${server} gives no codes. Use --password-stdin or --token-stdin.`
    case 'unreachable':
      return `The account server of ${server} isn’t answering. Try again later.`
    case 'rateLimited':
      return `${server} asks for a rest before the next sign-in. Try again later.`
    case 'mixedUp':
    case 'noWayBack':
    case 'noBrowser':
    case 'interrupted':
      return `Signing in on ${server} didn’t come to an end. Try again.`
    case 'unknown':
      return problem.detail === NO_ACCOUNT_SERVER
        ? `${server} has no sign-in by code. Use --password-stdin or --token-stdin.`
        : `${server} said no in a way Foyer doesn’t know (${problem.detail}).`
  }
}
