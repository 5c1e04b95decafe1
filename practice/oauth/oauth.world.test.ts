import { createServer } from 'node:http'
import * as oauth from 'openid-client'
import { ProxyAgent, fetch } from 'undici'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as admin from '../admin.ts'
import { walkAccountPages } from '../fixtures/account-pages.ts'
import { testPython } from '../fixtures/python.ts'
import { portOf } from '../free-ports.ts'
import { startWorld, type PracticeWorld } from '../world.ts'
import { noFaults } from './faults.ts'
import type { OauthServer } from './server.ts'

const PASSWORD = 'four unrelated words here'
const API = 'urn:matrix:client:api:*'
const REGISTRATION = {
  client_name: 'Foyer',
  client_uri: 'https://foyer.example/',
  redirect_uris: ['http://127.0.0.1/callback'],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  token_endpoint_auth_method: 'none',
  application_type: 'native',
}

let world: PracticeWorld
let server: OauthServer
let dispatcher: ProxyAgent

beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised', delegates: true })
  if (world.oauth === null) throw new Error('matrix.org delegates nothing')
  server = world.oauth
  dispatcher = new ProxyAgent({ uri: world.proxyUrl, requestTls: { ca: world.caPem } })
}, 300_000)

afterAll(async () => {
  await dispatcher.destroy()
  await world.stop()
})

beforeEach(() => {
  Object.assign(server.faults, noFaults())
})

// Undici's types and the platform's differ in name only.
const proxied = ((url: string, init: object) =>
  fetch(url, { ...init, dispatcher })) as unknown as oauth.CustomFetch

async function registerApp(metadata: object = {}): Promise<oauth.Configuration> {
  return oauth.dynamicClientRegistration(
    new URL('https://account.matrix.org/'),
    { ...REGISTRATION, ...metadata },
    oauth.None(),
    { [oauth.customFetch]: proxied },
  )
}

/** Goes the whole way of the authorization code and returns what the callback was called with. */
async function authorize(
  app: oauth.Configuration,
  username: string,
  options: { device: string; consents?: boolean },
) {
  const verifier = oauth.randomPKCECodeVerifier()
  const callback = createServer((_, response) => response.end('ok'))
  await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve))
  const url = oauth.buildAuthorizationUrl(app, {
    redirect_uri: `http://127.0.0.1:${portOf(callback)}/callback`,
    scope: `${API} urn:matrix:client:device:${options.device}`,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 'state',
    prompt: 'create',
  })
  const visitor = { username, password: PASSWORD, isNew: true, consents: options.consents ?? true }
  const ended = await walkAccountPages(world, url.href, visitor)
  callback.close()
  return { verifier, ended: new URL(ended.url) }
}

async function signUp(username: string, device: string) {
  const app = await registerApp()
  const { verifier, ended } = await authorize(app, username, { device })
  const tokens = await oauth.authorizationCodeGrant(app, ended, {
    pkceCodeVerifier: verifier,
    expectedState: 'state',
  })
  return { app, tokens }
}

function whoami(token: string) {
  return world.client.request('matrix.org', '/_matrix/client/v3/account/whoami', { token })
}

const isDead = (token: string) => admin.tokenIsDead(world, 'matrix.org', token)

test('Synapse passes the server’s metadata on, and takes no passwords itself', async () => {
  const metadata = await world.client.request('matrix.org', '/_matrix/client/v1/auth_metadata')
  expect(metadata).toMatchObject({
    issuer: 'https://account.matrix.org/',
    authorization_endpoint: 'https://account.matrix.org/authorize',
    device_authorization_endpoint: 'https://account.matrix.org/oauth2/device',
    revocation_endpoint: 'https://account.matrix.org/oauth2/revoke',
    prompt_values_supported: ['login', 'create'],
    code_challenge_methods_supported: ['S256'],
  })
  await expect(world.client.request('matrix.org', '/_matrix/client/v3/login')).rejects.toMatchObject({
    status: 404,
  })
})

test('an account is created, used, refreshed and ended', async () => {
  const { app, tokens } = await signUp('oauth-1', 'FOYERTEST001')
  expect(tokens.expires_in).toBe(300)
  expect(await whoami(tokens.access_token)).toMatchObject({
    user_id: '@oauth-1:matrix.org',
    device_id: 'FOYERTEST001',
  })
  expect(await admin.deviceNames(world, '@oauth-1:matrix.org')).toEqual(['Foyer'])

  const fresh = await oauth.refreshTokenGrant(app, tokens.refresh_token ?? '')
  expect(fresh.refresh_token).not.toBe(tokens.refresh_token)
  expect(await whoami(fresh.access_token)).toMatchObject({ user_id: '@oauth-1:matrix.org' })

  await oauth.tokenRevocation(app, fresh.access_token)
  expect(await isDead(fresh.access_token)).toBe(true)
  expect(await isDead(tokens.access_token)).toBe(true)
  await expect(oauth.refreshTokenGrant(app, fresh.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  })
  expect(await admin.deviceNames(world, '@oauth-1:matrix.org')).toEqual([])
  for (const token of [tokens.access_token, fresh.refresh_token ?? ''])
    expect(server.secrets()).toContain(token)
})

test('a refresh token works again until its successor is used', async () => {
  const { app, tokens } = await signUp('oauth-2', 'FOYERTEST002')
  const first = tokens.refresh_token ?? ''
  const lost = await oauth.refreshTokenGrant(app, first)
  const second = await oauth.refreshTokenGrant(app, first)
  await expect(oauth.refreshTokenGrant(app, lost.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  })
  const third = await oauth.refreshTokenGrant(app, second.refresh_token ?? '')
  await expect(oauth.refreshTokenGrant(app, first)).rejects.toMatchObject({ error: 'invalid_grant' })
  expect(await whoami(third.access_token)).toMatchObject({ user_id: '@oauth-2:matrix.org' })
})

test('tokens live as long as the test says, and Synapse sees it', async () => {
  server.faults.accessTokenLifetime = 1
  const { tokens } = await signUp('oauth-3', 'FOYERTEST003')
  expect(tokens.expires_in).toBe(1)
  await expect.poll(() => isDead(tokens.access_token), { timeout: 5_000 }).toBe(true)
})

test('somebody may say no, or have an account already', async () => {
  const app = await registerApp()
  const { ended } = await authorize(app, 'oauth-4', { device: 'FOYERTEST004', consents: false })
  expect(ended.searchParams.get('error')).toBe('access_denied')
  await expect(authorize(app, 'ada', { device: 'FOYERTEST005' })).rejects.toThrow('can’t be had')
})

test('a device without a browser is linked by its code', async () => {
  await admin.createAccount(world, 'matrix.org', { username: 'oauth-5', password: PASSWORD })
  const app = await registerApp()
  const asked = await oauth.initiateDeviceAuthorization(app, {
    scope: `${API} urn:matrix:client:device:FOYERTEST006`,
  })
  expect(asked).toMatchObject({ verification_uri: 'https://account.matrix.org/link', interval: 5 })
  expect(asked).not.toHaveProperty('verification_uri_complete')
  expect(asked.user_code).toHaveLength(6)
  const link = `${asked.verification_uri}?user_code=${asked.user_code}`
  const visitor = { username: 'oauth-5', password: PASSWORD, isNew: false }
  const linking = walkAccountPages(world, link, visitor)
  const [tokens, { text }] = await Promise.all([oauth.pollDeviceAuthorizationGrant(app, asked), linking])
  expect(text).toContain('Device linked')
  expect(await whoami(tokens.access_token)).toMatchObject({ user_id: '@oauth-5:matrix.org' })
}, 20_000)

test('an app needs a homepage, and must not come too often', async () => {
  for (const client_uri of ['http://foyer.example/', 'https://localhost/']) {
    await expect(registerApp({ client_uri })).rejects.toMatchObject({ error: 'invalid_client_metadata' })
  }
  server.faults.isRegistrationLimited = true
  await expect(registerApp()).rejects.toMatchObject({ status: 429 })
})

test('people of the world keep their accounts, and tests can make more', async () => {
  const token = await admin.createAccount(world, 'matrix.org', { username: 'oauth-6', password: PASSWORD })
  expect(await whoami(token)).toMatchObject({ user_id: '@oauth-6:matrix.org' })
  expect(await admin.joinedRooms(world, '@ada:matrix.org')).toEqual(expect.any(Array))
  await admin.endSessions(world, '@oauth-6:matrix.org')
  expect(await isDead(token)).toBe(true)
})

test('the account server can be cut off', async () => {
  world.setReachable('account.matrix.org', false)
  await expect(registerApp()).rejects.toThrow()
  world.setReachable('account.matrix.org', true)
  await registerApp()
})
