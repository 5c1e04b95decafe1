import { pictureFacts } from '../../core/pictures/picture-bytes.ts'
import { endpoint, readBytes } from '../http/fetch.ts'
import type { Strangers } from '../homeserver/strangers.ts'

/** Pixels on each side that a homeserver is asked for: twice what the sign shows. */
const WANTED_SIDE = 96
/** Pixels on each side and bytes that are taken at most, since a stranger may send what they like. */
const LARGEST_SIDE = 2_048
const MOST_BYTES = 1_000_000
const PATIENCE_MS = 15_000

/** Spec v1.19, Matrix content URIs. */
const CONTENT_URI = /^mxc:\/\/([^/?#\s]{1,255})\/([A-Za-z0-9_-]{1,255})$/

/**
 * Fetches the picture that a community's manifest names, by https or from the homeserver of a content URI: a PNG or JPEG
 * as it is, of which only the head was looked at. Null for anything else, as a picture is never worth a word. Without a
 * token homeservers serve only what was there before media needed one (spec v1.11).
 */
export async function fetchCommunityPicture(
  strangers: Strangers,
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const url = await whereIs(strangers, address)
    if (url === null || signal.aborted) return null
    const response = await strangers.fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      credentials: 'omit',
      headers: { accept: 'image/png, image/jpeg' },
    })
    if (!response.ok) {
      await response.body?.cancel()
      return null
    }
    const bytes = await readBytes(response, MOST_BYTES)
    const facts = pictureFacts(bytes)
    return facts !== null && Math.max(facts.width, facts.height) <= LARGEST_SIDE ? bytes : null
  } catch {
    return null
  }
}

async function whereIs({ homeservers }: Strangers, address: string): Promise<URL | null> {
  const [, server, id] = CONTENT_URI.exec(address) ?? []
  if (server === undefined || id === undefined) {
    const url = URL.canParse(address) ? new URL(address) : null
    return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url : null
  }
  const found = await homeservers.find(server)
  if (!found.ok) return null
  const url = endpoint(found.value, `/_matrix/media/v3/thumbnail/${encodeURIComponent(server)}/${id}`)
  url.searchParams.set('width', String(WANTED_SIDE))
  url.searchParams.set('height', String(WANTED_SIDE))
  url.searchParams.set('method', 'crop')
  return url
}
