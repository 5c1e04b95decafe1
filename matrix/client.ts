import { createClient, type MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import { wholeAnswers, type Fetch } from './http/fetch.ts'
import './quiet-sdk.ts'

/** Signed-in credentials. The token is a secret: never log it, never hand it to the renderer. */
export interface Session {
  readonly baseUrl: string
  readonly userId: string
  readonly deviceId: string
  readonly accessToken: string
}

const sessionAnswer = z.object({
  user_id: z.string().startsWith('@'),
  device_id: z.string().min(1),
  access_token: z.string().min(1),
})

/** The session in an answer to signing in or up; null where there is none in it, whatever its status. */
export function sessionIn(answer: unknown, baseUrl: string): Session | null {
  const made = sessionAnswer.safeParse(answer)
  if (!made.success) return null
  const { user_id: userId, device_id: deviceId, access_token: accessToken } = made.data
  return { baseUrl, userId, deviceId, accessToken }
}

/** How long a request may take before it counts as lost. Federated joins are slow: Synapse gives make_join 20 s and send_join 60 s. */
const REQUEST_TIMEOUT_MS = 120_000

/** A client for requests without an account. */
export function anonymousClient(baseUrl: string, fetch: Fetch): MatrixClient {
  return createClient({ baseUrl, fetchFn: wholeAnswers(fetch), localTimeoutMs: 30_000 })
}

/** A client for a session. It never syncs and never touches encryption. */
export function sessionClient(session: Session, fetch: Fetch): MatrixClient {
  return createClient({ ...session, fetchFn: wholeAnswers(fetch), localTimeoutMs: REQUEST_TIMEOUT_MS })
}
