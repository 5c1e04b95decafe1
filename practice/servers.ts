import { z } from 'zod'

/**
 * The five servers of the practice world, under the names that the communities' pages use. They differ as servers do
 * in life: see `signUp`.
 */

/** The server names, for reading what another process wrote. */
export const serverNameSchema = z.enum([
  'matrix.org',
  'gitter.im',
  'matrix.mathesar.org',
  'auxolotl.org',
  'tu-dresden.de',
])

/** A server name of the practice world. */
export type ServerName = z.infer<typeof serverNameSchema>

/**
 * How a newcomer gets an account: accept terms, also confirm a mail and show they are human, bring a registration token,
 * bring one or confirm a mail, by OAuth 2.0 in the browser, by an institution's single sign-on, or not at all.
 */
export type SignUp = 'terms' | 'hurdles' | 'token' | 'tokenOrMail' | 'browser' | 'signOn' | 'closed'

/** What makes one server different from the others. */
export type ServerDefinition = {
  readonly name: ServerName
  readonly signUp: SignUp
  /** Refuses passwords under eight characters, or under ten without a capital letter or a digit. */
  readonly passwords: 'any' | 'eight' | 'strict'
}

/** Keeps the accounts of matrix.org in worlds where that delegates them, as it has since 2025. */
export const ACCOUNT_HOST = 'account.matrix.org'

/** Vouches for the people of tu-dresden.de in worlds where that has single sign-on. */
export const IDP_HOST = 'idp.tu-dresden.de'

/** A community's website: pages and manifests that tests put there. */
export const WEB_HOST = 'galaxyproject.org'

/** Every server of the world; nothing outside this list can be reached from inside it. */
export const servers: readonly ServerDefinition[] = [
  { name: 'matrix.org', signUp: 'terms', passwords: 'eight' },
  { name: 'gitter.im', signUp: 'closed', passwords: 'any' },
  { name: 'matrix.mathesar.org', signUp: 'terms', passwords: 'eight' },
  { name: 'auxolotl.org', signUp: 'token', passwords: 'any' },
  { name: 'tu-dresden.de', signUp: 'closed', passwords: 'any' },
]

/** How a world differs from the plainest one; see `WorldOptions`. */
export type Variations = {
  readonly delegates: boolean
  readonly hasHurdles: boolean
  readonly hasSignOn: boolean
}

/** The servers as they are in a world of this kind. */
export function serversOf({ delegates, hasHurdles, hasSignOn }: Variations): readonly ServerDefinition[] {
  return servers.map((server) => {
    if (delegates && server.name === 'matrix.org') return { ...server, signUp: 'browser', passwords: 'any' }
    if (hasSignOn && server.name === 'tu-dresden.de') return { ...server, signUp: 'signOn' }
    if (hasHurdles && server.name === 'auxolotl.org')
      return { ...server, signUp: 'tokenOrMail', passwords: 'strict' }
    return hasHurdles && server.name === 'matrix.mathesar.org' ? { ...server, signUp: 'hurdles' } : server
  })
}

/** The server names alone. */
export const serverNames: readonly ServerName[] = serverNameSchema.options

/** Whether a host name is one of the world's. Any other is refused by its proxy. */
export function isServerName(host: string): host is ServerName {
  return serverNames.some((name) => name === host)
}

/** The server part of an alias, user ID or old room ID: everything after the first colon. */
export function serverOf(address: string): ServerName {
  const host = address.slice(address.indexOf(':') + 1)
  if (!isServerName(host)) throw new Error(`${address} is not of the practice world`)
  return host
}
