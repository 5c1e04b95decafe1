import { expect, test } from 'vitest'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { publicOnly } from './public-only.ts'

test('a private host is never asked, not even by way of a redirect', async () => {
  const { fetch, asked } = scripted(({ url }) =>
    url.hostname === 'bad.example' ? json({}, 302, { location: 'https://169.254.169.254/latest' }) : json({}),
  )
  const guarded = publicOnly(fetch, null)
  for (const url of [
    'https://localhost/',
    'https://10.0.0.1:8448/',
    'https://[::1]/',
    'http://2130706433/',
    'https://bad.example/',
  ])
    await expect(guarded(url)).rejects.toThrow('private network')
  expect(asked.map(({ url }) => url.hostname)).toEqual(['bad.example'])
})

test('what we were told to ask is asked', async () => {
  const { fetch } = scripted(() => json({}))
  expect((await publicOnly(fetch, null, ['localhost:8008'])('https://localhost:8008/')).status).toBe(200)
  expect((await publicOnly(fetch, null)('https://one.example/')).status).toBe(200)
})

test('a redirect is followed, without the token to another host, and not for ever', async () => {
  const tokens: (string | null)[] = []
  const guarded = publicOnly(async (input, init) => {
    tokens.push(new Headers(init?.headers).get('authorization'))
    const url = new URL(input as URL)
    if (url.hostname === 'loop.example') return json({}, 302, { location: '/again' })
    return url.hostname === 'one.example'
      ? json({}, 307, { location: 'https://two.example/' })
      : json({ there: true })
  }, null)
  const answer = await guarded('https://one.example/', { headers: { authorization: 'Bearer x' } })
  expect(await answer.json()).toEqual({ there: true })
  expect(tokens).toEqual(['Bearer x', null])
  await expect(guarded('https://loop.example/')).rejects.toThrow('Too many redirects')
})

test('a name that leads inside is never asked, and looked up once', async () => {
  const { fetch, asked } = scripted(() => json({}))
  const looked: string[] = []
  const resolve = async (name: string): Promise<string[]> => {
    looked.push(name)
    return name === 'inside.example' ? ['1.1.1.1', '192.168.0.7'] : ['1.1.1.1']
  }
  const guarded = publicOnly(fetch, resolve)
  await expect(guarded('https://inside.example/')).rejects.toThrow('private network')
  await expect(guarded('https://inside.example/again')).rejects.toThrow('private network')
  expect((await guarded('https://outside.example/')).status).toBe(200)
  expect([asked.length, looked]).toEqual([1, ['inside.example', 'outside.example']])
})
