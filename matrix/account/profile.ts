import { z } from 'zod'
import { fail, succeed, type Result } from '../../core/result.ts'
import type { ProfileProblem } from '../../core/onboarding/state.ts'
import { sessionClient, type Session } from '../client.ts'
import { failureOf } from '../http/matrix-error.ts'
import { inTime, type Fetch } from '../http/fetch.ts'

/** A picture that is ready to be sent. */
export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: 'image/jpeg' | 'image/png'
}

/**
 * Sets the display name and the picture of a new account; null leaves one as it is. The picture goes first, as it is
 * the one that may be refused.
 */
export async function setProfile(
  fetch: Fetch,
  session: Session,
  name: string | null,
  picture: Picture | null,
): Promise<Result<null, ProfileProblem>> {
  const client = sessionClient(session, fetch)
  try {
    if (picture !== null) {
      const { bytes, type } = picture
      const file = new Blob([bytes], { type })
      const { content_uri: uri } = await client.uploadContent(file, { type, includeFilename: false })
      await client.setAvatarUrl(uri)
    }
    if (name !== null) await client.setDisplayName(name)
    return succeed(null)
  } catch (error) {
    const { httpStatus, errcode } = failureOf(error)
    if (httpStatus === null || httpStatus >= 500 || httpStatus === 429) return fail('unreachable')
    return fail(httpStatus === 413 || errcode === 'M_TOO_LARGE' ? 'tooBig' : 'refused')
  }
}

/** How long somebody who waits for the rooms may be kept by questions about their profile, in milliseconds. */
const PATIENCE_MS = 8_000

const profileSchema = z
  .object({
    displayname: z.string().nullish().catch(null),
    avatar_url: z.string().nullish().catch(null),
  })
  .catch({})

/**
 * What an account is called, where name and picture are worth asking for: it has no name; or it is new, so that this
 * session is its only one, and nobody has given it a picture. The page that made it doesn't say whether it did. Null
 * for accounts in use, and where the homeserver can't say now.
 */
export async function askProfile(fetch: Fetch, session: Session): Promise<{ readonly name: string } | null> {
  const client = sessionClient(session, inTime(fetch, PATIENCE_MS))
  try {
    const [profile, { devices }] = await Promise.all([profileOf(client, session), client.getDevices()])
    const { displayname: name, avatar_url: picture } = profileSchema.parse(profile)
    const isNew = devices.every((device) => device.device_id === session.deviceId)
    if (name && !(isNew && !picture)) return null
    // Homeservers take the username for the name until there is one.
    return { name: session.userId.startsWith(`@${name}:`) ? '' : (name ?? '') }
  } catch (error) {
    // Anything but a failed request is a bug, and thrown again.
    failureOf(error)
    return null
  }
}

async function profileOf(client: ReturnType<typeof sessionClient>, { userId }: Session): Promise<unknown> {
  try {
    return await client.getProfileInfo(userId)
  } catch (error) {
    // Nobody has set anything yet (spec v1.19, profiles).
    if (failureOf(error).httpStatus === 404) return {}
    throw error
  }
}
