import { afterEach, expect, test } from 'vitest'
import type { BrowserState } from '../../core/onboarding/state.ts'
import type { Fetch } from '../../matrix/http/fetch.ts'
import { deviceNames } from '../../practice/admin.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import { walkSignOn } from '../../practice/fixtures/sign-on-pages.ts'
import { HeadlessPass } from '../../test/fixtures/headless-pass.ts'

const SERVER = 'tu-dresden.de'
const PASSWORD = 'four unrelated words here'

const { world, fetch: through } = await testWorld({ hasSignOn: true })
const running: HeadlessPass[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((pass) => pass.close()))
})

/**
 * A pass for which the homeserver says what one says whose accounts an OAuth 2.0 server keeps: single sign-on is but
 * its other door. That server itself can't be found.
 */
function awarePass(): { pass: HeadlessPass; asked: string[] } {
  const asked: string[] = []
  const fetch: Fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.host === SERVER) asked.push(`${init?.method ?? 'GET'} ${url.pathname}`)
    const response = await through(input, init)
    const isLogin = url.host === SERVER && url.pathname.endsWith('/v3/login') && init?.method !== 'POST'
    if (!isLogin) return response
    const { flows } = (await response.json()) as { readonly flows: readonly { readonly type: string }[] }
    const aware = flows.map((flow) =>
      flow.type === 'm.login.sso' ? { ...flow, oauth_aware_preferred: true } : flow,
    )
    return Response.json({ flows: aware })
  }
  const pass = new HeadlessPass(world, { fetch })
  running.push(pass)
  return { pass, asked }
}

const isWaiting = (state: BrowserState): boolean => state.phase === 'waiting'

/** Walks the page that the pass has opened last, up to the pass itself. */
async function walk(pass: HeadlessPass, username: string): Promise<void> {
  world.identityProvider?.groups[0].people.set(username, PASSWORD)
  const page = pass.opened.at(-1) ?? ''
  const back = new URL(new URL(page).searchParams.get('redirectUrl') ?? '')
  const callback = await walkSignOn(through, page, back.origin, { username, password: PASSWORD })
  const answer = await fetch(callback)
  expect(await answer.text()).toContain('Go back to Foyer')
}

test('where nothing but single sign-on may be offered, it makes accounts, too', async () => {
  const { pass, asked } = awarePass()
  pass.send({ type: 'chooseCommunity', id: 'mathesar' })
  await pass.until('preview', (state) => state.phase === 'answered')
  pass.send({ type: 'leavePreview' })
  await pass.until('homeserver', (state) => state.cards.every((card) => card.probe !== 'asking'))
  pass.send({ type: 'findAnother', text: SERVER })
  // An institution's server, so Foyer thinks of an account that is there already.
  await pass.until('signIn')
  pass.send({ type: 'goToCreate' })
  const found = await pass.until('homeserver', (state) => state.chosen === SERVER)
  expect(found.cards.find((card) => card.name === SERVER)).toMatchObject({ signUp: 'browser' })
  pass.send({ type: 'continueWithHomeserver' })
  expect(await pass.until('browser', isWaiting)).toMatchObject({ intent: 'create', offersCode: false })
  expect(new URL(pass.opened[0] ?? '')).toMatchObject({
    host: SERVER,
    pathname: '/_matrix/client/v3/login/sso/redirect',
  })
  expect(new URL(pass.opened[0] ?? '').searchParams.get('action')).toBe('register')
  expect(asked.some((request) => request.includes('/register'))).toBe(false)
  expect(asked).toContain('GET /_matrix/client/v1/auth_metadata')
})

test('and lets people in, without a password in Foyer', async () => {
  const { pass } = awarePass()
  pass.send({ type: 'setExperience', experience: 'matrix' })
  pass.send({ type: 'chooseCommunity', id: 'mathesar' })
  await pass.until('preview', (state) => state.phase === 'answered')
  pass.send({ type: 'leavePreview' })
  await pass.until('signIn')
  pass.send({ type: 'lookUpId', text: `@hedy:${SERVER}` })
  const found = await pass.until('signIn', (state) => state.lookup === 'found')
  expect(found).toMatchObject({ acceptsPassword: false, providers: null })
  pass.send({ type: 'signInInBrowser' })
  await pass.until('browser', isWaiting)
  // Which of several is meant is for the page to ask.
  const page = new URL(pass.opened[0] ?? '')
  expect(page.searchParams.get('action')).toBe('login')
  const provider = new URL(page)
  provider.pathname += '/oidc-university'
  pass.opened.push(provider.href)
  await walk(pass, 'hedy')
  const { account } = await pass.skipProfile()
  expect(account.userId).toBe(`@hedy:${SERVER}`)
  expect(await deviceNames(world, account.userId)).toEqual(['Foyer (temporary)'])
})

test('whose icon can’t be had is shown by name', async () => {
  const pass = new HeadlessPass(world, {
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      return url.pathname.includes('/media/') ? Promise.resolve(new Response('<svg>')) : through(input, init)
    },
  })
  running.push(pass)
  pass.send({ type: 'setExperience', experience: 'matrix' })
  pass.send({ type: 'chooseCommunity', id: 'mathesar' })
  await pass.until('preview', (state) => state.phase === 'answered')
  pass.send({ type: 'leavePreview' })
  await pass.until('signIn')
  pass.send({ type: 'lookUpId', text: `@hedy:${SERVER}` })
  const { providers } = await pass.until('signIn', (state) => state.providers !== null)
  expect(providers?.map(({ name, icon }) => [name, icon])).toEqual([
    ['TU Dresden', null],
    ['Guests of TU Dresden', null],
  ])
})
