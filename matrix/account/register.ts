import { AuthType, InteractiveAuth, type AuthDict, type RegisterResponse } from 'matrix-js-sdk'
import { fail, succeed, type Result } from '../../core/result.ts'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { anonymousClient, type Session } from '../client.ts'
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

const TOKEN_STAGE: string = AuthType.RegistrationToken

/** The name under which Foyer's session appears in the account's list of devices. */
export const DEVICE_NAME = 'Foyer (temporary)'

/**
 * Creates an account through user-interactive authentication and signs in to it. Stages are completed in the
 * server's order: dummy, terms, registration token; any other needs the browser.
 */
export async function register(
  fetch: Fetch,
  baseUrl: string,
  wish: Registration,
  now: () => number,
): Promise<Result<Session, AccountProblem>> {
  const client = anonymousClient(baseUrl, fetch)
  let tokenSent = false
  let verdict: AccountProblem | null = null
  const auth: InteractiveAuth<RegisterResponse> = new InteractiveAuth<RegisterResponse>({
    matrixClient: client,
    supportedStages: [...ownStages],
    requestEmailToken: () => Promise.reject(new Error('E-mail stages go through the browser')),
    doRequest: (dict) =>
      client.registerRequest({
        username: wish.username,
        password: wish.password,
        initial_device_display_name: DEVICE_NAME,
        ...(dict === null ? {} : { auth: dict }),
      }),
    stateUpdated: (stage, status) => {
      // An error with a stage repeated means that the stage's data was wrong; asking again would go on for ever.
      if (status.errcode !== undefined && stage === TOKEN_STAGE && tokenSent) {
        verdict = { kind: 'wrongToken' }
        return stop()
      }
      if (stage === TOKEN_STAGE) tokenSent = true
      void auth.submitAuthDict(dictFor(stage, wish))
    },
  })
  let stop: () => void = () => undefined
  const stopped = new Promise<null>((resolve) => {
    stop = () => resolve(null)
  })
  try {
    const response = await Promise.race([auth.attemptAuth(), stopped])
    if (verdict !== null) return fail(verdict)
    return response === null ? fail({ kind: 'unknown', detail: '' }) : toSession(baseUrl, response)
  } catch (error) {
    if (error instanceof Error && error.name === 'NoAuthFlowFoundError') return fail({ kind: 'needsBrowser' })
    return fail(problemOf(failureOf(error), now()))
  }
}

/** Whether Foyer can walk through one of a server's flows without a browser. */
export function canRegisterHere(flows: readonly (readonly string[])[]): boolean {
  return easiestFlow(flows).every((stage) => ownStages.some((own) => own === stage))
}

function dictFor(stage: string, wish: Registration): AuthDict {
  return stage === TOKEN_STAGE ? { type: stage, token: wish.token ?? '' } : { type: stage }
}

function toSession(baseUrl: string, response: RegisterResponse): Result<Session, AccountProblem> {
  const { user_id: userId, device_id: deviceId, access_token: accessToken } = response
  return deviceId !== undefined && accessToken !== undefined
    ? succeed({ baseUrl, userId, deviceId, accessToken })
    : fail({ kind: 'unknown', detail: 'no token' })
}
