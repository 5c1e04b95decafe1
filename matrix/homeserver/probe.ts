import { z } from 'zod'
import { waysOf, type SignUpWay } from '../../core/onboarding/sign-up-ways.ts'
import type { HomeserverCard, Policy, SignUpKind } from '../../core/onboarding/state.ts'
import { loginWaysIn } from '../account/sso.ts'
import { anonymousClient } from '../client.ts'
import { failureOf } from '../http/matrix-error.ts'
import { endpoint, getJson, type Fetch } from '../http/fetch.ts'
import { policiesOf } from './policies.ts'

/** What a homeserver asks of people who want an account, as it says itself when nobody is signed in. */
export interface SignUpProbe {
  readonly kind: SignUpKind
  /** What the easiest flow asks of people. */
  readonly asks: HomeserverCard['asks']
  readonly policies: readonly Policy[]
  readonly acceptsPassword: boolean
  /** Addresses of its rules, where it names any. */
  readonly rules: readonly string[]
}

const rulesAddress = z
  .string()
  .max(2000)
  .regex(/^https:\/\/\S+$/)
  .optional()
  .catch(undefined)

// Some proxies answer 200 with a page to whatever is asked.
const metadataSchema = z.object({ issuer: z.string(), op_tos_uri: rulesAddress, op_policy_uri: rulesAddress })

const flowsSchema = z.object({
  flows: z.array(z.object({ stages: z.array(z.string()).default([]) })).min(1),
  params: z.record(z.string(), z.unknown()).default({}),
})

/**
 * Probes how sign-up works on a homeserver. Null where it can't be reached. Asking `/register` without data creates
 * nothing: the answer is the list of flows (spec v1.19, user-interactive authentication).
 */
export async function probeSignUp(fetch: Fetch, baseUrl: string): Promise<SignUpProbe | null> {
  const [login, ...metadata] = await Promise.all([
    getJson(fetch, endpoint(baseUrl, '/_matrix/client/v3/login')),
    getJson(fetch, endpoint(baseUrl, '/_matrix/client/v1/auth_metadata')),
    // Before Matrix 1.15.
    getJson(fetch, endpoint(baseUrl, '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata')),
  ])
  if (login === null) return null
  const { acceptsPassword, providers, isOauthAware } = loginWaysIn(login.body)
  const probe = { asks: [], policies: [], acceptsPassword, rules: [] }
  for (const answer of metadata) {
    const oauth = answer?.status === 200 ? metadataSchema.safeParse(answer.body) : null
    if (!oauth?.success) continue
    const { op_tos_uri: terms, op_policy_uri: policy } = oauth.data
    const rules = [terms, policy].filter((each) => each !== undefined)
    return { ...probe, kind: 'browser', acceptsPassword: false, rules }
  }
  // Nothing but that flow may be offered, and it leads to a page in the browser.
  if (isOauthAware) return { ...probe, kind: 'browser' }
  try {
    await anonymousClient(baseUrl, fetch).registerRequest({})
    return { ...probe, kind: 'unknown' }
  } catch (error) {
    const failure = failureOf(error)
    // A proxy's word that nobody is behind it counts as no answer.
    if (failure.httpStatus === null || failure.httpStatus >= 500) return null
    const flows = flowsSchema.safeParse(failure.data)
    if (failure.httpStatus !== 401 || !flows.success) {
      // Where there are no forms at all, whoever has an account with one of the identity providers may still come in.
      const closed = providers !== null && !acceptsPassword ? 'sso' : 'closed'
      return { ...probe, kind: failure.httpStatus === 403 ? closed : 'unknown' }
    }
    const [easiest] = waysOf(flows.data.flows.map((flow) => flow.stages))
    if (easiest === undefined) return { ...probe, kind: 'unknown' }
    const policies = policiesOf(flows.data.params['m.login.terms'])
    const asks = [...easiest.needs, ...(policies.length > 0 ? (['terms'] as const) : [])]
    return { ...probe, kind: kindOf(easiest), asks, policies, rules: policies.map((policy) => policy.url) }
  }
}

// By the hardest thing that it asks for.
function kindOf({ needs }: SignUpWay): SignUpKind {
  const hardest = needs.at(-1)
  if (hardest === undefined) return 'open'
  return hardest === 'page' || hardest === 'phone' ? 'unknown' : hardest
}
