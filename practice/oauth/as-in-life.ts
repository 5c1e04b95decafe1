import type { Provider } from 'oidc-provider'
import type { OauthFaults } from './faults.ts'
import { deviceIn } from './provider.ts'
import type { UserBackend } from './user-backend.ts'

/** One request to an endpoint for programs, for tests. */
export type OauthRequest = {
  readonly endpoint: string
  readonly grant: string | null
  readonly status: number
  /** Wall-clock milliseconds. */
  readonly from: number
  readonly until: number
}

/** What a test has seen and what must not be found anywhere else. */
export type OauthRecord = { readonly requests: OauthRequest[]; readonly verifiers: string[] }

/** Seconds between two questions whether a code was entered. */
const POLL_INTERVAL = 5

type AnyBody = Record<string, unknown>

/**
 * Where the provider differs from the Matrix Authentication Service, and what that does beside: the homeserver hears
 * of users' devices before they use their tokens, and has forgotten them when a revocation is answered (`settled`).
 */
export function behaveAsInLife(
  provider: Provider,
  users: UserBackend,
  faults: OauthFaults,
  record: OauthRecord,
  settled: () => Promise<unknown>,
): void {
  provider.use(async (context, next) => {
    const from = Date.now()
    const { pathname } = context.URL
    const isRegistration = pathname === '/oauth2/registration'
    if (isRegistration && faults.isRegistrationLimited) {
      context.status = 429
      context.set('Retry-After', '5')
      context.body = { error: 'temporarily_unavailable', error_description: 'Too many requests' }
    } else await next()
    await settled()

    const fields = isFields(context.oidc?.body) ? context.oidc.body : {}
    const body: AnyBody = isFields(context.body) ? context.body : {}
    if (isRegistration && context.status === 201 && !isRealHomepage(body['client_uri'])) {
      context.status = 400
      context.body = { error: 'invalid_client_metadata', error_description: 'client_uri is not a https page' }
    }
    if (pathname === '/oauth2/device' && context.status === 200) {
      body['interval'] = POLL_INTERVAL
      if (!faults.hasCompleteLink) delete body['verification_uri_complete']
    }
    if (pathname === '/oauth2/token') {
      if (body['error'] === 'authorization_pending') context.status = 403
      if (typeof fields['code_verifier'] === 'string') record.verifiers.push(fields['code_verifier'])
      if (typeof body['access_token'] === 'string') await introduce(provider, users, body['access_token'])
    }
    if (pathname.startsWith('/oauth2/')) {
      const grant = typeof fields['grant_type'] === 'string' ? fields['grant_type'] : null
      record.requests.push({ endpoint: pathname, grant, status: context.status, from, until: Date.now() })
    }
    if (pathname === '/oauth2/token' && fields['grant_type'] === 'refresh_token') {
      if (faults.refreshAnswersToLose > 0 && context.status === 200) {
        faults.refreshAnswersToLose -= 1
        context.req.socket.destroy()
      }
    }
  })
}

async function introduce(provider: Provider, users: UserBackend, accessToken: string): Promise<void> {
  const token = await provider.AccessToken.find(accessToken)
  const device = deviceIn(token?.scope)
  if (token === undefined || device === null) return
  const client = token.clientId === undefined ? undefined : await provider.Client.find(token.clientId)
  await users.addDevice(token.accountId, device, client?.clientName ?? 'An app')
}

// The Matrix Authentication Service's policy for what apps say about themselves.
function isRealHomepage(homepage: unknown): boolean {
  if (typeof homepage !== 'string' || !URL.canParse(homepage)) return false
  const { protocol, hostname } = new URL(homepage)
  return protocol === 'https:' && !['localhost', '127.0.0.1', '0.0.0.0', '[::1]'].includes(hostname)
}

function isFields(value: unknown): value is AnyBody {
  return typeof value === 'object' && value !== null
}
