import type { Fetch } from '../http/fetch.ts'
import { contentIn, fetchPicture, thumbnailUrl } from '../http/picture.ts'

/** Pixels on each side that are asked for: twice what the button shows. */
const WANTED_SIDE = 48
const LIMITS = { side: 1_024, bytes: 100_000, patience: 10_000 }

/**
 * Fetches the icon of an identity provider from the homeserver that names it: a small PNG or JPEG in base64. Null for
 * anything else, as an icon is never worth a word.
 */
export async function fetchProviderIcon(
  fetch: Fetch,
  baseUrl: string,
  uri: string,
  signal: AbortSignal,
): Promise<string | null> {
  const content = contentIn(uri)
  if (content === null) return null
  const url = thumbnailUrl(baseUrl, content, WANTED_SIDE, 'scale')
  try {
    // Wherever it would lead, the homeserver itself has been asked.
    const bytes = await fetchPicture(fetch, url, LIMITS, signal, { redirect: 'error' })
    return bytes === null ? null : Buffer.from(bytes).toString('base64')
  } catch {
    return null
  }
}
