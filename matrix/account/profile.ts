import { fail, succeed, type Result } from '../../core/result.ts'
import type { ProfileProblem } from '../../core/onboarding/state.ts'
import { sessionClient, type Session } from '../client.ts'
import { failureOf } from '../http/matrix-error.ts'
import type { Fetch } from '../http/fetch.ts'

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
