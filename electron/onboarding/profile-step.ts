import { pictureFacts } from '../../core/pictures/picture-bytes.ts'
import type { ProfileProblem } from '../../core/onboarding/state.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import { setProfile, type Picture } from '../../matrix/account/profile.ts'
import type { Pass } from './pass.ts'

/** Pixels on each side, at most; more than any app shows. */
const LARGEST_SIDE = 1_024
const MOST_BYTES = 1_000_000
/** Servers refuse longer ones (Synapse: 256 characters). */
const LONGEST_NAME = 256

/** Saves the display name and the picture, and goes on; when that fails the screen is told why. */
export async function saveProfile(pass: Pass, name: string, picture: string | null): Promise<void> {
  const { session, ports, stepSignal: signal } = pass
  if (session === null) return pass.dispatch({ type: 'profileSaved' })
  const read = picture === null ? succeed(null) : readPicture(picture)
  if (!read.ok) return pass.dispatch({ type: 'profileRefused', problem: read.reason })
  const wanted = name.trim().slice(0, LONGEST_NAME)
  const saved = await setProfile(ports.fetch, session, wanted === '' ? null : wanted, read.value)
  if (signal.aborted) return
  if (saved.ok) pass.dispatch({ type: 'profileSaved' })
  else pass.dispatch({ type: 'profileRefused', problem: saved.reason })
}

/**
 * Looks at a picture again where it is sent from: a square, small enough, and nothing in it but pixels, whoever it
 * came from.
 */
export function readPicture(base64: string): Result<Picture, ProfileProblem> {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  if (bytes.byteLength > MOST_BYTES) return fail('tooBig')
  const facts = pictureFacts(bytes)
  if (facts === null || facts.hasMetadata || facts.width !== facts.height || facts.width > LARGEST_SIDE)
    return fail('notAPicture')
  return succeed({ bytes, type: facts.type })
}
