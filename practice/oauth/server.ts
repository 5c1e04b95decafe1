import { readFile } from 'node:fs/promises'
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import type { Provider } from 'oidc-provider'
import { registrationSecret } from '../accounts.ts'
import { portOf } from '../free-ports.ts'
import { ACCOUNT_HOST } from '../servers.ts'
import { behaveAsInLife, type OauthRecord, type OauthRequest } from './as-in-life.ts'
import { noFaults, type OauthFaults } from './faults.ts'
import { readForm, sendJson } from './http.ts'
import { serveInteraction } from './interactions.ts'
import { createProvider, deviceIn } from './provider.ts'
import { createTokenStore } from './token-store.ts'
import { newAccountSchema, type UserBackend } from './user-backend.ts'

/** The server that keeps the accounts of a homeserver that delegates. */
export type OauthServer = {
  /** Where people's browsers and apps find it, TLS; behind the proxy under `ACCOUNT_HOST`. */
  readonly port: number
  /** Where the homeserver finds it: plain, on loopback. */
  readonly endpoint: string
  /** May be changed at any time. */
  readonly faults: OauthFaults
  /** What it was asked by programs so far. */
  readonly requests: readonly OauthRequest[]
  /** Every token, code and verifier it has handed out or was shown. */
  readonly secrets: () => readonly string[]
  /** Ends all sessions of a user. */
  readonly endSessionsOf: (username: string) => void
  readonly close: () => Promise<void>
}

/** Starts the server with the certificate in `directory`. `users` speaks to the homeserver, which need not run yet. */
export async function startOauthServer(directory: string, users: UserBackend): Promise<OauthServer> {
  const faults = noFaults()
  const endings: Promise<unknown>[] = []
  const store = createTokenStore(({ scope, accountId }) => {
    const device = deviceIn(scope)
    if (device !== null && accountId)
      endings.push(users.deleteDevice(accountId, device).catch(() => undefined))
  })
  const record: OauthRecord = { requests: [], verifiers: [] }
  const provider = createProvider(`https://${ACCOUNT_HOST}/`, store, faults)
  behaveAsInLife(provider, users, faults, record, () => Promise.all(endings.splice(0)))
  const handle = handler(provider, users)
  const folder = join(directory, ACCOUNT_HOST)
  const [key, cert] = await Promise.all(['tls.key', 'tls.crt'].map((name) => readFile(join(folder, name))))
  const servers = [createServer({ key, cert }, handle), createPlainServer(handle)] as const
  await Promise.all(servers.map(listen))
  const [tls, plain] = servers
  return {
    port: portOf(tls),
    endpoint: `http://127.0.0.1:${portOf(plain)}/`,
    faults,
    requests: record.requests,
    secrets: () => [...store.secrets, ...record.verifiers],
    endSessionsOf: store.endSessionsOf,
    async close() {
      await Promise.all(servers.map(close))
    },
  }
}

function handler(provider: Provider, users: UserBackend): RequestListener {
  const answer = provider.callback()
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isHomeserver = request.headers.authorization === `Bearer ${registrationSecret}`
    if (request.url === '/oauth2/introspect' && isHomeserver) {
      const token = (await readForm(request)).get('token') ?? ''
      return sendJson(response, 200, await introspect(provider, users, token))
    }
    if (request.url === '/practice/accounts' && isHomeserver) {
      const account = newAccountSchema.parse(await json(request))
      return sendJson(response, 200, { access_token: await users.create(account) })
    }
    if (await serveInteraction(provider, users, request, response)) return
    await answer(request, response)
  }
  return (request, response) => {
    // Also over the homeserver's own channel the world outside is meant.
    request.headers.host = ACCOUNT_HOST
    request.headers['x-forwarded-proto'] = 'https'
    serve(request, response).catch((error: unknown) =>
      sendJson(response, 400, { error: error instanceof Error ? error.message : 'failed' }),
    )
  }
}

async function introspect(provider: Provider, users: UserBackend, token: string): Promise<object> {
  const plain = users.plainToken(token)
  if (plain !== undefined) {
    const admin = plain.isAdmin ? ' urn:synapse:admin:*' : ''
    const device = plain.deviceId === null ? {} : { device_id: plain.deviceId }
    return { active: true, scope: `urn:matrix:client:api:*${admin}`, username: plain.username, ...device }
  }
  const found = await provider.AccessToken.find(token)
  if (found === undefined || found.isExpired) return { active: false }
  return {
    active: true,
    scope: found.scope ?? '',
    username: found.accountId,
    sub: found.accountId,
    expires_in: found.remainingTTL,
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
}

function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  return closed
}
