import { fail, succeed, type Result } from '../../core/result.ts'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { anonymousClient, sessionClient, type Session } from '../client.ts'
import { failureOf } from '../http/matrix-error.ts'
import type { Fetch } from '../http/fetch.ts'
import { problemOf } from './account-problem.ts'
import { DEVICE_NAME } from './register.ts'

/** Signs in with a password. `user` is a Matrix ID or a username. */
export async function signInWithPassword(
  fetch: Fetch,
  baseUrl: string,
  user: string,
  password: string,
  now: () => number,
): Promise<Result<Session, AccountProblem>> {
  try {
    const response = await anonymousClient(baseUrl, fetch).loginRequest({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user },
      password,
      initial_device_display_name: DEVICE_NAME,
    })
    const { user_id: userId, device_id: deviceId, access_token: accessToken } = response
    return succeed({ baseUrl, userId, deviceId, accessToken })
  } catch (error) {
    return fail(problemOf(failureOf(error), now()))
  }
}

/**
 * Signs the session out on the server. True when the token is dead afterwards: either the server confirmed it, or it
 * no longer knew the token. False when nobody answered, so the caller must try again later.
 */
export async function signOut(fetch: Fetch, session: Session): Promise<boolean> {
  try {
    await sessionClient(session, fetch).logout()
    return true
  } catch (error) {
    const failure = failureOf(error)
    return failure.httpStatus === 401 || failure.errcode === 'M_UNKNOWN_TOKEN'
  }
}
