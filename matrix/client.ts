import { createClient, type MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import { inTime, wholeAnswers, type Fetch } from './http/fetch.ts'
import './quiet-sdk.ts'

/** Signed-in credentials. The token is a secret: never log it, never hand it to the renderer. */
export interface Session {
  readonly baseUrl: string
  readonly userId: string
  readonly deviceId: string
  readonly accessToken: string
  /** Where the access token lives for minutes only (OAuth 2.0): what gets the next one. */
  readonly grant?: Grant
  /** Where it does: what sees to that. */
  readonly keeper?: SessionKeeper
}

/** What keeps an OAuth 2.0 session alive beyond its short-lived access token. A secret, like the token. */
export interface Grant {
  readonly clientId: string
  readonly refreshToken: string | null
  /** From when to when the access token lives, on the clock of this process; null where nobody said. */
  readonly life: { readonly from: number; readonly until: number } | null
}

/** Puts a good token into each request, and ends the session. */
export interface SessionKeeper {
  readonly fetch: Fetch
  /** True when every token is dead, false when that could not be made sure of. */
  revoke(): Promise<boolean>
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
  return createClient({ baseUrl, fetchFn: inTime(wholeAnswers(fetch), 30_000) })
}

/** A client for a session. It never syncs and never touches encryption. */
export function sessionClient(session: Session, fetch: Fetch): MatrixClient {
  const { baseUrl, userId, deviceId, accessToken } = session
  const fetchFn = inTime(wholeAnswers(sessionFetch(session, fetch)), REQUEST_TIMEOUT_MS)
  return createClient({ baseUrl, userId, deviceId, accessToken, fetchFn })
}

/** How requests of a session go out, given how others do. */
export function sessionFetch(session: Session, fetch: Fetch): Fetch {
  return session.keeper?.fetch ?? fetch
}
