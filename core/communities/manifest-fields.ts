import { z } from 'zod'
import { isAlias, isRoomId, isServerName } from '../addresses/room-address.ts'
import { hasHiddenCharacters, plainLine } from '../text/plain-text.ts'

const NO_ADDRESS = 'not an alias such as #lobby:example.org, nor a room ID'

/** Text on one line, at most `most` characters; hidden characters are taken out of it, see `plainLine`. */
export function lineOf(most: number) {
  return z.string().overwrite(plainLine).min(1).max(most)
}

/** Names and labels. */
export const shortText = lineOf(200)

/** `matrix.org`, maybe with a port. */
export const serverName = z
  .string()
  .max(255)
  .regex(/^[^\s/?#@]+$/, { error: 'not a server name', abort: true })
  .refine(isServerName, 'not a server name')

/** `#alias:server` or `!room`. */
export const roomAddress = z
  .string()
  .max(255)
  .regex(/^(#.+:.+|!.+)$/, { error: NO_ADDRESS, abort: true })
  .refine((text) => isAlias(text) || isRoomId(text), NO_ADDRESS)

/** Servers that can help to reach a room, best first. */
export const via = z
  .array(serverName)
  .max(10)
  .default([])
  .describe(
    'Servers that are in the room and can help to reach it, best first. An alias brings its own server.',
  )

/** A page on the web. Nobody’s name or password is in it. */
export const httpsUrl = z
  .string()
  .max(2000)
  .regex(/^https:\/\/[^\s]+$/, { error: 'not an address that begins with https://', abort: true })
  .refine((text) => isPlainUrl(text), 'not an address on the web')

/** BCP 47: `en`, `pt-BR`. */
export const languageTag = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'not a language such as en or pt-BR')

/** What rooms call their section. Where a file lists no sections it is the heading too. */
export const sectionId = lineOf(100)

/** Name of a preset in links. */
export const presetId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'an ID has a-z, 0-9 and - only')

/** `#336699`. */
export const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'not a colour such as #336699')

/** Where people answer: an e-mail address, a page, a Matrix ID or a room. */
export const contact = z
  .string()
  .max(320)
  .refine(
    (text) => isContact(text) && !hasHiddenCharacters(text),
    'not an e-mail address, a page (https://), a Matrix ID (@name:server) or a room (#alias:server)',
  )

function isContact(text: string): boolean {
  if (/^https:/i.test(text)) return isPlainUrl(text)
  if (text.startsWith('@')) return text.includes(':') && isServerName(text.slice(text.indexOf(':') + 1))
  return isAlias(text) || /^(mailto:)?[^\s@<>"?&]+@[a-z0-9.-]+$/i.test(text)
}

// Core has no URL of its own to ask; what a page's address may be is narrow enough for a pattern (RFC 3986, 3.2).
function isPlainUrl(text: string): boolean {
  return /^https:\/\/(\[[0-9a-f:.]+\]|[\p{L}\p{N}.-]+)(:\d{1,5})?([/?#][^\s<>"\\^`{|}]*)?$/iu.test(text)
}
