import { describe, expect, test } from 'vitest'
import { onePixel } from '../../core/testing/pictures.ts'
import { amongStrangers } from '../homeserver/strangers.ts'
import { json, scripted, type ScriptedRequest } from '../testing/scripted-fetch.ts'
import { fetchCommunityPicture } from './community-picture.ts'

const ADDRESS = 'https://club.example/sign.png'
const png = new Uint8Array(Buffer.from(onePixel.png, 'base64'))

async function fetched(
  answer: (request: ScriptedRequest) => Response | Promise<Response>,
  address = ADDRESS,
  signal = new AbortController().signal,
) {
  const { fetch, asked } = scripted(answer)
  const picture = await fetchCommunityPicture(amongStrangers(fetch, null), address, signal)
  return { picture, asked: asked.map(({ url }) => url.href) }
}

/** A PNG whose head says that it is this wide. */
function wide(width: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(png)
  new DataView(copy.buffer).setUint32(16, width)
  return copy
}

test('is taken from the web, also where that leads on', async () => {
  const { picture, asked } = await fetched(({ url }) =>
    url.pathname === '/sign.png'
      ? new Response(null, { status: 302, headers: { location: 'https://cdn.example/a' } })
      : new Response(png),
  )
  expect(picture).toEqual(png)
  expect(asked).toEqual([ADDRESS, 'https://cdn.example/a'])
})

test('is asked of the homeserver that a content URI names, small', async () => {
  const { picture, asked } = await fetched(({ url }) => {
    if (url.pathname === '/.well-known/matrix/client')
      return json({ 'm.homeserver': { base_url: 'https://matrix.club.example' } })
    if (url.pathname === '/_matrix/client/versions') return json({ versions: ['v1.11'] })
    return new Response(png)
  }, 'mxc://club.example/aZ_9-')
  expect(picture).toEqual(png)
  expect(asked.at(-1)).toBe(
    'https://matrix.club.example/_matrix/media/v3/thumbnail/club.example/aZ_9-?width=96&height=96&method=crop',
  )
})

describe('is passed over', () => {
  test.each([
    ['not on the web', 'http://club.example/sign.png'],
    ['with a password in its address', 'https://a:b@club.example/sign.png'],
    ['in a private network', 'https://192.168.0.1/sign.png'],
    ['on this computer', 'https://localhost/sign.png'],
    ['of a homeserver on this computer', 'mxc://localhost:8448/id'],
    ['no address', 'sign.png'],
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['a path that climbs', 'mxc://x.example/../admin'],
  ])('unasked: %s', async (_name, address) => {
    const { picture, asked } = await fetched(() => new Response(png), address)
    expect(picture).toBeNull()
    expect(asked.filter((url) => !url.startsWith('https://x.example/.well-known/'))).toEqual([])
  })

  test('where it leads into a private network, which isn’t asked', async () => {
    const { picture, asked } = await fetched(
      () => new Response(null, { status: 302, headers: { location: 'https://10.0.0.1/admin' } }),
    )
    expect(picture).toBeNull()
    expect(asked).toEqual([ADDRESS])
  })

  test.each([
    [
      'a drawing with a script',
      () => new Response('<svg onload="alert(1)">', { headers: { 'content-type': 'image/png' } }),
    ],
    ['a page', () => new Response('<!doctype html><title>Sign in</title>')],
    ['a film', () => new Response('GIF89a')],
    ['none', () => new Response('{}', { status: 404 })],
    ['cut off', () => new Response(png.subarray(0, 30))],
    ['enormous by its head', () => new Response(wide(2_049))],
    ['out of reach', () => Promise.reject(new TypeError('fetch failed'))],
  ])('%s', async (_name, answer) => {
    expect((await fetched(answer)).picture).toBeNull()
  })

  test('one that never ends', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(100_000))
      },
    })
    expect((await fetched(() => new Response(endless))).picture).toBeNull()
    expect(sent).toBeLessThan(20)
  })

  test('once nobody waits for it', async () => {
    const { picture, asked } = await fetched(() => new Response(png), ADDRESS, AbortSignal.abort())
    expect([picture, asked]).toEqual([null, []])
  })
})

test('the largest that is taken', async () => {
  expect((await fetched(() => new Response(wide(2_048)))).picture).not.toBeNull()
})
