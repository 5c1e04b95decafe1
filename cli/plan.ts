import type { RoomAddress } from '../core/addresses/room-address.ts'
import {
  blankFacts,
  blankRoom,
  communityFromAddress,
  communityFromManifest,
  type Community,
  type RoomFacts,
} from '../core/communities/community.ts'
import { ownPresets } from '../core/communities/own-presets.ts'
import type { JoinState } from '../core/joining/join-state.ts'
import { estimateSeconds, type SecondsRange } from '../core/joining/estimate.ts'
import { freshPace } from '../core/joining/pace.ts'
import { planJoins } from '../core/joining/plan.ts'
import { isSettled, unconfirmed } from '../core/joining/queue.ts'
import { chosenBy, hasHiddenRooms } from '../core/onboarding/choice.ts'
import { Failure } from './failure.ts'
import type { JoinOptions } from './join-arguments.ts'
import type { Journal } from './journal.ts'
import type { Source } from './source.ts'

/** Which of a community's rooms are wanted. */
export interface Choice {
  /** Null where rooms were chosen one by one. */
  readonly preset: string | null
  readonly rooms: readonly RoomAddress[]
}

/** What was chosen on the command line, or goes without saying. Throws where the community has no such preset. */
export function choiceOf(options: Pick<JoinOptions, 'preset' | 'rooms'>, source: Source): Choice {
  const { preset, rooms } = options
  if (rooms.length > 0) return { preset: null, rooms }
  if (source.kind === 'link') return { preset: knownPreset(preset ?? 'all', []), rooms: [] }
  const { manifest } = source
  return { preset: knownPreset(preset ?? manifest.preset ?? 'suggested', manifest.presets), rooms: [] }
}

/** Throws where the community has rules to agree to before joining, and nobody said that they do. */
export function mustAgree(options: Pick<JoinOptions, 'agreesToRules' | 'isDryRun'>, source: Source): void {
  if (source.kind === 'link' || options.agreesToRules || options.isDryRun) return
  const { name, rules } = source.manifest
  if (rules?.accept !== true) return
  const sentence = `${name} asks you to agree to its rules: ${rules.url}. Once you have read them, add --agree-to-rules.`
  throw new Failure('usage', sentence)
}

function knownPreset(preset: string, offered: readonly { readonly id: string }[]): string {
  const ids = [...ownPresets.filter((id) => id !== 'own'), ...offered.map(({ id }) => id)]
  if (ids.includes(preset)) return preset
  throw new Failure('usage', `There is no preset “${preset}” here. There are: ${ids.join(', ')}.`)
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

/** How many rooms the space is said to have beside those that it shows, as far as they are wanted. */
export function hiddenCount({ roomCount, rooms }: Community, inside: Journal['inside']): number {
  return inside === 'unlisted' ? Math.max(0, roomCount - rooms.length) : 0
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
  const hidden = hiddenCount(community, inside)
  const [local, remote] = [count(true), count(false)]
  return estimateSeconds({ local, remote, unknown: open.length - local - remote + hidden }, pace, now)
}
