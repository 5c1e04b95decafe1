import type { Strangers } from '../homeserver/strangers.ts'
import { contentIn, fetchPicture, thumbnailUrl } from '../http/picture.ts'

/** Pixels on each side that a homeserver is asked for: twice what the sign shows. */
const WANTED_SIDE = 96
const LIMITS = { side: 2_048, bytes: 1_000_000, patience: 15_000 }

/**
 * Fetches the picture that a community's manifest names, by https or from the homeserver of a content URI: a PNG or JPEG
 * as it is. Null for anything else, as a picture is never worth a word.
 */
export async function fetchCommunityPicture(
  strangers: Strangers,
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const url = await whereIs(strangers, address)
    if (url === null || signal.aborted) return null
    const headers = { accept: 'image/png, image/jpeg' }
    return await fetchPicture(strangers.fetch, url, LIMITS, signal, { headers })
  } catch {
    return null
  }
}

async function whereIs({ homeservers }: Strangers, address: string): Promise<URL | null> {
  const content = contentIn(address)
  if (content === null) {
    const url = URL.canParse(address) ? new URL(address) : null
    return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url : null
  }
  const found = await homeservers.find(content.server)
  return found.ok ? thumbnailUrl(found.value, content, WANTED_SIDE, 'crop') : null
}
