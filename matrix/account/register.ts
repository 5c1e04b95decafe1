import type { AuthDict } from 'matrix-js-sdk'
import { z } from 'zod'
import { fail, succeed, type Result } from '../../core/result.ts'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { anonymousClient, sessionIn, type Session } from '../client.ts'
import { failureOf } from '../http/matrix-error.ts'
import type { Fetch } from '../http/fetch.ts'
import { problemOf } from './account-problem.ts'
import { easiestFlow, ownStages } from '../homeserver/probe.ts'

/** What somebody filled in to get an account. */
export interface Registration {
  readonly username: string
  readonly password: string
  /** Registration token, where the homeserver asks for one. */
  readonly token: string | null
  readonly acceptsTerms: boolean
}

const TOKEN_STAGE = 'm.login.registration_token'

/** What a server still wants (spec v1.19, user-interactive authentication). */
const challengeSchema = z.object({
  flows: z.array(z.object({ stages: z.array(z.string()).default([]) })).optional(),
  session: z.string().optional(),
  completed: z.array(z.string()).optional(),
})

/** The name under which Foyer's session appears in the account's list of devices. */
export const DEVICE_NAME = 'Foyer (temporary)'

/**
 * Creates an account through user-interactive authentication and signs in to it. Stages are completed in the
 * server's order: dummy, terms, registration token; any other needs the browser.
 *
 * The library's InteractiveAuth isn't used: after a refusal that isn't about a stage, such as a taken name, it sends
 * the stage again, and so for ever.
 */
export async function register(
  fetch: Fetch,
  baseUrl: string,
  wish: Registration,
  now: () => number,
): Promise<Result<Session, AccountProblem>> {
  const client = anonymousClient(baseUrl, fetch)
  const request = {
    username: wish.username,
    password: wish.password,
    initial_device_display_name: DEVICE_NAME,
  }
  const sent: string[] = []
  let flows: readonly (readonly string[])[] = []
  let session: string | undefined
  let auth: AuthDict | undefined
  for (;;) {
    try {
      return toSession(baseUrl, await client.registerRequest({ ...request, ...(auth ? { auth } : {}) }))
    } catch (error) {
      const failure = failureOf(error)
      const challenge = challengeSchema.safeParse(failure.data)
      if (failure.httpStatus !== 401 || !challenge.success) {
        const isAboutToken = sent.at(-1) === TOKEN_STAGE && failure.httpStatus === 403
        return fail(isAboutToken ? { kind: 'wrongToken' } : problemOf(failure, now()))
      }
      // Some answers leave out what was said before.
      flows = challenge.data.flows?.map((flow) => flow.stages) ?? flows
      session = challenge.data.session ?? session
      const ours = flows.filter((stages) => stages.every(isOwn))
      if (ours.length === 0)
        return fail(flows.length === 0 ? problemOf(failure, now()) : { kind: 'needsBrowser' })
      const { completed = [] } = challenge.data
      const stage = easiestFlow(ours).find((each) => !completed.includes(each))
      // A stage that comes round again was refused; sending it once more would go on for ever.
      if (stage === undefined || sent.includes(stage)) {
        return fail(stage === TOKEN_STAGE ? { kind: 'wrongToken' } : problemOf(failure, now()))
      }
      // Nobody accepts terms but the person.
      if (stage === 'm.login.terms' && !wish.acceptsTerms) return fail({ kind: 'unknown', detail: stage })
      sent.push(stage)
      auth = {
        type: stage,
        ...(session === undefined ? {} : { session }),
        ...(stage === TOKEN_STAGE ? { token: wish.token ?? '' } : {}),
      }
    }
  }
}

function isOwn(stage: string): boolean {
  return ownStages.some((own) => own === stage)
}

function toSession(baseUrl: string, response: unknown): Result<Session, AccountProblem> {
  const session = sessionIn(response, baseUrl)
  return session === null ? fail({ kind: 'unknown', detail: 'no token' }) : succeed(session)
}
