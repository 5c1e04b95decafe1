import { expect, test } from 'vitest'
import { getPublicPage } from './public-page.ts'

const asked: string[] = []
const fetch: typeof globalThis.fetch = async (input, init) => {
  const { href } = new URL(input instanceof Request ? input.url : input)
  asked.push(href)
  if (init?.redirect !== 'error') throw new Error('follows redirects')
  return new Response('text', { status: href.endsWith('/gone') ? 404 : 200 })
}
const nobody = (): Promise<string[]> => Promise.resolve([])

test.each([
  'http://example.org/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://10.1.2.3/',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
  'https://0.0.0.0/',
  'https://localhost/',
  'https://foyer.localhost/',
  'https://printer.local/',
  'https://router/',
  'https://ada:secret@example.org/',
])('%s is not asked', async (address) => {
  asked.length = 0
  expect(await getPublicPage(fetch, nobody, address, '*/*')).toEqual({ ok: false, reason: 'private' })
  expect(asked).toEqual([])
})

test('nor is a name that leads into a network, by one of its addresses', async () => {
  asked.length = 0
  const resolve = (): Promise<string[]> => Promise.resolve(['93.184.216.34', '192.168.1.1'])
  expect(await getPublicPage(fetch, resolve, 'https://example.org/', '*/*')).toMatchObject({
    reason: 'private',
  })
  expect(asked).toEqual([])
})

test('a page on the web is', async () => {
  const resolve = (): Promise<string[]> => Promise.resolve(['93.184.216.34', '2606:2800:220:1::1'])
  expect(await getPublicPage(fetch, resolve, 'https://example.org/a', '*/*')).toEqual({
    ok: true,
    value: 'text',
  })
  expect(await getPublicPage(fetch, null, 'https://example.org/gone', '*/*')).toEqual({
    ok: false,
    reason: 'missing',
  })
})

test('a redirect, which ends the request, is no answer', async () => {
  const redirected: typeof globalThis.fetch = () => Promise.reject(new TypeError('unexpected redirect'))
  expect(await getPublicPage(redirected, null, 'https://example.org/', '*/*')).toMatchObject({
    reason: 'unreachable',
  })
})
