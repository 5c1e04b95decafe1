import { isRoomId, serverOf } from '../addresses/room-address.ts'
import { MANIFEST_VERSION, type ManifestInput } from '../communities/manifest.ts'
import type { Taken } from './import-page.ts'

/** What a page says of itself. */
export interface PageFacts {
  readonly title: string | null
  readonly description: string | null
  readonly url: string | null
}

// Titles that say what the page is about, not whose it is.
const GENERIC =
  /^(our )?(matrix|chat|channels?|rooms?|community|contact|communication|get in touch|join|home|index|support|faq|help)?([ -](matrix|chat|channels?|rooms?|community|page|us))*$/i
const SHARED_SERVERS = new Set(['matrix.org', 'gitter.im', 'libera.chat', 'irc.libera.chat'])
const MOST_SECTIONS = 50
const BRIDGE =
  /\bbridge[ds]?\b[^.]{0,60}?\b(Slack|IRC|Gitter|Discord|Telegram|XMPP|Zulip|Mattermost|WhatsApp|Signal)\b/i

/** The manifest for what was found on a page; null where there is nothing to join. Only facts of the page go into it. */
export function manifestFrom(
  page: PageFacts,
  space: Taken | null,
  rooms: readonly Taken[],
): ManifestInput | null {
  if (space === null && rooms.length === 0) return null
  const lobby = lobbyAmong(rooms)
  const own = ownServer([...(space === null ? [] : [space]), ...rooms])
  const sections = [...new Set(rooms.map((each) => sectionOf(each)))].slice(0, MOST_SECTIONS)
  return {
    version: MANIFEST_VERSION,
    name: communityName(page.title, space, own, rooms),
    ...(page.description !== null && { summary: shortened(page.description, 300) }),
    ...(page.url !== null && /^https:\/\/[^\s<>"\\^`{|}]+$/.test(page.url) && { website: page.url }),
    ...(space !== null && { space: { address: space.room.address, ...viaOf(space) } }),
    rooms: rooms.map((each) => ({
      address: each.room.address,
      ...viaOf(each),
      ...(each.label !== null && { label: each.label }),
      ...(each.purpose !== null && { purpose: each.purpose }),
      ...(sections.includes(sectionOf(each)) && { section: sectionOf(each) }),
      ...(each === lobby && { lobby: true }),
      ...notesOf(each),
    })),
    ...(own !== null && { homeservers: [{ name: own, about: 'own' as const }] }),
  }
}

function sectionOf(room: Taken): string {
  return shortened(room.section ?? 'rooms', 100)
}

function viaOf({ room }: Taken): { via?: string[] } {
  return room.via.length > 0 && isRoomId(room.address) ? { via: [...room.via] } : {}
}

function notesOf({ purpose }: Taken): { notes?: string[] } {
  const network = BRIDGE.exec(purpose ?? '')?.[1]
  return network === undefined ? {} : { notes: [`bridged to ${network}`] }
}

function lobbyAmong(rooms: readonly Taken[]): Taken | null {
  const words = [/\blobby\b/i, /\bstart here\b|\bnewcomers?\b|\bwelcome\b/i, /\bgeneral\b|^main\b/i]
  for (const word of words) {
    const found =
      rooms.find((each) => word.test(each.label ?? '')) ?? rooms.find((each) => word.test(each.purpose ?? ''))
    if (found) return found
  }
  return null
}

/* A server that most of the addresses are on and that isn’t open to everybody’s rooms is the community’s. */
function ownServer(all: readonly Taken[]): string | null {
  const counts = new Map<string, number>()
  for (const { room } of all) {
    const server = serverOf(room.address)
    if (server !== null) counts.set(server, (counts.get(server) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted((one, other) => other[1] - one[1])
  if (most === undefined || SHARED_SERVERS.has(most[0]) || most[1] * 2 <= all.length) return null
  return most[0]
}

function communityName(
  title: string | null,
  space: Taken | null,
  own: string | null,
  rooms: readonly Taken[],
): string {
  const trimmed = (title ?? '')
    .replace(/\s*([-–—|:]\s*)?\b(on|at|in|via)?\s*\b(matrix( chat)?|chat)\s*$/i, '')
    .trim()
  const isQuestion = trimmed.endsWith('?')
  if (trimmed !== '' && trimmed.length <= 60 && !isQuestion && !GENERIC.test(trimmed)) return trimmed
  const alias = space?.room.address ?? ''
  if (alias.startsWith('#')) return alias.slice(1, alias.indexOf(':'))
  const server = own ?? serverOf(rooms[0]?.room.address ?? '')
  const domain = server?.replace(/:\d+$/, '').split('.').at(-2)
  return domain === undefined || domain === '' ? 'Community' : domain[0]?.toUpperCase() + domain.slice(1)
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}
