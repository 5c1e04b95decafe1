import { isAlias, serverOf } from '../../core/addresses/room-address.ts'
import type { Draft } from '../../core/checking/draft.ts'
import type { Facts } from '../../core/checking/facts.ts'
import type { Session } from '../../matrix/client.ts'
import { gatherFacts, type AskedRoom } from '../../matrix/checking/gather-facts.ts'
import { lookAtRoom, Servers } from '../../matrix/checking/look-at-room.ts'
import { amongStrangers, type Strangers } from '../../matrix/homeserver/strangers.ts'
import { Politeness } from '../../matrix/checking/politeness.ts'
import { sessionOfToken } from '../account.ts'
import type { CheckOptions } from '../check-arguments.ts'
import { Failure } from '../failure.ts'
import { openNetwork } from '../network.ts'
import { readSecret } from '../secret.ts'
import type { Target } from './target.ts'

/**
 * Opens the way to the homeservers, with an account where one is named. Loaded only when somebody is to be asked, as
 * the library for Matrix takes a second.
 */
export async function openOnline(
  { proxy, caPath, user, from }: Pick<CheckOptions, 'proxy' | 'caPath' | 'user' | 'from'>,
  input: NodeJS.ReadStream,
  signal: AbortSignal,
): Promise<Online> {
  const opened = await openNetwork(proxy, caPath)
  // A manifest may be anybody's, and a check may run inside a network that isn't everybody's.
  const named = [...from, ...(user === null ? [] : [user.server])]
  const network = amongStrangers(opened.fetch, opened.resolveHost, named)
  if (user === null) return { network, session: null }
  const token = await readSecret(input, 'token', signal)
  const found = await network.homeservers.find(user.server)
  if (!found.ok) throw new Failure('noServer', `${user.server} isn’t answering. Try again later.`)
  const door = { baseUrl: found.value, serverName: user.server, user: user.id }
  return { network, session: await sessionOfToken(network, door, token, signal) }
}

/** The way to the homeservers, and maybe an account to look from. */
export interface Online {
  readonly network: Strangers
  readonly session: Session | null
}

/** What to ask with. */
export interface Asking extends Online {
  readonly from: readonly string[]
  readonly asksSignUp: boolean
  readonly signal: AbortSignal
  readonly onProgress: (done: number, of: number) => void
}

/** Asks about a target. Null where it has nothing that could be asked about. */
export async function askAbout(target: Target, asking: Asking): Promise<Facts | null> {
  const { network, ...rest } = asking
  const rooms = target.kind === 'link' ? await roomsOfLink(target, asking) : askedOf(target.check.draft)
  if (rooms === null) return null
  return gatherFacts({ ...rest, ...rooms, fetch: network.fetch, homeservers: network.homeservers })
}

/** What homeservers are to be asked about. */
interface Asked {
  readonly space: AskedRoom | null
  readonly rooms: readonly AskedRoom[]
}

/** The space and the rooms of a manifest, each once; null where there is none. */
export function askedOf(draft: Draft | null): Asked | null {
  if (draft === null) return null
  const seen = new Set<string>()
  const rooms = draft.rooms.flatMap((room): AskedRoom[] => {
    const { address, via, path, label, isSuggested } = room
    if (address === null || seen.has(address)) return []
    seen.add(address)
    return [{ address, via, path, label, isSuggested }]
  })
  const { space } = draft
  return {
    space:
      space?.address === undefined || space.address === null
        ? null
        : { address: space.address, via: space.via, path: space.path, label: null, isSuggested: false },
    rooms,
  }
}

// Only a server can say whether a link leads to a space or to a room.
async function roomsOfLink({ link }: Extract<Target, { kind: 'link' }>, asking: Asking): Promise<Asked> {
  const politeness = new Politeness(asking.network.fetch)
  const servers = new Servers(asking.network.homeservers)
  const own = isAlias(link.address) ? serverOf(link.address) : (link.via[0] ?? null)
  const room = { ...link, path: [], label: null, isSuggested: false }
  for (const server of new Set([...(own === null ? [] : [own]), ...asking.from])) {
    const { details } = await lookAtRoom({ politeness, servers }, server, link, asking.signal)
    if (details?.sight === 'seen')
      return details.isSpace ? { space: room, rooms: [] } : { space: null, rooms: [room] }
  }
  return { space: null, rooms: [room] }
}
