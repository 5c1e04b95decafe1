import { expect, test } from 'vitest'
import { json, scripted } from '../../testing/scripted-fetch.ts'
import { askAccountServer, newDeviceId, scopeFor } from './metadata.ts'

const metadata = {
  issuer: 'https://auth.x.example/',
  authorization_endpoint: 'https://auth.x.example/authorize',
  token_endpoint: 'https://auth.x.example/token',
  registration_endpoint: 'https://auth.x.example/register',
  revocation_endpoint: 'https://auth.x.example/revoke',
}
const unrecognized = json({ errcode: 'M_UNRECOGNIZED' }, 404)

/** What is made of a homeserver that answers so on the specification's path, and on the one before. */
function ask(stable: Response | null, unstable: Response | null = unrecognized) {
  const { fetch } = scripted(({ url }) => {
    const answer = url.pathname.includes('unstable') ? unstable : stable
    if (answer === null) throw new TypeError('fetch failed')
    return answer.clone()
  })
  return askAccountServer(fetch, 'https://x.example')
}

test('the specification’s path comes first, and its scopes', async () => {
  const server = await ask(json(metadata), json({ ...metadata, issuer: 'https://old.example/' }))
  if (server === null || server === 'unreachable') throw new Error('nobody')
  expect(server.metadata.issuer).toBe('https://auth.x.example/')
  expect(scopeFor(server, 'D')).toBe('urn:matrix:client:api:* urn:matrix:client:device:D')
})

test('an older homeserver is asked on the path and for the scopes of its time', async () => {
  const server = await ask(unrecognized, json(metadata))
  if (server === null || server === 'unreachable') throw new Error('nobody')
  expect(scopeFor(server, 'D')).toBe(
    'urn:matrix:org.matrix.msc2967.client:api:* urn:matrix:org.matrix.msc2967.client:device:D',
  )
})

test.each([
  ['no such endpoint', unrecognized, null],
  ['a page instead', new Response('<html>'), null],
  ['an endpoint in the open', json({ ...metadata, token_endpoint: 'http://auth.x.example/token' }), null],
  ['no way to register', json({ ...metadata, registration_endpoint: undefined }), null],
  ['no answer', null, 'unreachable'],
  ['trouble', json({}, 502), 'unreachable'],
] as const)('%s', async (_name, answer, expected) => {
  expect(await ask(answer, answer === unrecognized ? unrecognized : answer)).toBe(expected)
})

test('device IDs are new each time, and of letters that every server takes', () => {
  const ids = Array.from({ length: 50 }, newDeviceId)
  expect(new Set(ids).size).toBe(50)
  for (const id of ids) expect(id).toMatch(/^[A-Z]{14}$/)
})
