import { z } from 'zod'
import { isAlias, isRoomId, parseRoomLink, type RoomAddress } from '../addresses/room-address.ts'
import { parseHomeserverInput } from '../addresses/homeserver-input.ts'
import { httpsUrl, presetId, roomAddress, serverName, via } from '../communities/manifest-fields.ts'
import { fail, succeed, type Result } from '../result.ts'

/** Where a link leads: a space or room, or a manifest on the web. */
export type LinkTarget =
  ({ readonly kind: 'room' } & RoomAddress) | { readonly kind: 'manifest'; readonly url: string }

/** All that one link can carry into a pass. It can only suggest: nothing happens before the newcomer agrees. */
export interface CommunityLink {
  readonly target: LinkTarget
  /** The homeserver to suggest first. */
  readonly homeserver: string | null
  /** A registration token of that homeserver (spec v1.19, 5.7.8). Whoever has the link can use it. */
  readonly token: string | null
  /** The ID of a preset: one of Foyer's or of the manifest. */
  readonly preset: string | null
}

// Beside the files of the specification (v1.19, server discovery), under a name of Foyer's own.
const SITE_MANIFEST = '/.well-known/matrix/org.foyer.onboarding'

/** Why a text isn't such a link. `person`: it leads to somebody, not to a room. */
export type CommunityLinkProblem = 'empty' | 'notALink' | 'person' | 'tooLong' | 'badPart'

/** Longer links are cut by some mail programs and chats. */
export const MAX_LINK = 4000

/** Registration tokens, as the spec defines them (v1.19, 5.7.8). */
export const registrationToken = z
  .string()
  .regex(/^[A-Za-z0-9._~-]{1,64}$/, 'a registration token has A-Z, a-z, 0-9 and . _ ~ - only, and at most 64')

const partsSchema = z.object({
  join: z.union([roomAddress, httpsUrl]),
  via,
  server: serverName.optional(),
  token: registrationToken.optional(),
  preset: presetId.optional(),
})

/**
 * Reads Foyer's links (`foyer:?join=…`, and a page's `https://…/#join=…`), every other link to a space or room, a
 * manifest's address on the web, and the bare domain of a website that says which community is its own. Never throws. A link with a part that makes no sense is refused as a whole, so that nobody lands elsewhere
 * than they were told.
 */
export function parseCommunityLink(text: string): Result<CommunityLink, CommunityLinkProblem> {
  const trimmed = text.trim()
  if (trimmed.length > MAX_LINK) return fail('tooLong')
  const query = queryOf(trimmed)
  if (query === null) {
    const room = parseRoomLink(trimmed)
    const target: LinkTarget | null = room.ok ? { kind: 'room', ...room.value } : webTarget(trimmed)
    if (target === null) return fail(room.ok ? 'notALink' : room.reason)
    return succeed({ target, homeserver: null, token: null, preset: null })
  }
  const values = valuesOf(query)
  const one = (name: string): string | undefined => values.find(([key]) => key === name)?.[1]
  return readParts({
    join: one('join'),
    via: values.filter(([key]) => key === 'via').map(([, value]) => value),
    server: one('server'),
    token: one('token'),
    preset: one('preset'),
  })
}

/** True for where a website says which community is its own. */
export function isSiteManifest(url: string): boolean {
  return url.endsWith(SITE_MANIFEST)
}

/** Checks the parts of a link from wherever they come: a link's text, or a `.foyer` file. */
export function readParts(parts: unknown): Result<CommunityLink, CommunityLinkProblem> {
  const parsed = partsSchema.safeParse(parts)
  if (!parsed.success) return fail(parsed.error.issues[0]?.path[0] === 'join' ? 'notALink' : 'badPart')
  const { join, via: servers, server = null, token = null, preset = null } = parsed.data
  const isRoom = isAlias(join) || isRoomId(join)
  return succeed({
    target: isRoom ? { kind: 'room', address: join, via: servers } : { kind: 'manifest', url: join },
    homeserver: server?.toLowerCase() ?? null,
    token,
    preset,
  })
}

/** The link that opens Foyer by itself, where it is installed. */
export function foyerUri(link: CommunityLink): string {
  return `foyer:?${queryFor(link)}`
}

/** The same on a community's page, which explains and offers the rest. What is after `#` is sent to no server. */
export function pageLink(link: CommunityLink, pageUrl: string): string {
  return `${pageUrl.split('#')[0] ?? ''}#${queryFor(link)}`
}

// Some systems hand `foyer:?…` over as `foyer://?…` or `foyer:///?…`.
function queryOf(text: string): string | null {
  const uri = /^foyer:(?:\/{0,3})\?(.*)$/is.exec(text)
  if (uri !== null) return uri[1] ?? ''
  return /^https:\/\/[^\s#]+#(join=.*)$/is.exec(text)?.[1] ?? null
}

/** A page on the web, or what a website says of its community; null for anything else. */
function webTarget(text: string): LinkTarget | null {
  const site = /^(?:https?:\/\/)?([^\s/?#@:]+)\/?$/i.exec(text)?.[1]
  if (site !== undefined) {
    const name = parseHomeserverInput(site)
    // A number is an address inside some network far more often than a website.
    const isDomain = name.ok && /\.(?:[a-z]{2,63}|xn--[a-z0-9-]+)$/.test(name.value.serverName)
    return isDomain ? { kind: 'manifest', url: `https://${name.value.serverName}${SITE_MANIFEST}` } : null
  }
  const url = httpsUrl.safeParse(text)
  // What stands after # is for a page's own scripts, as in links of web clients.
  return url.success && !url.data.includes('#') ? { kind: 'manifest', url: url.data } : null
}

function valuesOf(query: string): [string, string][] {
  return query.split('&').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=')
    const value = decoded(pair.slice(at + 1))
    return at < 0 || value === null ? [] : [[pair.slice(0, at), value]]
  })
}

function queryFor({ target, homeserver, token, preset }: CommunityLink): string {
  const servers = target.kind === 'room' ? target.via : []
  const parts: [string, string | null][] = [
    ['join', target.kind === 'room' ? target.address : target.url],
    ...servers.map((server): [string, string] => ['via', server]),
    ['server', homeserver],
    ['token', token],
    ['preset', preset],
  ]
  return parts
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&')
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return null
  }
}
