import { z } from 'zod'
import { fail, succeed, type Result } from '../../core/result.ts'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { anonymousClient } from '../client.ts'
import { failureOf, type RequestFailure } from '../http/matrix-error.ts'
import type { Fetch } from '../http/fetch.ts'
import { problemOf } from './account-problem.ts'
import type { EmailProof, Registration } from './registration.ts'

/**
 * Has the homeserver send a mail that proves the address, or send it again. Another address begins anew, with a secret
 * of its own. Returns the proof to be kept.
 */
export async function requestEmail(
  fetch: Fetch,
  { baseUrl, email }: Registration,
  address: string,
  now: () => number,
): Promise<Result<EmailProof, AccountProblem>> {
  const client = anonymousClient(baseUrl, fetch)
  const before = email?.address === address ? email : null
  const clientSecret = before?.clientSecret ?? client.generateClientSecret()
  const attempt = (before?.attempt ?? 0) + 1
  try {
    const { sid, submit_url: url } = await client.requestRegisterEmailToken(address, clientSecret, attempt)
    const submitUrl = url !== undefined && isSafe(url) ? url : null
    return succeed({ address, clientSecret, sid, attempt, submitUrl, sentAt: now() })
  } catch (error) {
    return fail(emailProblemOf(failureOf(error), now()))
  }
}

const verdictSchema = z.object({ success: z.boolean() })

/**
 * Hands in the code of a mail (spec v1.19, `submit_url` of requestToken). `tooMany` and `unreachable` say nothing of the
 * code; it can be handed in again.
 */
export async function submitEmailCode(
  fetch: Fetch,
  { clientSecret, sid, submitUrl }: EmailProof,
  code: string,
): Promise<Result<null, 'wrongCode' | 'tooMany' | 'unreachable'>> {
  if (submitUrl === null) return fail('wrongCode')
  try {
    const response = await fetch(submitUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sid, client_secret: clientSecret, token: code }),
      credentials: 'omit',
      signal: AbortSignal.timeout(30_000),
    })
    if (response.status === 429) return fail('tooMany')
    if (response.status >= 500) return fail('unreachable')
    const verdict = verdictSchema.safeParse(await response.json().catch(() => null))
    return response.ok && (!verdict.success || verdict.data.success) ? succeed(null) : fail('wrongCode')
  } catch {
    return fail('unreachable')
  }
}

function emailProblemOf(failure: RequestFailure, now: number): AccountProblem {
  switch (failure.errcode) {
    case 'M_THREEPID_IN_USE':
      return { kind: 'emailInUse' }
    case 'M_THREEPID_DENIED':
      return { kind: 'emailDenied' }
    case 'M_INVALID_EMAIL':
    case 'M_INVALID_PARAM':
    case 'M_BAD_JSON':
      return { kind: 'emailInvalid' }
    default:
  }
  // Synapse answers so where its own mail server refuses.
  if (failure.httpStatus === 500) return { kind: 'emailNotSent' }
  // Before it looks for who has the address, Synapse looks whether it is one, and says no more than 400.
  if (failure.httpStatus === 400 && failure.errcode === 'M_UNKNOWN') return { kind: 'emailInvalid' }
  return problemOf(failure, now)
}

// A code must never travel in the open.
function isSafe(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}
