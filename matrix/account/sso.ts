import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { fail, succeed, type Result } from '../../core/result.ts'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { anonymousClient, sessionIn, type Session } from '../client.ts'
import { endpoint, getJson, type Fetch } from '../http/fetch.ts'
import { failureOf } from '../http/matrix-error.ts'
import { problemOf } from './account-problem.ts'
import { DEVICE_NAME } from './register.ts'

/** Who vouches for people on a homeserver, as it says. */
export interface OfferedProvider {
  readonly id: string
  readonly name: string
  /** Content URI; null where there is none. */
  readonly iconUri: string | null
}

/** How people sign in on a homeserver, as it says itself (spec v1.19, `GET /login`). */
export interface LoginWays {
  readonly acceptsPassword: boolean
  /** Null where there is no single sign-on; empty where it names nobody to choose from. */
  readonly providers: readonly OfferedProvider[] | null
  /**
   * Single sign-on is but another door to the homeserver's OAuth 2.0 server. Apps that know OAuth 2.0 use that; one that
   * can't offers this flow alone, for signing up as well (spec v1.18, MSC3824).
   */
  readonly isOauthAware: boolean
}

const MOST_PROVIDERS = 20

const flag = z.boolean().optional().catch(undefined)
const flowSchema = z.object({
  type: z.string(),
  oauth_aware_preferred: flag,
  // What it was called before Matrix 1.18, while it was being agreed on and as servers have it.
  delegated_oidc_compatibility: flag,
  'org.matrix.msc3824.delegated_oidc_compatibility': flag,
  identity_providers: z.array(z.unknown()).optional().catch(undefined),
})
const providerSchema = z
  .object({
    id: z.string().min(1).max(255),
    name: z.string().min(1).max(100),
    icon: z.string().max(600).nullish().catch(null),
  })
  .transform(({ id, name, icon }): OfferedProvider => ({ id, name, iconUri: icon ?? null }))

/** Reads the answer of `GET /login`; whatever isn't one counts as no way at all. */
export function loginWaysIn(body: unknown): LoginWays {
  const parsed = z.object({ flows: z.array(z.unknown()) }).safeParse(body)
  const flows = (parsed.success ? parsed.data.flows : []).flatMap((flow) => {
    const read = flowSchema.safeParse(flow)
    return read.success ? [read.data] : []
  })
  const sso = flows.find((flow) => flow.type === 'm.login.sso')
  const isOauthAware =
    sso?.oauth_aware_preferred ??
    sso?.delegated_oidc_compatibility ??
    sso?.['org.matrix.msc3824.delegated_oidc_compatibility'] ??
    false
  const providers = sso?.identity_providers?.flatMap((provider) => {
    const read = providerSchema.safeParse(provider)
    return read.success ? [read.data] : []
  })
  return {
    acceptsPassword: !isOauthAware && flows.some((flow) => flow.type === 'm.login.password'),
    providers: sso === undefined ? null : (providers ?? []).slice(0, MOST_PROVIDERS),
    isOauthAware,
  }
}

/** Asks a homeserver how people sign in there. Null where it can't be reached. */
export async function askLoginWays(fetch: Fetch, baseUrl: string): Promise<LoginWays | null> {
  const answer = await getJson(fetch, endpoint(baseUrl, '/_matrix/client/v3/login'))
  return answer === null || answer.status >= 500 ? null : loginWaysIn(answer.body)
}

/** A page of a single sign-on, and what its answer is recognised by. */
export interface SsoPage {
  readonly url: string
  /** In the address with which the browser comes back; nobody else can know it. */
  readonly nonce: string
}

/**
 * The page that signs somebody in, at one of the homeserver's identity providers where `provider` is set. The browser
 * comes back to `redirectUri` with the nonce beside the token (spec v1.19, client login via SSO).
 */
export function ssoPage(
  baseUrl: string,
  redirectUri: string,
  provider: string | null,
  action: 'login' | 'register',
): SsoPage {
  const nonce = randomBytes(16).toString('base64url')
  const back = new URL(redirectUri)
  back.searchParams.set('state', nonce)
  const path = '/_matrix/client/v3/login/sso/redirect'
  const url = endpoint(baseUrl, provider === null ? path : `${path}/${encodeURIComponent(provider)}`)
  url.searchParams.set('redirectUrl', back.href)
  url.searchParams.set('action', action)
  // Before Matrix 1.18.
  url.searchParams.set('org.matrix.msc3824.action', action)
  return { url: url.href, nonce }
}

/** The login token in the address with which the browser came back, or null. */
export function loginTokenIn(callback: URL): string | null {
  return callback.searchParams.get('loginToken')
}

/**
 * Signs in with the token that a single sign-on ended with, to the device of an earlier session where `device` is set. It
 * works once, for a few seconds or minutes.
 */
export async function signInWithToken(
  fetch: Fetch,
  baseUrl: string,
  token: string,
  device: string | null,
  now: () => number,
): Promise<Result<Session, AccountProblem>> {
  try {
    const response = await anonymousClient(baseUrl, fetch).loginRequest({
      type: 'm.login.token',
      token,
      ...(device !== null && { device_id: device }),
      initial_device_display_name: DEVICE_NAME,
    })
    const session = sessionIn(response, baseUrl)
    return session === null ? fail({ kind: 'unknown', detail: 'no token' }) : succeed(session)
  } catch (error) {
    return fail(problemOf(failureOf(error), now()))
  }
}
