import { pictureFacts } from '../../core/pictures/picture-bytes.ts'
import { endpoint, readBytes, type Fetch } from './fetch.ts'

/** What is taken of somebody's picture at most, since they may send what they like. */
export interface PictureLimits {
  /** Pixels on each side. */
  readonly side: number
  readonly bytes: number
  /** Milliseconds. */
  readonly patience: number
}

/** Spec v1.19, Matrix content URIs. */
const CONTENT_URI = /^mxc:\/\/([^/?#\s]{1,255})\/([A-Za-z0-9_-]{1,255})$/

/** The server and the ID that a content URI names; null for anything else. */
export function contentIn(uri: string): { readonly server: string; readonly id: string } | null {
  const [, server, id] = CONTENT_URI.exec(uri) ?? []
  return server === undefined || id === undefined ? null : { server, id }
}

/**
 * Where a homeserver has a small copy of a picture, `side` pixels wide and high. Without a token only the older media
 * endpoint can be asked, which serves what was there before media needed one (spec v1.11).
 */
export function thumbnailUrl(
  baseUrl: string,
  { server, id }: { readonly server: string; readonly id: string },
  side: number,
  method: 'scale' | 'crop',
): URL {
  const url = endpoint(baseUrl, `/_matrix/media/v3/thumbnail/${encodeURIComponent(server)}/${id}`)
  url.searchParams.set('width', String(side))
  url.searchParams.set('height', String(side))
  url.searchParams.set('method', method)
  return url
}

/**
 * Fetches a picture: the bytes of a PNG or JPEG as they are, of which only the head was looked at. Null where there is
 * none within `limits`. Rejects where nobody answers.
 */
export async function fetchPicture(
  fetch: Fetch,
  url: URL,
  limits: PictureLimits,
  signal: AbortSignal,
  init: RequestInit = {},
): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await fetch(url, {
    ...init,
    signal: AbortSignal.any([signal, AbortSignal.timeout(limits.patience)]),
    credentials: 'omit',
  })
  if (!response.ok) {
    await response.body?.cancel()
    return null
  }
  const bytes = await readBytes(response, limits.bytes)
  const facts = pictureFacts(bytes)
  return facts !== null && Math.max(facts.width, facts.height) <= limits.side ? bytes : null
}
