import { describe, expect, test } from 'vitest'
import type { Fetch } from './fetch.ts'
import { following } from './redirects.ts'

interface Seen {
  readonly url: string
  readonly method: string | undefined
  readonly headers: Record<string, string>
  readonly body: unknown
}

/** A server that answers by a list, and what it was asked. */
function server(...answers: readonly Response[]): { readonly fetch: Fetch; readonly seen: Seen[] } {
  const seen: Seen[] = []
  const left = [...answers]
  const step: Fetch = (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers))
    seen.push({ url: new Request(input).url, method: init?.method, headers, body: init?.body })
    expect(init?.redirect).toBe('manual')
    return Promise.resolve(left.shift() ?? new Response('there'))
  }
  return { fetch: following(step), seen }
}

const sentTo = (location: string, status = 307): Response =>
  new Response(null, { status, headers: { location } })

const signedIn = { authorization: 'Bearer secret', 'content-type': 'application/json' }

test('an answer that leads nowhere is the answer', async () => {
  const { fetch, seen } = server(new Response('no', { status: 404 }))
  expect((await fetch('https://a.example/x')).status).toBe(404)
  expect(seen).toHaveLength(1)
})

test('a redirect without an address, and one that is to be handed over, are answers', async () => {
  expect((await server(new Response(null, { status: 302 })).fetch('https://a.example/')).status).toBe(302)
  const { fetch, seen } = server(sentTo('/y'))
  expect((await fetch('https://a.example/x', { redirect: 'manual' })).status).toBe(307)
  expect(seen).toHaveLength(1)
})

test('the way is followed from each address on, with method and body', async () => {
  const { fetch, seen } = server(sentTo('y/z'), sentTo('/end', 308))
  const answer = await fetch('https://a.example/b/x', { method: 'PUT', body: 'text', headers: signedIn })
  expect(await answer.text()).toBe('there')
  expect(seen.map(({ url }) => url)).toEqual([
    'https://a.example/b/x',
    'https://a.example/b/y/z',
    'https://a.example/end',
  ])
  expect(seen.at(-1)).toMatchObject({ method: 'PUT', body: 'text', headers: signedIn })
})

test.each([
  ['another host', 'https://a.example/', 'https://b.example/'],
  ['another port', 'https://a.example/', 'https://a.example:8448/'],
])('a token doesn’t go along to %s', async (_name, from, to) => {
  const { fetch, seen } = server(sentTo(to))
  await fetch(from, { headers: signedIn })
  expect(seen[1]?.headers).toEqual({ 'content-type': 'application/json' })
})

test.each([
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'PUT', 'GET'],
  [302, 'PUT', 'PUT'],
  [307, 'POST', 'POST'],
])('%i makes a %s a %s', async (status, method, then) => {
  const { fetch, seen } = server(sentTo('/y', status))
  const init: RequestInit = { method, body: 'text', headers: signedIn }
  await fetch('https://a.example/', init)
  const isKept = method === then
  expect(seen[1]).toMatchObject({ method: then, body: isKept ? 'text' : null })
  expect(seen[1]?.headers['content-type']).toBe(isKept ? 'application/json' : undefined)
})

test('a token goes along to https', async () => {
  const { fetch, seen } = server(sentTo('https://a.example/'))
  await fetch('http://a.example/', { headers: signedIn })
  expect(seen[1]?.headers).toEqual(signedIn)
})

describe('it rejects', () => {
  test('the way from https to http', async () => {
    const { fetch, seen } = server(sentTo('http://a.example/'))
    await expect(fetch('https://a.example/', { method: 'POST', body: 'text' })).rejects.toThrow(TypeError)
    expect(seen).toHaveLength(1)
  })

  test.each([
    'file:///etc/passwd',
    'data:text/plain,{}',
    'javascript:1',
    'ftp://a.example/',
    'foyer-app://x/',
  ])('%s', async (location) => {
    const { fetch, seen } = server(sentTo(location))
    await expect(fetch('https://a.example/')).rejects.toThrow('not on the web')
    expect(seen).toHaveLength(1)
  })

  test('an address that is none', async () => {
    await expect(server(sentTo('https://')).fetch('https://a.example/')).rejects.toThrow(TypeError)
  })

  test('any redirect where none is wanted', async () => {
    const { fetch, seen } = server(sentTo('/y'))
    await expect(fetch('https://a.example/', { redirect: 'error' })).rejects.toThrow(TypeError)
    expect(seen).toHaveLength(1)
  })

  test('a circle', async () => {
    const { fetch, seen } = server(...Array.from({ length: 40 }, () => sentTo('/again')))
    await expect(fetch('https://a.example/')).rejects.toThrow('Too many redirects')
    expect(seen).toHaveLength(21)
  })
})
