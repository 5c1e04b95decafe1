import type { RoomAddress } from '../core/addresses/room-address.ts'
import {
  blankFacts,
  blankRoom,
  communityFromAddress,
  communityFromManifest,
  type Community,
  type RoomFacts,
} from '../core/communities/community.ts'
import type { JoinState } from '../core/joining/engine.ts'
import { estimateSeconds, type SecondsRange } from '../core/joining/estimate.ts'
import { freshPace } from '../core/joining/pace.ts'
import { planJoins } from '../core/joining/plan.ts'
import { isSettled, unconfirmed } from '../core/joining/queue.ts'
import { chosenBy, hasHiddenRooms } from '../core/onboarding/choice.ts'
import type { JoinOptions, NamedPreset } from './join-arguments.ts'
import type { Journal } from './journal.ts'
import type { Source } from './source.ts'

/** Which of a community's rooms are wanted. */
export interface Choice {
  /** Null where rooms were chosen one by one. */
  readonly preset: NamedPreset | null
  readonly rooms: readonly RoomAddress[]
}

/** What was chosen on the command line, or goes without saying. */
export function choiceOf(options: Pick<JoinOptions, 'preset' | 'rooms'>, source: Source): Choice {
  const { preset, rooms } = options
  if (rooms.length > 0) return { preset: null, rooms }
  return { preset: preset ?? (source.kind === 'manifest' ? 'suggested' : 'all'), rooms: [] }
}

/** The choice in words that stay the same from run to run. */
export function choiceId({ preset, rooms }: Choice): string {
  return preset ?? rooms.map((room) => room.address).join(' ')
}

/** The community as its source describes it, with the rooms that were chosen without being listed there. */
export function communityOf(source: Source, facts: RoomFacts | null, choice: Choice): Community {
  const community =
    source.kind === 'manifest'
      ? communityFromManifest(source.manifest)
      : communityFromAddress(source.link, facts ?? { ...blankFacts('seen'), isSpace: true })
  const section = community.sections[0]?.id ?? 'rooms'
  const unlisted = choice.rooms
    .filter((room) => !community.rooms.some((each) => each.address === room.address))
    .map((room) => blankRoom(room, section))
  return { ...community, rooms: [...community.rooms, ...unlisted] }
}

/**
 * Keys of the rooms to ask for. Rooms that a maintainer listed are asked for even where they don't show themselves,
 * so that each of them is accounted for at the end.
 */
export function chosenKeys(community: Community, bare: Community, choice: Choice): string[] {
  if (choice.preset === null) return choice.rooms.map((room) => room.address)
  const keys = [...chosenBy(choice.preset, bare, []), ...chosenBy(choice.preset, community, [])]
  return [...new Set(keys)]
}

/** Whether the choice takes in rooms that show themselves only inside the space. */
export function insideOf(community: Community, choice: Choice): Journal['inside'] {
  const { preset } = choice
  const isWanted =
    community.space !== null &&
    preset !== null &&
    (preset === 'all' ? hasHiddenRooms(community) : community.rooms.length === 0)
  return isWanted ? 'unlisted' : 'unwanted'
}

/**
 * The queue before anything was asked for. The driver looks first which rooms the account is in already; after a lost
 * journal that is how it is rebuilt.
 */
export function freshState(
  community: Community,
  keys: readonly string[],
  here: readonly string[],
): JoinState {
  return { queue: unconfirmed(planJoins(community, keys, here)), pace: freshPace }
}

/** How long what is left of a plan takes, at `now` on the clock of its pace. */
export function planSeconds(
  { queue, pace }: JoinState,
  community: Community,
  inside: Journal['inside'],
  now: number,
): SecondsRange {
  const open = queue.entries.filter((entry) => !isSettled(entry))
  const count = (isLocal: boolean): number => open.filter((entry) => entry.isLocal === isLocal).length
  const hidden = inside === 'unlisted' ? Math.max(0, community.roomCount - community.rooms.length) : 0
  const [local, remote] = [count(true), count(false)]
  return estimateSeconds({ local, remote, unknown: open.length - local - remote + hidden }, pace, now)
}
