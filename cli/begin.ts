import type { Community, RoomFacts } from '../core/communities/community.ts'
import { withSpaceChildren } from '../core/communities/community.ts'
import { nothingEntered } from '../core/joining/entered.ts'
import { isQuietFor } from '../core/onboarding/choice.ts'
import { sessionClient, type Session } from '../matrix/client.ts'
import { withLeftOutRooms } from '../matrix/rooms/left-out-rooms.ts'
import { askSpaceChildren } from '../matrix/rooms/space-children.ts'
import { Failure } from './failure.ts'
import { namesOf, type Beginning } from './joining.ts'
import { lookAround, lookUpRoom, roomsHere } from './look-around.ts'
import type { Network } from './network.ts'
import { chosenKeys, communityOf, freshState, hiddenCount, insideOf, type Choice } from './plan.ts'
import { sleep } from '../matrix/clock.ts'
import type { Source } from './source.ts'

/** The homeserver of the account. */
export interface Home {
  readonly baseUrl: string
  readonly serverName: string
}

/**
 * Plans a run: asks what stands at the link, about every room, and which rooms the homeserver takes part in. With a
 * session it also sees the rooms of a space that shows them. Joins nothing.
 */
export async function begin(
  network: Network,
  home: Home,
  session: Session | null,
  source: Source,
  choice: Choice,
  isQuiet: boolean | null,
  signal: AbortSignal,
): Promise<Beginning> {
  const hints = [home.serverName]
  const facts = source.kind === 'manifest' ? null : await factsOf(network, source, hints, signal)
  const bare = communityOf(source, facts, choice)
  const seen = await lookAround(network, bare, hints, signal)
  const community = session === null ? seen : await withShownChildren(network, session, seen, signal)
  signal.throwIfAborted()
  const keys = chosenKeys(community, bare, choice)
  const chosen = new Set(keys)
  const wanted = community.rooms.filter((room) => chosen.has(room.key))
  const here = await roomsHere(network, home, wanted, signal)
  const inside = insideOf(community, choice)
  const count = keys.length + hiddenCount(community, inside)
  return {
    community,
    choice,
    state: freshState(community, keys, here),
    inside,
    names: namesOf(community),
    entered: nothingEntered,
    quiet: { isWanted: isQuietFor(isQuiet, count), marks: [] },
    wantsQuiet: isQuiet,
  }
}

async function factsOf(
  network: Network,
  source: Extract<Source, { kind: 'link' }>,
  hints: readonly string[],
  signal: AbortSignal,
): Promise<RoomFacts> {
  const { link } = source
  const facts = await lookUpRoom(network, link, hints, new Set(), signal)
  if (facts.sight === 'missing') throw new Failure('notFound', `There is no room at ${link.address}.`)
  if (facts.sight === 'unreachable')
    throw new Failure('unreachable', `No server could say what ${link.address} is. Try again later.`)
  return facts
}

async function withShownChildren(
  network: Network,
  session: Session,
  community: Community,
  signal: AbortSignal,
): Promise<Community> {
  const { space } = community
  const roomId = space?.roomId ?? (space?.address.startsWith('!') ? space.address : null)
  if (roomId === null) return community
  const client = sessionClient(session, network.fetch)
  const shown = await askSpaceChildren(client, roomId, { sleep, signal })
  if (shown === null) return community
  return withSpaceChildren(community, await withLeftOutRooms(client, shown, { sleep, signal }))
}
