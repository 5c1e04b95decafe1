import { expect, test } from 'vitest'
import { json, scripted, type ScriptedRequest } from '../testing/scripted-fetch.ts'
import { askFacts, type FactsQuestion } from './facts.ts'

const known = [{ name: 'Synapse', latest: '1.163.2', outdatedBelow: '1.150.0', source: 'x' }]
const { signal } = new AbortController()
const question: FactsQuestion = {
  name: 'x.example',
  baseUrl: 'https://matrix.x.example',
  listed: null,
  rules: [],
}
const listed = {
  name: 'x.example',
  operator: 'Some people',
  country: 'DE',
  minimumAge: 18,
  rules: 'https://x.example/rules',
  isSuggested: true,
  source: 'a test',
}
const synapse = (version: string): Response => json({ server: { name: 'Synapse', version } })

/** The facts, asked of a server that answers so, and the addresses that were asked. */
async function facts(own: Partial<FactsQuestion>, answers: Record<string, () => Response>) {
  const { fetch, asked } = scripted(
    ({ url }: ScriptedRequest) => answers[url.href]?.() ?? new Response('', { status: 404 }),
  )
  const found = await askFacts(fetch, { ...question, ...own }, known, signal)
  return { ...found, asked: asked.map((request) => request.url.href) }
}

test('what it runs, beside the client API', async () => {
  const beside = { 'https://matrix.x.example/_matrix/federation/v1/version': () => synapse('1.140.0') }
  expect((await facts({}, beside)).software).toEqual({
    name: 'Synapse',
    version: '1.140.0',
    isOutdated: true,
  })
})

test.each([
  ['fed.x.example:443', 'https://fed.x.example/_matrix/federation/v1/version'],
  ['fed.x.example', 'https://fed.x.example:8448/_matrix/federation/v1/version'],
])('what it runs, where %s speaks for it', async (delegate, address) => {
  const { software } = await facts(
    {},
    {
      'https://x.example/.well-known/matrix/server': () => json({ 'm.server': delegate }),
      [address]: () => synapse('1.163.2'),
    },
  )
  expect(software).toMatchObject({ isOutdated: false })
})

test('nothing is made up', async () => {
  expect(await facts({}, {})).toMatchObject({
    operator: null,
    country: null,
    age: null,
    rules: null,
    software: null,
  })
})

const page = (text: string) => () => new Response(`<p>${text}</p>`)

test.each([
  ['its rules state it', page('You must be at least 16.'), { years: 16, isStated: true }],
  ['its rules state none any more', page('Be kind.'), null],
  ['its rules can’t be read', () => new Response('', { status: 503 }), { years: 18, isStated: false }],
])('the minimum age, where %s', async (_, answer, age) => {
  expect(await facts({ listed }, { 'https://x.example/rules': answer })).toMatchObject({
    age,
    operator: 'Some people',
    country: 'DE',
    rules: 'https://x.example/rules',
  })
})

test('an age that only the server’s own policy states', async () => {
  const rules = ['https://matrix.x.example/terms']
  const found = await facts(
    { rules },
    { 'https://matrix.x.example/terms': page('For people aged 18 or over') },
  )
  expect(found).toMatchObject({ age: { years: 18, isStated: true }, rules: rules[0] })
})

test.each([
  'https://elsewhere.example/terms',
  'https://notx.example/terms',
  'https://x.example:8080/terms',
  'https://192.168.1.1/',
  'http://x.example/terms',
  'nonsense',
])('a page that is none of its own (%s) is not fetched', async (address) => {
  expect((await facts({ rules: [address] }, {})).asked).not.toContain(address)
})
