import type * as oauth from 'openid-client'
import { z } from 'zod'
import type { Grant, Session } from '../../client.ts'
import { endpoint, type Fetch } from '../../http/fetch.ts'
import { DEVICE_NAME } from '../register.ts'

/** A session whose access token is good for minutes only. */
export type OauthSession = Session & { readonly grant: Grant }

type Tokens = oauth.TokenEndpointResponse

/** The grant that an answer of the token endpoint makes; `from` is when it was asked for. */
export function grantOf(clientId: string, tokens: Tokens, earlier: string | null, from: number): Grant {
  const { expires_in: seconds, refresh_token: refreshToken = earlier } = tokens
  // Counted from before the request and by our own clock: the server's may say anything.
  const life = seconds === undefined ? null : { from, until: from + seconds * 1000 }
  return { clientId, refreshToken, life }
}

const whoamiSchema = z.object({ user_id: z.string(), device_id: z.string().exactOptional() })

/** Whose session an access token opens; null where the homeserver didn't say. */
export async function askWhoami(
  fetch: Fetch,
  baseUrl: string,
  accessToken: string,
): Promise<{ readonly userId: string; readonly deviceId: string | null } | null> {
  const response = await whoami(fetch, baseUrl, accessToken)
  const parsed = whoamiSchema.safeParse(await response.json().catch(() => null))
  if (!response.ok || !parsed.success) return null
  return { userId: parsed.data.user_id, deviceId: parsed.data.device_id ?? null }
}

/** Whether the homeserver refuses an access token. Rejects where nobody answered. */
export async function isDead(fetch: Fetch, baseUrl: string, accessToken: string): Promise<boolean> {
  return (await whoami(fetch, baseUrl, accessToken)).status === 401
}

function whoami(fetch: Fetch, baseUrl: string, accessToken: string): Promise<Response> {
  return fetch(endpoint(baseUrl, '/_matrix/client/v3/account/whoami'), {
    headers: { authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(30_000),
  })
}

/** Gives the device the name under which people find it. Not worth failing for. */
export async function nameDevice(fetch: Fetch, session: Session): Promise<void> {
  await fetch(
    endpoint(session.baseUrl, `/_matrix/client/v3/devices/${encodeURIComponent(session.deviceId)}`),
    {
      method: 'PUT',
      headers: { authorization: `Bearer ${session.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ display_name: DEVICE_NAME }),
      signal: AbortSignal.timeout(30_000),
    },
  ).catch(() => undefined)
}
