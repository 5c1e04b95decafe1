import { ProxyAgent, fetch as undiciFetch } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pictureFacts } from '../../core/pictures/picture-bytes.ts'
import { fetchProviderIcon } from '../../matrix/account/provider-icon.ts'
import { askLoginWays, loginTokenIn, signInWithToken, ssoPage } from '../../matrix/account/sso.ts'
import type { Fetch } from '../../matrix/http/fetch.ts'
import { testPython } from '../fixtures/python.ts'
import { walkSignOn } from '../fixtures/sign-on-pages.ts'
import { startWorld, type PracticeWorld } from '../world.ts'

const BASE = 'https://tu-dresden.de'
const BACK = 'http://127.0.0.1:9/callback'

let world: PracticeWorld
let agent: ProxyAgent
let fetch: Fetch

beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised', hasSignOn: true })
  agent = new ProxyAgent({ uri: world.proxyUrl, requestTls: { ca: world.caPem } })
  // undici's fetch and Node's own are the same code under two sets of types.
  fetch = (input, init) =>
    undiciFetch(input as string, { ...(init as object), dispatcher: agent }) as unknown as Promise<Response>
}, 300_000)
afterAll(async () => {
  await agent.destroy()
  await world.stop()
})

async function enter(username: string, password: string, group = 0): Promise<string> {
  const ways = await askLoginWays(fetch, BASE)
  expect(ways).toMatchObject({
    acceptsPassword: true,
    providers: [{ name: 'TU Dresden' }, { name: 'Guests of TU Dresden', iconUri: null }],
  })
  const page = ssoPage(BASE, BACK, ways?.providers?.[group]?.id ?? null, 'login')
  const callback = await walkSignOn(fetch, page.url, BACK, { username, password })
  expect(callback.searchParams.get('state')).toBe(page.nonce)
  const session = await signInWithToken(fetch, BASE, loginTokenIn(callback) ?? '', null, () => 0)
  return session.ok ? session.value.userId : session.reason.kind
}

test('who has an account comes into that one', async () => {
  expect(await enter('ada', 'ada-counts-in-dresden')).toBe('@ada:tu-dresden.de')
})

test('who has none gets one', async () => {
  world.identityProvider?.groups[0].people.set('grace', 'grace-compiles')
  expect(await enter('grace', 'grace-compiles')).toBe('@grace:tu-dresden.de')
})

test('who isn’t of the institution stays outside', async () => {
  await expect(enter('ada', 'wrong')).rejects.toThrow('Username or password is wrong.')
})

test('guests are vouched for apart from the institution’s own people', async () => {
  world.identityProvider?.groups[1].people.set('emmy', 'emmy-visits')
  expect(await enter('emmy', 'emmy-visits', 1)).toBe('@emmy:tu-dresden.de')
  await expect(enter('emmy', 'emmy-visits')).rejects.toThrow('Username or password is wrong.')
})

test('the institution’s icon is shown to people without an account', async () => {
  const ways = await askLoginWays(fetch, BASE)
  const uri = ways?.providers?.[0]?.iconUri ?? ''
  const icon = await fetchProviderIcon(fetch, BASE, uri, AbortSignal.timeout(10_000))
  expect(pictureFacts(Buffer.from(icon ?? '', 'base64'))).toMatchObject({ type: 'image/png', width: 96 })
})
