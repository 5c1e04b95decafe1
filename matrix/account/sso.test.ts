import { describe, expect, test } from 'vitest'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { askLoginWays, loginTokenIn, loginWaysIn, signInWithToken, ssoPage } from './sso.ts'

const BASE = 'https://x.example/base'
const password = { type: 'm.login.password' }
const plain = { id: 'guests', name: 'Guests', icon: 7 }
const uni = { id: 'oidc-uni', name: 'Universität', icon: 'mxc://x/y', brand: 'uni' }

describe('how people sign in', () => {
  test.each([
    [[password], { acceptsPassword: true, providers: null, isOauthAware: false }],
    [[{ type: 'm.login.sso' }, password], { acceptsPassword: true, providers: [] }],
    [
      [{ type: 'm.login.sso', identity_providers: [uni, { id: 7 }, null, { id: 'a', name: '' }, plain] }],
      {
        acceptsPassword: false,
        providers: [
          { id: 'oidc-uni', name: 'Universität', iconUri: 'mxc://x/y' },
          { id: 'guests', name: 'Guests', iconUri: null },
        ],
      },
    ],
    // Where it is said, only that way may be offered, whatever else is there.
    [
      [password, { type: 'm.login.sso', oauth_aware_preferred: true }],
      { acceptsPassword: false, isOauthAware: true },
    ],
    [
      [password, { type: 'm.login.sso', delegated_oidc_compatibility: true }],
      { acceptsPassword: false, isOauthAware: true },
    ],
    [
      [password, { type: 'm.login.sso', 'org.matrix.msc3824.delegated_oidc_compatibility': true }],
      { acceptsPassword: false, isOauthAware: true },
    ],
    [
      [password, { type: 'm.login.sso', oauth_aware_preferred: false, delegated_oidc_compatibility: true }],
      { acceptsPassword: true, isOauthAware: false },
    ],
    [
      [password, { type: 'm.login.sso', oauth_aware_preferred: 'yes' }],
      { acceptsPassword: true, isOauthAware: false },
    ],
    [[null, 'odd', { type: 5 }], { acceptsPassword: false, providers: null }],
  ])('%j', (flows, ways) => {
    expect(loginWaysIn({ flows })).toMatchObject(ways)
  })

  test('an answer that is none', () => {
    for (const body of [null, {}, { flows: {} }, 'page'])
      expect(loginWaysIn(body)).toMatchObject({ acceptsPassword: false, providers: null })
  })

  test('nobody there', async () => {
    expect(await askLoginWays(scripted(() => json({}, 502)).fetch, BASE)).toBeNull()
    const { fetch, asked } = scripted(() => json({ flows: [password] }))
    expect(await askLoginWays(fetch, BASE)).toMatchObject({ acceptsPassword: true })
    expect(asked[0]?.url.pathname).toBe('/base/_matrix/client/v3/login')
  })
})

describe('the page of a single sign-on', () => {
  test('names the provider, what is wanted, and a way back with a nonce of its own', () => {
    const one = ssoPage(BASE, 'http://127.0.0.1:4711/callback', 'oidc/uni', 'register')
    const url = new URL(one.url)
    expect(url.pathname).toBe('/base/_matrix/client/v3/login/sso/redirect/oidc%2Funi')
    expect(url.searchParams.get('action')).toBe('register')
    const back = new URL(url.searchParams.get('redirectUrl') ?? '')
    expect(back.origin + back.pathname).toBe('http://127.0.0.1:4711/callback')
    expect(back.searchParams.get('state')).toBe(one.nonce)
    expect(one.nonce).toMatch(/^[\w-]{22}$/)
    expect(ssoPage(BASE, 'http://127.0.0.1:4711/callback', null, 'login').nonce).not.toBe(one.nonce)
  })

  test('ends with a token', () => {
    expect(loginTokenIn(new URL('http://127.0.0.1/callback?state=s&loginToken=t'))).toBe('t')
    expect(loginTokenIn(new URL('http://127.0.0.1/callback?state=s'))).toBeNull()
  })
})

test('the token signs in once; a late one says so', async () => {
  const { fetch, asked } = scripted(() => json({ user_id: '@a:x', device_id: 'D', access_token: 'T' }))
  expect(await signInWithToken(fetch, BASE, 't', 'FORMER', () => 0)).toMatchObject({
    ok: true,
    value: { userId: '@a:x' },
  })
  expect(asked[0]?.body).toMatchObject({ type: 'm.login.token', token: 't', device_id: 'FORMER' })
  const late = scripted(() => json({ errcode: 'M_FORBIDDEN', error: 'Invalid login token' }, 403))
  expect(await signInWithToken(late.fetch, BASE, 't', null, () => 0)).toMatchObject({ ok: false })
  const locked = scripted(() => json({ errcode: 'M_USER_LOCKED' }, 401))
  expect(await signInWithToken(locked.fetch, BASE, 't', null, () => 0)).toEqual({
    ok: false,
    reason: { kind: 'locked' },
  })
})
