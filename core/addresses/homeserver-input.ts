import { fail, succeed, type Result } from '../result.ts'
import { isServerName } from './room-address.ts'

/** What a person typed when asked for a homeserver or their Matrix ID. */
export interface HomeserverInput {
  /** Server name in lower case and, where it has other letters, in its ASCII form; to be looked up through .well-known. */
  readonly serverName: string
  /** The name in front of the server, when a whole Matrix ID was typed. */
  readonly username: string | null
}

// In every environment Foyer runs in; named here because this folder's types know none of them.
declare const URL: new (text: string) => { readonly hostname: string; readonly port: string }

/** Where servers speak to each other, and where browsers speak to them: neither is part of a server's name. */
const USUAL_PORTS = ['8448', '443']

/**
 * Understands `matrix.org`, `https://matrix.org/`, `matrix.org:8448`, `@me:matrix.org`, links to a person, spaces,
 * capitals, full-width characters and names in other alphabets. A plain word without a dot is refused, as it is far
 * more often a typing error than a server (`localhost` and names with a port excepted); so is an e-mail address.
 */
export function parseHomeserverInput(text: string): Result<HomeserverInput, 'empty' | 'notAServer'> {
  const typed = tidied(text)
  if (typed === '') return fail('empty')
  const person = personOf(typed)
  const id = /^@?([^\s:@/?#[]+):([^\s/?#]+)$/.exec(person ?? typed)
  const [, username = null, server = ''] = id ?? []
  // A name and a server need no @ to be understood; a server and a port look alike but for the digits.
  if (username !== null && !/^\d+$/.test(server)) {
    const serverName = asciiName(server)
    return serverName === null
      ? fail('notAServer')
      : succeed({ serverName, username: username.toLowerCase() })
  }
  if (typed.includes('@') || person !== null) return fail('notAServer')
  const serverName = asciiName(typed.replace(/^(?:https?:)?\/\//i, '').replace(/[/?#].*$/, ''))
  if (serverName === null) return fail('notAServer')
  return succeed({ serverName: withoutUsualPort(serverName), username: null })
}

/** What was typed, with another server in its place: a Matrix ID stays one, anything else becomes the server's name. */
export function withServer(text: string, serverName: string): string {
  const typed = parseHomeserverInput(text)
  return typed.ok && typed.value.username !== null ? `@${typed.value.username}:${serverName}` : serverName
}

/** The domain of an e-mail address, in the form of a server name; null where the text isn't one. */
export function mailDomainOf(text: string): string | null {
  const domain = /^(?:mailto:)?[^\s@:]+@([^\s@:/]+)$/i.exec(tidied(text))?.[1]
  return domain === undefined ? null : asciiName(domain)
}

// What comes along when people copy: compatibility forms, invisible characters, brackets, a full stop at the end.
function tidied(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .trim()
    .replace(/^[<("'„“”]+|[>)"'“”,;.。]+$/gu, '')
    .replaceAll('。', '.')
    .replace(/\s*([@:])\s*/g, '$1')
}

/** The Matrix ID in a matrix.to link or a `matrix:` URI, or null. */
function personOf(text: string): string | null {
  const encoded =
    /^https?:\/\/[^#]*#\/(?:user\/)?((?:@|%40)[^?/]+)/i.exec(text)?.[1] ??
    /^matrix:(?:u|user)\/([^?/]+)/i.exec(text)?.[1]
  if (encoded === undefined) return null
  try {
    return decodeURIComponent(encoded)
  } catch {
    return null
  }
}

// The platform's own reading of host names, so that what is shown is what will be asked (IDNA, UTS 46).
function asciiName(server: string): string | null {
  const plain = server.replace(/\.+$/, '')
  if (plain === '' || plain.includes('..') || /[\s@/?#\\%]/.test(plain)) return null
  const [, host = plain, port = ''] = /^(.*?)(?::(\d{1,5}))?$/.exec(plain) ?? []
  if (!host.startsWith('[') && host.includes(':')) return null
  try {
    const { hostname } = new URL(`https://${host}`)
    const serverName = port === '' ? hostname : `${hostname}:${port}`
    const isPlausible = /[.:]/.test(serverName) || serverName === 'localhost'
    return isServerName(serverName) && isPlausible ? serverName : null
  } catch {
    return null
  }
}

function withoutUsualPort(serverName: string): string {
  const [, host = serverName, port = ''] = /^(.*?):(\d+)$/.exec(serverName) ?? []
  return USUAL_PORTS.includes(port) ? host : serverName
}
