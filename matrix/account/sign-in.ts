import type { SignInIdentifier } from '../../core/addresses/sign-in-identifier.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { anonymousClient, sessionClient, sessionIn, type Session } from '../client.ts'
import { failureOf } from '../http/matrix-error.ts'
import type { Fetch } from '../http/fetch.ts'
import { problemOf } from './account-problem.ts'
import { DEVICE_NAME } from './register.ts'

/** A second try that comes later than this would keep people waiting for too long, in milliseconds. */
const SECOND_TRY_WITHIN = 10_000

/**
 * Signs in with a password, to the device of an earlier session where `device` is set. Where the answer is lost it asks once more for the
 * same device, as the server may have made the session: nobody could end one whose token never arrived.
 */
export async function signInWithPassword(
  fetch: Fetch,
  baseUrl: string,
  identifier: SignInIdentifier,
  password: string,
  device: string | null,
  now: () => number,
): Promise<Result<Session, AccountProblem>> {
  const deviceId = device ?? newDeviceId()
  const began = now()
  const first = await askForSession(fetch, baseUrl, identifier, password, deviceId, now)
  const isLost = !first.ok && first.reason.kind === 'unreachable'
  return isLost && now() - began < SECOND_TRY_WITHIN
    ? askForSession(fetch, baseUrl, identifier, password, deviceId, now)
    : first
}

async function askForSession(
  fetch: Fetch,
  baseUrl: string,
  identifier: SignInIdentifier,
  password: string,
  deviceId: string,
  now: () => number,
): Promise<Result<Session, AccountProblem>> {
  try {
    const response = await anonymousClient(baseUrl, fetch).loginRequest({
      type: 'm.login.password',
      identifier: identifierOf(identifier),
      password,
      device_id: deviceId,
      initial_device_display_name: DEVICE_NAME,
    })
    const session = sessionIn(response, baseUrl)
    // Something on the way said yes in the homeserver's name.
    return session === null ? fail({ kind: 'unreachable' }) : succeed(session)
  } catch (error) {
    return fail(problemOf(failureOf(error), now()))
  }
}

// Ten capitals, as homeservers make them.
function newDeviceId(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(10))
  return String.fromCharCode(...Array.from(numbers, (number) => 65 + (number % 26)))
}

function identifierOf(identifier: SignInIdentifier) {
  switch (identifier.kind) {
    case 'user':
      return { type: 'm.id.user', user: identifier.user }
    case 'email':
      return { type: 'm.id.thirdparty', medium: 'email', address: identifier.address }
    case 'phoneAtHome': {
      const { country, number } = identifier
      // Synapse looks for `number`, also where the specification's `phone` is there.
      return { type: 'm.id.phone', country, phone: number, number }
    }
    case 'phone':
      return { type: 'm.id.thirdparty', medium: 'msisdn', address: identifier.digits }
  }
}

/**
 * Signs the session out on the server. True when the token is dead afterwards: either the server confirmed it, or it
 * no longer knew the token. False when nobody answered, so the caller must try again later.
 */
export async function signOut(fetch: Fetch, session: Session): Promise<boolean> {
  if (session.keeper !== undefined) return session.keeper.revoke()
  try {
    await sessionClient(session, fetch).logout()
    return true
  } catch (error) {
    const failure = failureOf(error)
    return failure.httpStatus === 401 || failure.errcode === 'M_UNKNOWN_TOKEN'
  }
}
