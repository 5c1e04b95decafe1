import * as oauth from 'openid-client'
import type { Fetch } from '../../http/fetch.ts'
import type { Brand } from './brand.ts'
import type { AccountServer } from './metadata.ts'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** Where a page may send the browser back to. Without a port: any may be used then (RFC 8252 section 7.3). */
export const REDIRECTS = ['http://127.0.0.1/callback', 'http://[::1]/callback']

/**
 * Registers this app with a server, as the specification wants at the start of each flow, and returns the client that
 * speaks to it. Throws what openid-client throws; see `browserProblemOf`.
 */
export async function registerApp(
  fetch: Fetch,
  server: AccountServer,
  brand: Brand,
): Promise<oauth.Configuration> {
  const { metadata } = server
  const registration = {
    client_name: brand.name,
    client_uri: brand.homepage,
    ...(brand.logo !== null && { logo_uri: brand.logo }),
    ...(brand.terms !== null && { tos_uri: brand.terms }),
    ...(brand.privacy !== null && { policy_uri: brand.privacy }),
    redirect_uris: REDIRECTS,
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token', ...(hasDeviceGrant(server) ? [DEVICE_GRANT] : [])],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  }
  // The homeserver has said all there is to know; the library would ask the account server for it once more.
  const knowing: oauth.CustomFetch = async (url, options) =>
    options.method === 'GET' ? Response.json(metadata) : passOn(fetch)(url, options)
  const app = await oauth.dynamicClientRegistration(new URL(metadata.issuer), registration, oauth.None(), {
    [oauth.customFetch]: knowing,
  })
  return clientFor(fetch, server, app.clientMetadata().client_id)
}

/** The client of a registration made earlier. */
export function clientFor(fetch: Fetch, server: AccountServer, clientId: string): oauth.Configuration {
  const metadata = { token_endpoint_auth_method: 'none' }
  const client = new oauth.Configuration(
    server.metadata as oauth.ServerMetadata,
    clientId,
    metadata,
    oauth.None(),
  )
  client[oauth.customFetch] = passOn(fetch)
  return client
}

/** Whether the server gives codes for other devices (spec v1.18, device authorization grant). */
export function hasDeviceGrant({ metadata }: AccountServer): boolean {
  return metadata.device_authorization_endpoint !== undefined
}

// A redirect would take secrets to somewhere unnamed; not every fetch that is handed in can say "manual".
function passOn(fetch: Fetch): oauth.CustomFetch {
  return (url, { method, headers, body, signal }) => {
    const init = { method, headers, redirect: 'error', body, signal } as NonNullable<Parameters<Fetch>[1]>
    return fetch(url, init)
  }
}
