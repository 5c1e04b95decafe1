import type { AuthDict } from 'matrix-js-sdk'
import { z } from 'zod'
import { indexOfWay, needOf, waysOf, type SignUpWay } from '../../core/onboarding/sign-up-ways.ts'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { anonymousClient, sessionIn, type Session } from '../client.ts'
import { failureOf, type RequestFailure } from '../http/matrix-error.ts'
import type { Fetch } from '../http/fetch.ts'
import { problemOf } from './account-problem.ts'
import { openStages, type Registration } from './registration.ts'

/** What a person brings to a registration and Foyer doesn't keep. */
export interface Answers {
  /** Null after a restart; Synapse then goes by what it was told before. */
  readonly password: string | null
  /** Registration token, where the homeserver asks for one. */
  readonly token: string | null
}

/** How far a registration has come. */
export type Advance =
  | { readonly kind: 'done'; readonly session: Session }
  /** Something is to be done outside first: a mail, a page in the browser. */
  | { readonly kind: 'waiting'; readonly registration: Registration }
  | { readonly kind: 'refused'; readonly registration: Registration; readonly problem: AccountProblem }

const TERMS = 'm.login.terms'
const TOKEN = 'm.login.registration_token'
const EMAIL = 'm.login.email.identity'
const DUMMY = 'm.login.dummy'

/** What a server still wants (spec v1.19, user-interactive authentication). */
const challengeSchema = z.object({
  flows: z.array(z.object({ stages: z.array(z.string()).default([]) })).optional(),
  session: z.string().optional(),
  completed: z.array(z.string()).optional(),
  errcode: z.string().optional(),
})

/** The name under which Foyer's session appears in the account's list of devices. */
export const DEVICE_NAME = 'Foyer (temporary)'

/**
 * Takes a registration as far as it goes without a person: completes every stage that needs nobody, asks whether the
 * others have been finished outside, and takes the account once all are. `wanted` says which of several flows to
 * follow; null goes on with the one begun.
 *
 * The library's InteractiveAuth isn't used: after a refusal that isn't about a stage, such as a taken name, it sends
 * the stage again, and so for ever; and it can't be put on disk.
 */
export async function advance(
  fetch: Fetch,
  begun: Registration,
  answers: Answers,
  wanted: SignUpWay | null,
  now: () => number,
): Promise<Advance> {
  const client = anonymousClient(begun.baseUrl, fetch)
  let registration = begun
  // Asking about the mail tells at the same time what was finished in the browser.
  const sent = begun.email !== null && openStages(begun).includes(EMAIL) ? [EMAIL] : []
  let auth = firstAuth(begun, sent[0], answers)
  for (;;) {
    const request = answers.password === null ? {} : requestOf(registration, answers.password)
    try {
      const response = await client.registerRequest({ ...request, ...(auth ? { auth } : {}) })
      return toSession(registration, response)
    } catch (error) {
      const failure = failureOf(error)
      const challenge = challengeSchema.safeParse(failure.data)
      const refused = (problem: AccountProblem): Advance => ({ kind: 'refused', registration, problem })
      if (failure.httpStatus !== 401 || !challenge.success) {
        return refused(refusalOf(failure, sent.at(-1), answers, now()))
      }
      registration = withChallenge(registration, challenge.data, wanted)
      if (registration.stages.length === 0) return refused(problemOf(failure, now()))
      const last = sent.at(-1)
      const isRefused = last !== undefined && !registration.completed.includes(last)
      if (isRefused && last === TOKEN && challenge.data.errcode !== undefined)
        return refused({ kind: 'wrongToken' })
      const stage = nextStage(registration, sent, answers)
      if (stage !== null) {
        sent.push(stage)
        auth = authOf(stage, registration, answers)
      } else if (openStages(registration).every((each) => isOwn(each))) {
        // All was sent and nothing is left to wait for: asking once more would go on for ever.
        return refused(problemOf(failure, now()))
      } else return { kind: 'waiting', registration }
    }
  }
}

function firstAuth(begun: Registration, stage: string | undefined, answers: Answers): AuthDict | undefined {
  if (begun.session === null) return undefined
  return stage === undefined ? { session: begun.session } : authOf(stage, begun, answers)
}

function requestOf({ username }: Registration, password: string) {
  return { username, password, initial_device_display_name: DEVICE_NAME }
}

function withChallenge(
  registration: Registration,
  challenge: z.infer<typeof challengeSchema>,
  wanted: SignUpWay | null,
): Registration {
  const isSame = challenge.session === undefined || challenge.session === registration.session
  const ways = waysOf(challenge.flows?.map((flow) => flow.stages) ?? [])
  const isKnown = ways.some((way) => way.stages.join() === registration.stages.join())
  const way = wanted === null ? ways[0] : ways[indexOfWay(ways, wanted)]
  return {
    ...registration,
    session: challenge.session ?? registration.session,
    // Some answers leave out what was said before.
    stages: (isKnown && wanted === null) || way === undefined ? registration.stages : way.stages,
    completed: challenge.completed ?? (isSame ? registration.completed : []),
  }
}

/** The next stage to send, in the server's order but the dummy last, as that may complete a shorter flow (spec). */
function nextStage(registration: Registration, sent: readonly string[], answers: Answers): string | null {
  const open = openStages(registration).filter((stage) => !sent.includes(stage))
  const sendable = open.filter((stage) => {
    switch (stage) {
      case TERMS:
        // Nobody accepts terms but the person.
        return registration.acceptsTerms
      case TOKEN:
        return answers.token !== null
      case EMAIL:
        return registration.email !== null
      case DUMMY:
        return openStages(registration).length === 1
      default:
        return false
    }
  })
  return sendable[0] ?? null
}

function authOf(stage: string, registration: Registration, { token }: Answers): AuthDict {
  const session = registration.session === null ? {} : { session: registration.session }
  if (stage === TOKEN) return { type: stage, ...session, token: token ?? '' }
  if (stage !== EMAIL || registration.email === null) return { type: stage, ...session }
  const { sid, clientSecret } = registration.email
  const creds = { sid, client_secret: clientSecret }
  // Servers before Matrix 1.0 know the second name only.
  return { type: stage, ...session, threepid_creds: creds, threepidCreds: creds }
}

function isOwn(stage: string): boolean {
  return needOf(stage) === null || stage === TOKEN
}

function refusalOf(
  failure: RequestFailure,
  stage: string | undefined,
  { password }: Answers,
  now: number,
): AccountProblem {
  if (stage === TOKEN && failure.httpStatus === 403) return { kind: 'wrongToken' }
  if (failure.httpStatus === 400 && /session/i.test(failure.message)) return { kind: 'sessionExpired' }
  if (password === null && failure.httpStatus === 400 && failure.errcode !== 'M_USER_IN_USE')
    return { kind: 'passwordAgain' }
  return problemOf(failure, now)
}

function toSession(registration: Registration, response: unknown): Advance {
  const session = sessionIn(response, registration.baseUrl)
  return session === null
    ? { kind: 'refused', registration, problem: { kind: 'unknown', detail: 'no token' } }
    : { kind: 'done', session }
}
