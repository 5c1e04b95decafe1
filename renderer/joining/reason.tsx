import { isAlias, isRoomId } from '../../core/addresses/room-address.ts'
import { contactLink } from '../../core/communities/contact.ts'
import { lobbyOf, roomTitle, type Community } from '../../core/communities/community.ts'
import type { JoinReason } from '../../core/joining/queue.ts'
import type { Account, JoinLine } from '../../core/onboarding/state.ts'
import type { Key, Values, Words } from '../i18n/words.tsx'

/** What a reason is told with. */
export interface ReasonContext {
  readonly community: Community
  readonly account: Account
  /** Nothing more is tried by itself. */
  readonly isOver: boolean
  /** Foyer can still try a room again. */
  readonly mayRetry: boolean
}

/** What can be done about a reason, one thing each. */
export type ReasonAction =
  | { readonly kind: 'copyId'; readonly key: Key }
  | { readonly kind: 'retry'; readonly key: Key }
  | { readonly kind: 'takeBack'; readonly key: Key }
  | { readonly kind: 'open'; readonly key: Key; readonly link: string }

/** The word for a reason, as it stands at the end of a row. */
export function statusKey(reason: JoinReason | 'signedOut'): Key {
  return `reason.${reason}.status`
}

/** What happened and what it means. */
export function reasonText(
  reason: JoinReason | 'signedOut',
  line: JoinLine | null,
  context: ReasonContext,
  t: Words['t'],
): readonly [Key, Values] {
  const { community, account } = context
  const lobby = lobbyOf(community)
  const values: Values = {
    homeserver: account.homeserver,
    community: community.name,
    server: line?.server ?? t('app.itsServer'),
    lobby: (lobby && roomTitle(lobby)) || community.name,
    address: addressOf(line, community),
    contact: t(reason === 'movedLost' ? 'app.teamStart' : 'app.team', { community: community.name }),
  }
  if (reason === 'unreachable') {
    return [context.isOver ? 'reason.unreachable.textOver' : 'reason.unreachable.textSoon', values]
  }
  // While Foyer has its session it waits along.
  if ((reason === 'asked' || reason === 'invite') && context.mayRetry)
    return [`reason.${reason}.textOpen`, values]
  return [`reason.${reason}.text`, values]
}

/** The one thing to do about it, or null where nothing is to be done or Foyer has no way there. */
export function reasonAction(
  line: JoinLine,
  { community, mayRetry }: Pick<ReasonContext, 'community' | 'mayRetry'>,
): ReasonAction | null {
  const contact = contactLink(community.contact) ?? community.website
  const write = (key: Key): ReasonAction | null =>
    contact === null ? null : { kind: 'open', key, link: contact }
  const retry = (key: Key): ReasonAction | null =>
    mayRetry && line.status === 'notJoined' ? { kind: 'retry', key } : null
  switch (line.reason) {
    case 'invite':
      return { kind: 'copyId', key: 'reason.invite.action' }
    case 'banned':
    case 'movedLost':
      return write('reason.contactAction')
    case 'notFound':
      return write('reason.notFound.action')
    case 'unreachable':
      return retry('reason.unreachable.action')
    case 'unknown':
      return retry('reason.unknown.action')
    case 'left':
      return retry('reason.left.action')
    case 'takenBack':
      return retry('reason.takenBack.action')
    case 'asked':
      return mayRetry ? { kind: 'takeBack', key: 'reason.asked.action' } : null
    case 'moved':
    case 'tooBig':
    case 'version':
    case 'locked':
    case 'suspended':
    case 'deactivated':
    case 'expired':
    case 'plan':
    case 'terms':
    case 'arriving':
    case 'spaceFirst':
    case 'blocked':
    case null:
      return null
  }
}

function addressOf(line: JoinLine | null, community: Community): string {
  if (line === null) return ''
  const address = community.rooms.find((room) => room.key === line.key)?.address ?? line.key
  return isAlias(address) || isRoomId(address) ? address : line.name
}
