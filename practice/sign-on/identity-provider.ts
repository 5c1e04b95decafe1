import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { Provider, type Configuration, type JWK } from 'oidc-provider'
import { portOf } from '../free-ports.ts'
import { readForm, sendJson, sendPage } from '../oauth/http.ts'
import { escaped, page } from '../oauth/pages.ts'
import { createTokenStore } from '../oauth/token-store.ts'
import { IDP_HOST } from '../servers.ts'

/** Seconds. */
const HOUR = 60 * 60

/** People whom the provider vouches for; each group is one to choose from on the homeserver. */
type Group = {
  readonly id: string
  readonly name: string
  readonly clientId: string
  /** Passwords by username; may be added to at any time. */
  readonly people: Map<string, string>
}

/** An institution that vouches for its people: who signs in there has an account on the homeserver, or gets one. */
export type IdentityProvider = {
  /** Where people's browsers find it, TLS; behind the proxy under `IDP_HOST`. */
  readonly port: number
  /** Where the homeserver finds it: plain, on loopback. */
  readonly endpoint: string
  readonly clientSecret: string
  /** Its own people, and its guests. */
  readonly groups: readonly [university: Group, guests: Group]
  readonly close: () => Promise<void>
}

/** Starts a real OpenID Connect provider for one homeserver, with the certificate in `directory`. */
export async function startIdentityProvider(
  directory: string,
  homeserver: string,
  known: ReadonlyMap<string, string>,
): Promise<IdentityProvider> {
  const groups = [
    { id: 'university', name: 'TU Dresden', clientId: homeserver, people: new Map(known) },
    { id: 'guests', name: 'Guests of TU Dresden', clientId: `guests.${homeserver}`, people: new Map() },
  ] as const satisfies readonly Group[]
  const clientSecret = randomBytes(16).toString('hex')
  const provider = new Provider(
    `https://${IDP_HOST}/`,
    configuration(groups, clientSecret, `https://${homeserver}/_synapse/client/oidc/callback`),
  )
  provider.proxy = true
  const handle = handler(provider, groups)
  const folder = join(directory, IDP_HOST)
  const [key, cert] = await Promise.all(['tls.key', 'tls.crt'].map((name) => readFile(join(folder, name))))
  const tls = createServer({ key, cert }, handle)
  const plain = createPlainServer(handle)
  for (const server of [tls, plain]) await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: portOf(tls),
    endpoint: `http://127.0.0.1:${portOf(plain)}/`,
    clientSecret,
    groups,
    async close() {
      await Promise.all(
        [tls, plain].map((server) => {
          const closed = new Promise<void>((resolve) => server.close(() => resolve()))
          server.closeAllConnections()
          return closed
        }),
      )
    },
  }
}

function configuration(groups: readonly Group[], clientSecret: string, redirectUri: string): Configuration {
  return {
    clients: groups.map(({ clientId }) => ({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'client_secret_post',
    })),
    adapter: createTokenStore(() => undefined).adapter,
    jwks: { keys: [signingKey()] },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      Grant: HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: HOUR,
    },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    scopes: ['openid'],
    pkce: { required: () => false },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    // Its people have agreed long ago.
    async loadExistingGrant({ oidc }) {
      const clientId = oidc.client?.clientId
      const grant = new oidc.provider.Grant({
        ...(clientId === undefined ? {} : { clientId }),
        ...(oidc.session?.accountId === undefined ? {} : { accountId: oidc.session.accountId }),
      })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  }
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256' }
}

function handler(provider: Provider, groups: readonly Group[]): RequestListener {
  const answer = provider.callback()
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response)
    const { uid, params } = await provider.interactionDetails(request, response)
    const group = groups.find(({ clientId }) => clientId === params['client_id'])
    if (group === undefined) throw new Error('nobody is vouched for here')
    const show = (problem: string | null): void =>
      sendPage(response, signInPage(group.name, `/interaction/${uid}`, problem))
    if (request.method !== 'POST') return show(null)
    const form = await readForm(request)
    const username = (form.get('username') ?? '').toLowerCase()
    if (form.get('do') === 'cancel') {
      return provider.interactionFinished(request, response, { error: 'access_denied' })
    }
    if (group.people.get(username) !== form.get('password')) return show('Username or password is wrong.')
    return provider.interactionFinished(request, response, { login: { accountId: username } })
  }
  return (request, response) => {
    // Also over the homeserver's own channel the world outside is meant.
    request.headers.host = IDP_HOST
    request.headers['x-forwarded-proto'] = 'https'
    serve(request, response).catch((error: unknown) =>
      sendJson(response, 400, { error: error instanceof Error ? error.message : 'failed' }),
    )
  }
}

function signInPage(group: string, action: string, problem: string | null): string {
  return page(
    `Sign in: ${group}`,
    `${problem === null ? '' : `<p role="alert">${escaped(problem)}</p>`}
<form method="post" action="${escaped(action)}">
<label>Username <input name="username" autocomplete="username" autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button name="do" value="signIn">Sign in</button> <button name="do" value="cancel">Cancel</button>
</form>`,
  )
}
