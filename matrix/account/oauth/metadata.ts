import { z } from 'zod'
import { endpoint, getJson, type Fetch } from '../../http/fetch.ts'

const httpsUrl = z.string().refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:')

/** What Foyer needs of a server's OAuth 2.0 metadata (spec v1.15, server metadata discovery). */
const metadataSchema = z.looseObject({
  issuer: httpsUrl,
  authorization_endpoint: httpsUrl,
  token_endpoint: httpsUrl,
  registration_endpoint: httpsUrl,
  revocation_endpoint: httpsUrl,
  device_authorization_endpoint: httpsUrl.exactOptional(),
  prompt_values_supported: z.array(z.string()).exactOptional(),
  authorization_response_iss_parameter_supported: z.boolean().exactOptional(),
})

/** A homeserver's OAuth 2.0 server, as the homeserver describes it. */
export interface AccountServer {
  readonly metadata: z.infer<typeof metadataSchema>
  /** The homeserver knows only the scopes from before Matrix 1.15 (MSC2967). */
  readonly hasUnstableScopes: boolean
}

const STABLE = '/_matrix/client/v1/auth_metadata'
const UNSTABLE = '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata'

/**
 * Asks a homeserver where its accounts are kept, by the specification's path and by the one before Matrix 1.15. Null
 * where it doesn't say or says nothing usable; `unreachable` where nobody answered.
 */
export async function askAccountServer(
  fetch: Fetch,
  baseUrl: string,
  signal?: AbortSignal,
): Promise<AccountServer | 'unreachable' | null> {
  let hasAnswer = false
  for (const path of [STABLE, UNSTABLE]) {
    const answer = await getJson(fetch, endpoint(baseUrl, path), signal ? { signal } : {})
    if (answer === null || answer.status >= 500) continue
    hasAnswer = true
    const parsed = metadataSchema.safeParse(answer.body)
    if (answer.status === 200 && parsed.success) {
      return { metadata: parsed.data, hasUnstableScopes: path === UNSTABLE }
    }
  }
  return hasAnswer ? null : 'unreachable'
}

/** What to ask for: the whole client-server API, for one device (spec v1.15, scopes). */
export function scopeFor(server: AccountServer, deviceId: string): string {
  const prefix = server.hasUnstableScopes ? 'urn:matrix:org.matrix.msc2967.client' : 'urn:matrix:client'
  return `${prefix}:api:* ${prefix}:device:${deviceId}`
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** A new device ID: ten letters at least, as the specification wants, of the few that every server takes. */
export function newDeviceId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(14)), (byte) => LETTERS[byte % 26]).join('')
}
