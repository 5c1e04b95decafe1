import { expect, test } from 'vitest'
import { HomeserverDirectory } from '../matrix/homeserver/discover.ts'
import { amongStrangers } from '../matrix/homeserver/strangers.ts'
import type { Fetch } from '../matrix/http/fetch.ts'
import { openSource } from './source.ts'

const manifest = JSON.stringify({ version: 2, name: 'Garden Club', space: { address: '#garden:a.example' } })
const pages: Readonly<Record<string, string>> = {
  'https://a.example/foyer.json': manifest,
  'https://a.example/.well-known/matrix/org.foyer.onboarding': manifest,
  'https://a.example/about': '<!doctype html><title>About us</title>',
}
const asked: string[] = []
const fetch: Fetch = async (input) => {
  const url = input instanceof Request ? input.url : String(input)
  asked.push(url)
  if (url.includes('silent')) throw new TypeError('fetch failed')
  return new Response(pages[url] ?? '', { status: pages[url] === undefined ? 404 : 200 })
}
const network = {
  fetch,
  homeservers: new HomeserverDirectory(fetch),
  strangers: amongStrangers(fetch, null),
  resolveHost: null,
}
const signal = new AbortController().signal

test.each(['https://a.example/foyer.json', 'https://a.example/'])('%s brings its manifest', async (text) => {
  expect(await openSource(text, network, signal)).toMatchObject({
    kind: 'manifest',
    manifest: { name: 'Garden Club' },
  })
})

test.each([
  ['https://a.example/gone.json', 'There is nothing at https://a.example/gone.json.'],
  [
    'https://silent.example/foyer.json',
    'https://silent.example/foyer.json isn’t answering. Try again later.',
  ],
  ['https://a.example/about', /^https:\/\/a\.example\/about is not a community manifest/],
  ['https://127.0.0.1/foyer.json', 'There is nothing at https://127.0.0.1/foyer.json.'],
])('%s is refused in words', async (text, sentence) => {
  await expect(openSource(text, network, signal)).rejects.toThrow(sentence)
})

test('links, bundled names and files ask nobody', async () => {
  asked.length = 0
  const link = await openSource('https://matrix.to/#/%23garden:a.example', network, signal)
  expect(link).toMatchObject({ kind: 'link', link: { address: '#garden:a.example' } })
  expect(await openSource('galaxy', network, signal)).toMatchObject({ kind: 'manifest' })
  await expect(openSource('nowhere.json', network, signal)).rejects.toThrow('is neither a file')
  expect(asked).toEqual([])
})
