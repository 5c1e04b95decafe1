import type { Community } from '../../core/communities/community.ts'
import type { Candidate } from '../../core/homeservers/candidates.ts'
import { fitOf, roomsToPlace, type RoomPlace } from '../../core/homeservers/fit.ts'
import { isUsable } from '../../core/homeservers/ranking.ts'
import type { DiscoveryProblem, HomeserverCard } from '../../core/onboarding/state.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import { askFacts } from '../../matrix/homeserver/facts.ts'
import { probeSignUp, type SignUpProbe } from '../../matrix/homeserver/probe.ts'
import type { OnboardingPorts } from './ports.ts'

/** Tells what has become known of a homeserver. */
export type OnChange = (change: Partial<HomeserverCard>) => void

/** A card before anything is known but the name. */
export function blankCard(name: string, about: HomeserverCard['about']): HomeserverCard {
  return {
    name,
    about,
    probe: 'asking',
    signUp: 'unknown',
    asks: [],
    baseUrl: null,
    roomsHere: null,
    roomsAsked: 0,
    seconds: null,
    facts: null,
    isTyped: false,
  }
}

/** To ask homeservers: what leads into somebody's network is out of reach of those that nobody here has named. */
export function carefully(
  ports: OnboardingPorts,
  { isTyped }: Pick<HomeserverCard, 'isTyped'> = { isTyped: false },
): OnboardingPorts {
  return isTyped ? ports : { ...ports, ...ports.strangers }
}

/** A homeserver that answered: where it is, and how sign-up works there. */
export interface Probed extends SignUpProbe {
  readonly baseUrl: string
}

/** Asks one homeserver how sign-up works there. `noServer` also where it is found but doesn't answer. */
export async function probe(ports: OnboardingPorts, name: string): Promise<Result<Probed, DiscoveryProblem>> {
  const found = await ports.homeservers.find(name)
  if (!found.ok) return found
  const signUp = await probeSignUp(ports.fetch, found.value)
  return signUp === null ? fail('noServer') : succeed({ ...signUp, baseUrl: found.value })
}

/** What a card says once its homeserver has answered. */
export function answeredBy({
  kind,
  asks,
  baseUrl,
}: Probed): Pick<HomeserverCard, 'probe' | 'signUp' | 'asks' | 'baseUrl'> {
  return { probe: 'answered', signUp: kind, asks, baseUrl }
}

/** True unless nobody recommended it and no account can be made there. */
export function isWorthShowing(
  origin: Candidate['origin'],
  card: Pick<HomeserverCard, 'probe' | 'signUp'>,
): boolean {
  return origin === 'hint' || card.probe !== 'answered' || isUsable(card)
}

/** Asks a candidate everything that its card says. Never rejects for what it answers. */
export async function askCandidate(
  ports: OnboardingPorts,
  { name, origin }: Pick<Candidate, 'name' | 'origin'>,
  community: Community,
  signal: AbortSignal,
  onChange: OnChange,
): Promise<void> {
  const probed = await probe(ports, name)
  if (signal.aborted) return
  if (!probed.ok) return onChange({ probe: 'unreachable' })
  const answered = answeredBy(probed.value)
  onChange(answered)
  if (!isWorthShowing(origin, answered)) return
  await askAboutFound(ports, name, probed.value, community, signal, onChange)
}

/** Asks a homeserver that answers about its rooms and about itself. */
export async function askAboutFound(
  ports: OnboardingPorts,
  name: string,
  probed: Pick<Probed, 'baseUrl' | 'rules'>,
  community: Community,
  signal: AbortSignal,
  onChange: OnChange,
): Promise<void> {
  await Promise.all([
    askFit(ports, name, probed.baseUrl, community, signal, onChange),
    askFactsOf(ports, name, probed, signal, onChange),
  ])
}

/** How often the screen hears of answers as they arrive: each time makes a state that is sent and drawn. */
const MOST_TOLD = 8

/** Asks which of the community's rooms a homeserver takes part in, and tells as the answers arrive. */
async function askFit(
  ports: OnboardingPorts,
  name: string,
  baseUrl: string,
  community: Community,
  signal: AbortSignal,
  onChange: OnChange,
): Promise<void> {
  const places = new Map<string, RoomPlace>()
  const rooms = roomsToPlace(community)
  if (rooms.length === 0) return onChange(fitOf(community, places))
  const tellEvery = Math.max(4, Math.ceil(rooms.length / MOST_TOLD))
  await ports.roomPlaces.ask({ name, baseUrl }, rooms, signal, (key, place) => {
    places.set(key, place)
    if (places.size % tellEvery === 0 || places.size === rooms.length) onChange(fitOf(community, places))
  })
}

async function askFactsOf(
  ports: OnboardingPorts,
  name: string,
  { baseUrl, rules }: Pick<Probed, 'baseUrl' | 'rules'>,
  signal: AbortSignal,
  onChange: OnChange,
): Promise<void> {
  const { catalogue, fetch } = ports
  const listed = catalogue.publicServers().find((server) => server.name === name) ?? null
  const facts = await askFacts(fetch, { name, baseUrl, listed, rules }, catalogue.software(), signal)
  if (!signal.aborted) onChange({ facts })
}
