import { parseHomeserverInput } from '../../core/addresses/homeserver-input.ts'
import { isAlias } from '../../core/addresses/room-address.ts'
import type { Community } from '../../core/communities/community.ts'
import { estimateSeconds } from '../../core/joining/estimate.ts'
import type { HomeserverCard, Policy } from '../../core/onboarding/state.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import { probeSignUp } from '../../matrix/homeserver/probe.ts'
import { askAliasDirectory } from '../../matrix/rooms/room-summary.ts'
import { inParallel } from '../../matrix/in-parallel.ts'
import type { OnboardingPorts } from './ports.ts'

const MOST_CARDS = 3
const PARALLEL = 3

/** A card before anything is known but the name. */
export function blankCard(name: string, about: HomeserverCard['about']): HomeserverCard {
  return { name, about, probe: 'asking', signUp: 'unknown', baseUrl: null, roomsHere: null, seconds: null }
}

/** The homeservers to suggest for a community: what its manifest says, and matrix.org where that says too little. */
export function suggestedCards(community: Community): HomeserverCard[] {
  const hints = [...community.homeservers]
  if (!hints.some((hint) => hint.name === 'matrix.org'))
    hints.push({ name: 'matrix.org', about: 'matrixorg' })
  return hints.slice(0, MOST_CARDS).map((hint) => blankCard(hint.name, hint.about))
}

/** Asks one homeserver how sign-up works there. Never rejects for what it answers. */
export async function probeCard(
  ports: OnboardingPorts,
  name: string,
): Promise<Partial<HomeserverCard> & { policies: readonly Policy[]; acceptsPassword: boolean }> {
  const found = await ports.homeservers.find(name)
  const probe = found.ok ? await probeSignUp(ports.fetch, found.value) : null
  if (!found.ok || probe === null) return { probe: 'unreachable', policies: [], acceptsPassword: false }
  return {
    probe: 'answered',
    signUp: probe.kind,
    baseUrl: found.value,
    policies: probe.policies,
    acceptsPassword: probe.acceptsPassword,
  }
}

/**
 * Which of the community's rooms a homeserver takes part in already, by its alias directory, and how long joining
 * takes from there. Rooms known by ID only count as not there, since nobody can be asked without an account.
 */
export async function fitOf(
  ports: OnboardingPorts,
  card: HomeserverCard & { baseUrl: string },
  community: Community,
  signal: AbortSignal,
): Promise<Pick<HomeserverCard, 'roomsHere' | 'seconds'>> {
  const here: string[] = []
  await inParallel(community.rooms, PARALLEL, async (room) => {
    if (!isAlias(room.address)) return
    const found = await askAliasDirectory(ports.fetch, card.baseUrl, room.address, { signal })
    if (typeof found !== 'string' && found.servers.includes(card.name)) here.push(room.key)
  })
  const hidden =
    Math.max(0, community.roomCount - community.rooms.length) + (community.space === null ? 0 : 1)
  // Rooms that only the space knows are most likely where the listed ones are.
  const share = community.rooms.length === 0 ? 0 : here.length / community.rooms.length
  const hiddenHere = Math.round(hidden * share)
  const seconds = estimateSeconds({
    local: here.length + hiddenHere,
    remote: community.rooms.length - here.length + hidden - hiddenHere,
    unknown: 0,
  })
  return { roomsHere: here, seconds }
}

/** Finds the homeserver that somebody typed, and how sign-up works there. */
export async function findHomeserver(
  ports: OnboardingPorts,
  text: string,
): Promise<Result<HomeserverCard, { serverName: string; reason: 'notAServer' | 'noServer' }>> {
  const input = parseHomeserverInput(text)
  if (!input.ok) return fail({ serverName: text.trim(), reason: 'notAServer' })
  const { serverName } = input.value
  const { policies: _, acceptsPassword: __, ...change } = await probeCard(ports, serverName)
  if (change.probe !== 'answered') return fail({ serverName, reason: 'noServer' })
  const about = serverName === 'matrix.org' ? 'matrixorg' : null
  return succeed({ ...blankCard(serverName, about), ...change })
}
