import { fail, succeed, type Result } from '../result.ts'
import { isServerName } from './room-address.ts'

/** What a person typed when asked for a homeserver or their Matrix ID. */
export interface HomeserverInput {
  /** Lower-case server name, to be looked up through .well-known. */
  readonly serverName: string
  /** The name in front of the server, when a whole Matrix ID was typed. */
  readonly username: string | null
}

/**
 * Understands `matrix.org`, `https://matrix.org/`, `@me:matrix.org`, spaces and capitals.
 * A plain word without a dot is refused, as it is far more often a typing error than a server
 * (`localhost` and names with a port excepted).
 */
export function parseHomeserverInput(text: string): Result<HomeserverInput, 'empty' | 'notAServer'> {
  const trimmed = text.trim()
  if (trimmed === '') return fail('empty')
  const id = /^@?([^\s:@/]+):([^\s/]+)$/.exec(trimmed)
  const [, username = null, server = ''] = id ?? []
  // A name and a server need no @ to be understood; a server and a port look alike but for the digits.
  if (id !== null && !/^\d+$/.test(server)) return check(server, username)
  if (trimmed.startsWith('@')) return fail('notAServer')
  const bare = trimmed.replace(/^https?:\/\//i, '').replace(/\/.*$/, '')
  return check(bare, null)
}

function check(server: string, username: string | null): Result<HomeserverInput, 'notAServer'> {
  const serverName = server.toLowerCase().replace(/\.$/, '')
  const isPlausible = /[.:]/.test(serverName) || serverName === 'localhost'
  return isServerName(serverName) && isPlausible && !serverName.includes('..')
    ? succeed({ serverName, username: username === null ? null : username.toLowerCase() })
    : fail('notAServer')
}
