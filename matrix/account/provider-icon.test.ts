import { describe, expect, test } from 'vitest'
import { onePixel } from '../../core/testing/pictures.ts'
import { scripted } from '../testing/scripted-fetch.ts'
import { fetchProviderIcon } from './provider-icon.ts'

const BASE = 'https://x.example/base'
const png = new Uint8Array(Buffer.from(onePixel.png, 'base64'))

function icon(
  answer: () => Response | Promise<Response>,
  uri = 'mxc://y.example:8448/aZ_9-',
): Promise<string | null> {
  return fetchProviderIcon(scripted(answer).fetch, BASE, uri, new AbortController().signal)
}

/** A PNG whose head says that it is this wide. */
function wide(width: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(png)
  new DataView(copy.buffer).setUint32(16, width)
  return copy
}

test('asks the homeserver itself for a small one, without a token, and goes nowhere else', async () => {
  const seen: RequestInit[] = []
  const { fetch, asked } = scripted(() => new Response(png))
  const watched: typeof fetch = (input, init) => {
    seen.push(init ?? {})
    return fetch(input, init)
  }
  const uri = 'mxc://y.example:8448/aZ_9-'
  expect(await fetchProviderIcon(watched, BASE, uri, new AbortController().signal)).toBe(onePixel.png)
  expect(asked[0]?.url.href).toBe(
    'https://x.example/base/_matrix/media/v3/thumbnail/y.example%3A8448/aZ_9-?width=48&height=48&method=scale',
  )
  expect(seen[0]).toMatchObject({ redirect: 'error', credentials: 'omit' })
  expect(seen[0]?.headers).toBeUndefined()
})

describe('is not shown where', () => {
  test.each([
    'https://evil.example/icon.png',
    'mxc://x.example/../../admin',
    'mxc://x.example/a?b',
    'mxc:///id',
    'mxc://a b/id',
    'javascript:alert(1)',
  ])('%s is no content of a homeserver', async (uri) => {
    const { fetch, asked } = scripted(() => new Response(png))
    expect(await fetchProviderIcon(fetch, BASE, uri, new AbortController().signal)).toBeNull()
    expect(asked).toEqual([])
  })

  test.each([
    ['there is none', () => new Response('{}', { status: 404 })],
    [
      'it is a page',
      () => new Response('<svg onload="alert(1)">', { headers: { 'content-type': 'image/png' } }),
    ],
    ['it is cut off', () => new Response(png.subarray(0, 30))],
    ['it says to be enormous', () => new Response(wide(100_000))],
    ['nobody answers', () => Promise.reject(new TypeError('fetch failed'))],
  ])('%s', async (_name, answer) => {
    expect(await icon(answer)).toBeNull()
  })

  test('it never ends', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(10_000))
      },
    })
    expect(await icon(() => new Response(endless))).toBeNull()
    expect(sent).toBeLessThan(20)
  })

  test('the step was left', async () => {
    const left = AbortSignal.abort()
    const { fetch } = scripted(({ signal }) => {
      signal?.throwIfAborted()
      return new Response(png)
    })
    expect(await fetchProviderIcon(fetch, BASE, 'mxc://y/z', left)).toBeNull()
  })
})

test('the largest that is taken', async () => {
  expect(await icon(() => new Response(wide(1_024)))).not.toBeNull()
  expect(await icon(() => new Response(wide(1_025)))).toBeNull()
})
