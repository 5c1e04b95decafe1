import { z } from 'zod'
import { noPasswordRules, type PasswordRules } from '../../core/onboarding/password-rules.ts'
import { waysOf, type SignUpWay } from '../../core/onboarding/sign-up-ways.ts'
import type { Policy } from '../../core/onboarding/state.ts'
import { anonymousClient } from '../client.ts'
import { policiesOf } from '../homeserver/policies.ts'
import { endpoint, getJson, type Fetch } from '../http/fetch.ts'
import { failureOf } from '../http/matrix-error.ts'

const flowsSchema = z.object({
  flows: z.array(z.object({ stages: z.array(z.string()).default([]) })).min(1),
  params: z.record(z.string(), z.unknown()).default({}),
})

/** What the form for an account has to ask for. */
export interface LearnedWays {
  readonly ways: readonly SignUpWay[]
  readonly policies: readonly Policy[]
  readonly passwordRules: PasswordRules
}

/** What a homeserver says when it is asked for its ways to an account. */
export type AskedWays =
  | ({ readonly kind: 'told' } & LearnedWays)
  /** Sign-up is closed, say, or made in the browser only. */
  | { readonly kind: 'silent' }
  /** Nobody answers, or there were too many sign-ups; `wait` in milliseconds where it says for how long. */
  | { readonly kind: 'later'; readonly wait: number | null }

/**
 * Asks for the ways to an account on a homeserver, its rules for passwords and the policies to accept, in `language`
 * where they come in it. Creates nothing.
 */
export async function askWays(fetch: Fetch, baseUrl: string, language: string): Promise<AskedWays> {
  const rules = askPasswordRules(fetch, baseUrl)
  try {
    await anonymousClient(baseUrl, fetch).registerRequest({})
    return { kind: 'silent' }
  } catch (error) {
    const { httpStatus, data, retryAfter } = failureOf(error)
    if (httpStatus === null || httpStatus >= 500) return { kind: 'later', wait: null }
    if (httpStatus === 429) return { kind: 'later', wait: retryAfter }
    const flows = flowsSchema.safeParse(data)
    if (!flows.success) return { kind: 'silent' }
    const ways = waysOf(flows.data.flows.map((flow) => flow.stages))
    const policies = policiesOf(flows.data.params['m.login.terms'], language)
    return { kind: 'told', ways, policies, passwordRules: await rules }
  }
}

const flag = z.boolean().catch(false)
const passwordPolicySchema = z.object({
  'm.minimum_length': z.int().min(0).max(512).catch(0),
  'm.require_lowercase': flag,
  'm.require_uppercase': flag,
  'm.require_digit': flag,
  'm.require_symbol': flag,
})

/** The rules for passwords, which Synapse tells beforehand (MSC2000); none where a homeserver doesn't. */
async function askPasswordRules(fetch: Fetch, baseUrl: string): Promise<PasswordRules> {
  const answer = await getJson(fetch, endpoint(baseUrl, '/_matrix/client/v3/password_policy'))
  const policy = answer?.status === 200 ? passwordPolicySchema.safeParse(answer.body) : null
  if (!policy?.success) return noPasswordRules
  const needs = (['lowercase', 'uppercase', 'digit', 'symbol'] as const).filter(
    (need) => policy.data[`m.require_${need}`],
  )
  return { minimumLength: policy.data['m.minimum_length'], needs }
}

const validitySchema = z.object({ valid: z.boolean() })

/** Whether a registration token is good (spec v1.19, token validity). Null where the homeserver can't say now. */
export async function askToken(fetch: Fetch, baseUrl: string, token: string): Promise<boolean | null> {
  const url = endpoint(baseUrl, '/_matrix/client/v1/register/m.login.registration_token/validity')
  url.searchParams.set('token', token)
  const answer = await getJson(fetch, url)
  const parsed = validitySchema.safeParse(answer?.body)
  return answer?.status === 200 && parsed.success ? parsed.data.valid : null
}
