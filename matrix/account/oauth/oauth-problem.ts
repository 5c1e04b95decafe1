import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import type { BrowserProblem } from '../../../core/onboarding/state.ts'

/**
 * What a failed step of an OAuth 2.0 flow means for the person in front of the screen. Anything that isn't a failure of
 * a request or an answer is a bug and thrown again.
 */
export function browserProblemOf(error: unknown, now: number): BrowserProblem {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    switch (error.error) {
      case 'access_denied':
        return { kind: 'denied' }
      case 'expired_token':
        return { kind: 'codeExpired' }
      default:
    }
  }
  const response = responseOf(error)
  if (response?.status === 429) return { kind: 'rateLimited', retryAt: now + waitOf(response) }
  if (response !== null && response.status >= 500) return { kind: 'unreachable' }
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return { kind: 'unknown', detail: `OAuth ${error.error}`.slice(0, 200) }
  }
  if (error instanceof ClientError) {
    if (error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT') return { kind: 'unreachable' }
    // State or issuer of somebody else's answer (RFC 9207, RFC 6749 section 10.12).
    if (error.code === 'OAUTH_INVALID_RESPONSE') return { kind: 'mixedUp' }
    // The library takes whatever fetch throws for a mishap; nothing answered then.
    if (error.code === undefined) return { kind: 'unreachable' }
    return { kind: 'unknown', detail: error.code }
  }
  if (isNetworkFailure(error)) return { kind: 'unreachable' }
  throw error
}

/** Whether a server said no for good, as against not answering or being in trouble itself. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof ResponseBodyError)) return false
  return error.status >= 400 && error.status < 500 && error.status !== 429
}

function responseOf(error: unknown): Response | null {
  if (error instanceof ResponseBodyError) return error.response
  const cause = error instanceof Error ? error.cause : null
  return typeof cause === 'object' && cause !== null && 'status' in cause && 'headers' in cause
    ? (cause as Response)
    : null
}

function waitOf(response: Response): number {
  const header = response.headers.get('retry-after') ?? ''
  const seconds = /^\d+$/.test(header) ? Number(header) : 30
  return Math.min(Math.max(seconds, 1), 3600) * 1000
}

function isNetworkFailure(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error &&
      (['AbortError', 'TimeoutError'].includes(error.name) || error.message.startsWith('net::')))
  )
}
