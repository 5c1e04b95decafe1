import * as oauth from 'openid-client'
import type { BrowserProblem } from '../../../core/onboarding/state.ts'
import { fail, succeed, type Result } from '../../../core/result.ts'
import type { Fetch } from '../../http/fetch.ts'
import { hasDeviceGrant, registerApp } from './app.ts'
import type { Brand } from './brand.ts'
import { askAccountServer, newDeviceId, scopeFor, type AccountServer } from './metadata.ts'
import { browserProblemOf } from './oauth-problem.ts'
import { askWhoami, grantOf, nameDevice, type OauthSession } from './session.ts'

/** What a flow needs of the world around it. */
export interface OauthPorts {
  readonly fetch: Fetch
  readonly brand: Brand
  /** Wall-clock milliseconds, for what people are told. */
  readonly wall: () => number
  /** Milliseconds that never jump, for how long tokens live. */
  readonly monotonic: () => number
  /** Resolves after `ms`, or at once when aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** This app, registered with the server of one homeserver's accounts, for one device. */
export interface OauthApp {
  readonly baseUrl: string
  readonly server: AccountServer
  readonly client: oauth.Configuration
  readonly deviceId: string
  /** The server can do with a code for another device. */
  readonly offersCode: boolean
}

/** The detail of the problem that a homeserver keeps its accounts itself. */
export const NO_ACCOUNT_SERVER = 'no auth_metadata'

/** Registers with the server that keeps a homeserver's accounts. */
export async function openApp(
  ports: OauthPorts,
  baseUrl: string,
  signal: AbortSignal,
): Promise<Result<OauthApp, BrowserProblem>> {
  return attempt(ports, async () => {
    const server = await askAccountServer(ports.fetch, baseUrl, signal)
    if (server === 'unreachable') return fail({ kind: 'unreachable' })
    if (server === null) return fail({ kind: 'unknown', detail: NO_ACCOUNT_SERVER })
    const client = await registerApp(ports.fetch, server, ports.brand)
    return succeed({ baseUrl, server, client, deviceId: newDeviceId(), offersCode: hasDeviceGrant(server) })
  })
}

/** A page that was asked for, and how to make a session of what comes back. */
export interface AuthorizationPage {
  readonly url: string
  /** Tells an answer to this page from all others. */
  readonly state: string
  /** Takes the address to which the browser came back. */
  readonly complete: (callback: URL) => Promise<Result<OauthSession, BrowserProblem>>
}

/** Prepares the page for the browser: authorization code with PKCE (RFC 7636), answered on `redirectUri`. */
export async function authorizationPage(
  ports: OauthPorts,
  app: OauthApp,
  redirectUri: string,
  intent: 'create' | 'signIn',
): Promise<AuthorizationPage> {
  const verifier = oauth.randomPKCECodeVerifier()
  const state = oauth.randomState()
  const prompts = app.server.metadata.prompt_values_supported ?? []
  const url = oauth.buildAuthorizationUrl(app.client, {
    redirect_uri: redirectUri,
    response_mode: 'query',
    scope: scopeFor(app.server, app.deviceId),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(intent === 'create' && prompts.includes('create') && { prompt: 'create' }),
  })
  return {
    url: url.href,
    state,
    complete: (callback) =>
      attempt(ports, async () => {
        const from = ports.monotonic()
        const tokens = await oauth.authorizationCodeGrant(app.client, callback, {
          pkceCodeVerifier: verifier,
          expectedState: state,
        })
        return sessionOf(ports, app, tokens, from)
      }),
  }
}

/** A code for a browser on any device (RFC 8628), and the wait for it to be entered. */
export interface DeviceLink {
  readonly address: string
  readonly link: string
  readonly userCode: string
  /** Seconds from now. */
  readonly lifetime: number
  readonly complete: (signal: AbortSignal) => Promise<Result<OauthSession, BrowserProblem>>
}

/** Asks for such a code. */
export async function deviceLink(
  ports: OauthPorts,
  app: OauthApp,
): Promise<Result<DeviceLink, BrowserProblem>> {
  if (!app.offersCode) return fail({ kind: 'noCode' })
  return attempt(ports, async () => {
    const asked = await oauth.initiateDeviceAuthorization(app.client, {
      scope: scopeFor(app.server, app.deviceId),
    })
    const page = new URL(asked.verification_uri)
    const link = new URL(asked.verification_uri_complete ?? asked.verification_uri)
    if (page.protocol !== 'https:' || link.protocol !== 'https:') return fail({ kind: 'mixedUp' })
    return succeed({
      address: `${page.host}${page.pathname.replace(/\/$/, '')}${page.search}`,
      link: link.href,
      userCode: asked.user_code,
      lifetime: asked.expires_in,
      complete: (signal) => attempt(ports, () => untilEntered(ports, app, asked, signal)),
    })
  })
}

// The library keeps the server's pace, also when told to slow down. A network that fails for a while must not end it
// (RFC 8628 section 3.5).
async function untilEntered(
  ports: OauthPorts,
  app: OauthApp,
  asked: oauth.DeviceAuthorizationResponse,
  signal: AbortSignal,
): Promise<Result<OauthSession, BrowserProblem>> {
  const end = ports.monotonic() + asked.expires_in * 1000
  for (;;) {
    const from = ports.monotonic()
    try {
      const tokens = await oauth.pollDeviceAuthorizationGrant(app.client, asked, undefined, { signal })
      return await sessionOf(ports, app, tokens, from)
    } catch (error) {
      const problem = browserProblemOf(error, ports.wall())
      const isPassing = problem.kind === 'unreachable' || problem.kind === 'rateLimited'
      if (signal.aborted || !isPassing) return fail(problem)
      if (ports.monotonic() > end) return fail({ kind: 'codeExpired' })
      await ports.sleep((asked.interval ?? 5) * 1000, signal)
    }
  }
}

async function sessionOf(
  ports: OauthPorts,
  app: OauthApp,
  tokens: oauth.TokenEndpointResponse,
  from: number,
): Promise<Result<OauthSession, BrowserProblem>> {
  const accessToken = tokens.access_token
  const who = await askWhoami(ports.fetch, app.baseUrl, accessToken)
  if (who === null) return fail({ kind: 'unknown', detail: 'whoami' })
  const grant = grantOf(app.client.clientMetadata().client_id, tokens, null, from)
  const { baseUrl } = app
  const session = { baseUrl, userId: who.userId, deviceId: who.deviceId ?? app.deviceId, accessToken, grant }
  await nameDevice(ports.fetch, session)
  return succeed(session)
}

async function attempt<Value>(
  ports: OauthPorts,
  work: () => Promise<Result<Value, BrowserProblem>>,
): Promise<Result<Value, BrowserProblem>> {
  try {
    return await work()
  } catch (error) {
    return fail(browserProblemOf(error, ports.wall()))
  }
}
