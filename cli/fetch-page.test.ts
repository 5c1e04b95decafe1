import { expect, test } from 'vitest'
import { scripted } from '../matrix/testing/scripted-fetch.ts'
import { fetchPage } from './fetch-page.ts'

const moves: Readonly<Record<string, string>> = {
  'https://club.test/old': 'https://www.club.test/new',
  'https://club.test/inside': 'https://10.0.0.1/',
  'https://club.test/named': 'https://inside.test/',
  'https://club.test/plain': 'http://club.test/new',
  'https://club.test/loop': 'https://club.test/loop',
}
const resolve = (name: string): Promise<string[]> =>
  Promise.resolve([name === 'inside.test' ? '192.168.0.7' : '93.184.216.34'])

function web() {
  return scripted(({ url }) => {
    const location = moves[url.href]
    if (location !== undefined) return new Response(null, { status: 301, headers: { location } })
    return new Response('# Rooms', { status: url.pathname === '/gone' ? 404 : 200 })
  })
}

test('a page is read where it has moved to', async () => {
  const { asked, fetch } = web()
  expect(await fetchPage('https://club.test/old', fetch, resolve)).toBe('# Rooms')
  expect(asked.map(({ url }) => url.href)).toEqual(['https://club.test/old', 'https://www.club.test/new'])
})

test.each([
  ['inside', 'can’t be read'],
  ['named', 'can’t be read'],
  ['plain', 'can’t be read'],
  ['loop', 'can’t be read'],
  ['gone', 'has no page'],
])('but not from a network, without encryption, or for ever: %s', async (path, sentence) => {
  const { asked, fetch } = web()
  await expect(fetchPage(`https://club.test/${path}`, fetch, resolve)).rejects.toThrow(sentence)
  expect(asked.every(({ url }) => url.host === 'club.test' && url.protocol === 'https:')).toBe(true)
})

test('each host is looked up once', async () => {
  const { fetch } = web()
  const names: string[] = []
  await fetchPage('https://club.test/old', fetch, (name) => {
    names.push(name)
    return resolve(name)
  })
  expect(names).toEqual(['club.test', 'www.club.test'])
})

test('a private address isn’t asked at all', async () => {
  const { asked, fetch } = web()
  await expect(fetchPage('https://127.0.0.1/', fetch, resolve)).rejects.toThrow('private network')
  expect(asked).toEqual([])
})
