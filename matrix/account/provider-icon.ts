import { pictureFacts } from '../../core/pictures/picture-bytes.ts'
import { endpoint, readBytes, type Fetch } from '../http/fetch.ts'

/** Pixels on each side that are asked for: twice what the button shows. */
const WANTED_SIDE = 48
/** Pixels on each side and bytes that are taken at most, since a homeserver may send what it likes. */
const LARGEST_SIDE = 1_024
const MOST_BYTES = 100_000
const PATIENCE_MS = 10_000

/** Spec v1.19, Matrix content URIs. */
const CONTENT_URI = /^mxc:\/\/([^/?#\s]{1,255})\/([A-Za-z0-9_-]{1,255})$/

/**
 * Fetches the icon of an identity provider from the homeserver that names it: a small PNG or JPEG in base64. Null for
 * anything else, as an icon is never worth a word. Without a token only the older media endpoint can be asked, which
 * serves what was there before media needed one (spec v1.11).
 */
export async function fetchProviderIcon(
  fetch: Fetch,
  baseUrl: string,
  uri: string,
  signal: AbortSignal,
): Promise<string | null> {
  const [, server, id] = CONTENT_URI.exec(uri) ?? []
  if (server === undefined || id === undefined) return null
  const url = endpoint(baseUrl, `/_matrix/media/v3/thumbnail/${encodeURIComponent(server)}/${id}`)
  url.searchParams.set('width', String(WANTED_SIDE))
  url.searchParams.set('height', String(WANTED_SIDE))
  url.searchParams.set('method', 'scale')
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      credentials: 'omit',
      // Wherever it would lead, the homeserver itself has been asked.
      redirect: 'error',
    })
    if (!response.ok) return null
    const bytes = await readBytes(response, MOST_BYTES)
    const facts = pictureFacts(bytes)
    const isSmall = facts !== null && Math.max(facts.width, facts.height) <= LARGEST_SIDE
    return isSmall ? Buffer.from(bytes).toString('base64') : null
  } catch {
    return null
  }
}
