import { isAlias, isRoomId, parseRoomLink, serverOf, type RoomAddress } from '../addresses/room-address.ts'

/** What a link or a bare word on a page stands for in Matrix. */
export type Meaning =
  | { readonly kind: 'room'; readonly room: RoomAddress }
  | { readonly kind: 'person'; readonly id: string }
  /** A placeholder such as `#room:example.org`. */
  | { readonly kind: 'example'; readonly address: string }
  /** A link that is meant for Matrix but names nothing that can be read. */
  | { readonly kind: 'broken' }

// Room version 12: the hash of an event in URL-safe base64, MSC4291.
const HASH_ID = /^![A-Za-z0-9_-]{43}$/
const PLACEHOLDER = /(^|\.)(example(\.(com|net|org))?|invalid|localhost|tld)$/i
// How web clients and directories name rooms in paths without a sigil.
const DIRECTORIES: Readonly<Record<string, RegExp>> = {
  'archive.matrix.org': /^\/(r|roomid)\/([^/?#]+)/,
  'matrixrooms.info': /^\/(room)\/([^/?#]+)/,
  'img.shields.io': /^\/(matrix)\/([^/?#]+?)(?:\.svg)?(?:[/?#]|$)/,
}

/** What an address on the web, a `matrix:` URI or a badge’s picture stands for. Null where it isn’t about Matrix. */
export function meaningOfUrl(url: string): Meaning | null {
  const text = url.trim().slice(0, 2_000)
  if (/^matrix:/i.test(text)) return meaningOf(text) ?? { kind: 'broken' }
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text) ?? []
  if (scheme === '') return null
  if (/^(www\.)?matrix\.to$/i.test(host)) return meaningOfMatrixTo(rest)
  const directory = DIRECTORIES[host.toLowerCase()]?.exec(rest)
  if (directory) {
    const identifier = decode(directory[2] ?? '').replace(/^[#!]/, '')
    return meaningOf(`${directory[1] === 'roomid' ? '!' : '#'}${identifier}`)
  }
  return meaningOfSegments(rest)
}

/** What a bare `#alias:server`, `!id:server` or `@person:server` stands for; null where it is something else. */
export function meaningOfIdentifier(text: string): Meaning | null {
  const [identifier = ''] = text.split('?')
  const server = serverOf(identifier)
  // In running text only what can’t be anything else counts: `#id:hover` is no room, nor is `!important`.
  const isWhole = server !== null && /\.[a-z]{2,24}(:\d{1,5})?$/i.test(server)
  if (identifier.startsWith('!')) {
    const isOldId = isWhole && /^![\w+/=-]{8,}:/.test(identifier)
    return isOldId || HASH_ID.test(identifier) ? meaningOf(text) : null
  }
  return isWhole ? meaningOf(text) : null
}

function meaningOf(text: string): Meaning | null {
  const link = parseRoomLink(text)
  if (!link.ok) return link.reason === 'person' ? { kind: 'person', id: decode(personIn(text)) } : null
  const { address } = link.value
  const server = serverOf(address)
  const name = server?.replace(/:\d+$/, '') ?? ''
  const isPlaceholder = server !== null && (PLACEHOLDER.test(name) || !/[.:]/.test(name))
  return isPlaceholder ? { kind: 'example', address } : { kind: 'room', room: link.value }
}

function meaningOfMatrixTo(rest: string): Meaning | null {
  let text = rest.replace(/^\/?(?:#|%23)?\/?/i, '')
  if (text === '' || text.startsWith('?')) return null
  // Some pages encode a link that was encoded already.
  for (let round = 0; round < 3 && text.startsWith('%25'); round++) text = decode(text)
  // `matrix.to/##room:server`, without the slash.
  return meaningOf(text.replace(/^%23%23|^##/, '#')) ?? { kind: 'broken' }
}

function meaningOfSegments(rest: string): Meaning | null {
  if (!/[#@!]|%2[13]|%40/i.test(rest)) return null
  const hash = rest.indexOf('#')
  const path = hash < 0 ? rest : rest.slice(0, hash)
  const fragment = hash < 0 ? '' : rest.slice(hash + 1)
  const query = /\?(.*)$/s.exec(fragment)?.[1] ?? ''
  for (const part of [fragment.replace(/\?.*$/s, ''), path.replace(/\?.*$/s, '')]) {
    for (const segment of part.split('/')) {
      const identifier = decode(segment)
      if (!/^[#@!]/.test(identifier)) continue
      const server = serverOf(identifier)
      if (server === null ? !HASH_ID.test(identifier) : !server.includes('.')) continue
      if (!identifier.startsWith('@') && !isAlias(identifier) && !isRoomId(identifier)) continue
      return meaningOf(`${segment}?${query}`)
    }
  }
  return null
}

function personIn(text: string): string {
  return /(?:@|%40|^matrix:u(?:ser)?\/)([^/?]+)/i.exec(text)?.[0].replace(/^matrix:u(?:ser)?\//i, '@') ?? text
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
