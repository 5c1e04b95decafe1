import { fail, succeed, type Result } from '../result.ts'
import { hasHiddenCharacters } from '../text/plain-text.ts'

/** How a room or space is named in a link: an alias or a room ID, and servers that can help to reach it. */
export interface RoomAddress {
  /** `#alias:server` or `!opaque` (room IDs of version 12 rooms carry no server). */
  readonly address: string
  /** Server names to ask, best first. May be empty for an alias, whose own server is always asked. */
  readonly via: readonly string[]
}

/** Why a text isn't a link to a room. */
export type LinkProblem = 'empty' | 'notALink' | 'person'

// Spec v1.19, appendices: server names are a DNS name, an IPv4 or a bracketed IPv6 address, and maybe a port.
const SERVER_NAME = /^(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,230})(?::\d{1,5})?$/
const MAX_IDENTIFIER = 255

/** True when the text can be a Matrix server name. Says nothing about whether such a server exists. */
export function isServerName(text: string): boolean {
  return SERVER_NAME.test(text)
}

/** True for `#localpart:server`. One with characters that nobody sees is none: it looks like another. */
export function isAlias(text: string): boolean {
  const colon = text.indexOf(':')
  return (
    text.startsWith('#') &&
    colon > 1 &&
    text.length <= MAX_IDENTIFIER &&
    isServerName(text.slice(colon + 1)) &&
    !hasHiddenCharacters(text)
  )
}

/** True for `!opaque` with or without a server part. */
export function isRoomId(text: string): boolean {
  return /^![^\s/?#]{1,254}$/.test(text) && !hasHiddenCharacters(text)
}

/** The server part of an alias, room ID or user ID, or null where it has none (room version 12 IDs). */
export function serverOf(identifier: string): string | null {
  const colon = identifier.indexOf(':')
  if (colon < 0) return null
  const server = identifier.slice(colon + 1)
  return isServerName(server) ? server : null
}

/** The servers to name in a request for this room, at most `limit`, without repeats; never taken from a room ID. */
export function viaServers(room: RoomAddress, more: readonly string[] = [], limit = 3): string[] {
  const own = isAlias(room.address) ? [serverOf(room.address)] : []
  const all = [...room.via, ...more, ...own].filter((server): server is string => server !== null)
  return [...new Set(all)].slice(0, limit)
}

/**
 * Understands what people paste: `#alias:server`, `!id:server`, matrix.to links in any encoding, `matrix:` URIs
 * (MSC2312) and the links of Element Web. Never throws; anything else is a `LinkProblem`.
 */
export function parseRoomLink(text: string): Result<RoomAddress, LinkProblem> {
  const trimmed = text.trim().replace(/^<|>$/g, '')
  if (trimmed === '') return fail('empty')
  if (trimmed.startsWith('matrix:')) return parseMatrixUri(trimmed.slice('matrix:'.length))
  const fragment = /^https?:\/\/[^#]*\/?#\/(?:room\/|join\/)?(.+)$/i.exec(trimmed)?.[1]
  return parseIdentifier(fragment ?? trimmed)
}

function parseIdentifier(text: string): Result<RoomAddress, LinkProblem> {
  const [path, query = ''] = splitOnce(text, '?')
  const [raw] = splitOnce(path, '/')
  const identifier = decode(raw)
  if (identifier.startsWith('@')) return fail('person')
  const address = isAlias(identifier) || isRoomId(identifier) ? identifier : null
  return address === null ? fail('notALink') : succeed({ address, via: parseVia(query) })
}

function parseMatrixUri(rest: string): Result<RoomAddress, LinkProblem> {
  const [path, query = ''] = splitOnce(rest.replace(/^\/\/[^/]*\//, ''), '?')
  const [kind = '', id = ''] = path.split('/')
  const sigil = { r: '#', room: '#', roomid: '!', u: '@', user: '@' }[kind]
  return sigil === undefined
    ? fail('notALink')
    : parseIdentifier(`${encodeURIComponent(sigil + decode(id))}?${query}`)
}

function parseVia(query: string): string[] {
  const values = query.split('&').flatMap((pair) => {
    const [name, value = ''] = splitOnce(pair, '=')
    return name === 'via' ? [decode(value)] : []
  })
  return [...new Set(values.filter(isServerName))].slice(0, 10)
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}

// Links are copied with every degree of encoding, so a stray % must not make one unreadable.
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
