import { describe, expect, test } from 'vitest'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { probeSignUp, type SignUpProbe } from './probe.ts'

const BASE = 'https://x.example'
const passwordLogin = json({ flows: [{ type: 'm.login.sso' }, { type: 'm.login.password' }] })

/** What the probe makes of a server that answers so. */
function probe(answers: {
  login?: Response
  metadata?: Response
  register?: Response
}): Promise<SignUpProbe | null> {
  const unknown = json({ errcode: 'M_UNRECOGNIZED' }, 404)
  const { fetch } = scripted(({ url }) => {
    const answer = url.pathname.endsWith('/login')
      ? (answers.login ?? passwordLogin)
      : url.pathname.endsWith('/auth_metadata')
        ? answers.metadata
        : answers.register
    return (answer ?? unknown).clone()
  })
  return probeSignUp(fetch, BASE)
}

function flows(...stages: string[][]): Response {
  return json({ session: 's', flows: stages.map((each) => ({ stages: each })), params: {} }, 401)
}

describe('how sign-up works', () => {
  test.each([
    ['open', flows(['m.login.dummy'])],
    ['open', flows(['m.login.terms', 'm.login.dummy'])],
    ['open', flows([])],
    ['token', flows(['m.login.registration_token', 'm.login.terms'])],
    ['email', flows(['m.login.email.identity'])],
    ['email', flows(['m.login.recaptcha', 'm.login.email.identity'])],
    ['captcha', flows(['m.login.recaptcha', 'm.login.terms'])],
    ['unknown', flows(['org.example.quiz'])],
    ['unknown', flows()],
    ['open', flows(['m.login.recaptcha'], ['m.login.dummy'])],
    ['token', flows(['m.login.email.identity'], ['m.login.registration_token'])],
    ['unknown', flows(['m.login.msisdn'])],
    ['closed', json({ errcode: 'M_FORBIDDEN', error: 'Registration has been disabled' }, 403)],
    ['unknown', json({ errcode: 'M_UNRECOGNIZED' }, 404)],
    ['unknown', json({ errcode: 'M_LIMIT_EXCEEDED' }, 429)],
    ['unknown', json({ user_id: '@odd:x' })],
  ] as const)('%s', async (kind, register) => {
    expect(await probe({ register })).toMatchObject({ kind, acceptsPassword: true })
  })

  test('in the browser, where an OAuth server says so', async () => {
    const metadata = json({ issuer: 'https://auth.x.example/' })
    expect(await probe({ metadata, login: json({}, 404) })).toMatchObject({
      kind: 'browser',
      acceptsPassword: false,
    })
  })

  test('with an account elsewhere, where that is the only way in', async () => {
    const login = json({ flows: [{ type: 'm.login.sso' }, { type: 'm.login.token' }] })
    const register = json({ errcode: 'M_FORBIDDEN' }, 403)
    expect(await probe({ login, register })).toMatchObject({ kind: 'sso', acceptsPassword: false })
  })

  test.each([
    'oauth_aware_preferred',
    'delegated_oidc_compatibility',
    'org.matrix.msc3824.delegated_oidc_compatibility',
  ])('where %s is said nothing else is offered, nor /register asked', async (name) => {
    const offered = [{ type: 'm.login.password' }, { type: 'm.login.sso', [name]: true }]
    const { fetch, asked } = scripted(({ url }) =>
      url.pathname.endsWith('/login') ? json({ flows: offered }) : json({ errcode: 'M_UNRECOGNIZED' }, 404),
    )
    expect(await probeSignUp(fetch, BASE)).toMatchObject({ kind: 'browser', acceptsPassword: false })
    expect(asked.some(({ url }) => url.pathname.endsWith('/register'))).toBe(false)
  })

  test('the rules that a server names: its policies, or those of its OAuth server', async () => {
    const metadata = json({
      issuer: 'https://auth.x.example/',
      op_tos_uri: 'https://x.example/terms',
      op_policy_uri: 'javascript:alert(1)',
    })
    expect((await probe({ metadata }))?.rules).toEqual(['https://x.example/terms'])
    const policies = { terms: { version: '1', en: { name: 'Terms', url: 'https://x.example/t' } } }
    const params = { 'm.login.terms': { policies } }
    const register = json({ flows: [{ stages: ['m.login.terms'] }], params }, 401)
    expect((await probe({ register }))?.rules).toEqual(['https://x.example/t'])
  })

  test('a proxy that answers everything with its own page is no OAuth server', async () => {
    const metadata = new Response('<html>Welcome</html>', { headers: { 'content-type': 'text/html' } })
    expect(await probe({ metadata, register: flows(['m.login.dummy']) })).toMatchObject({ kind: 'open' })
  })

  test.each([502, 503, 504])('a proxy with nobody behind it (%i) counts as no answer', async (status) => {
    const down = new Response('<html>', { status })
    expect(await probe({ login: down, register: down })).toBeNull()
  })

  test('nobody there', async () => {
    expect(await probeSignUp(() => Promise.reject(new TypeError('fetch failed')), BASE)).toBeNull()
  })
})

test('policies: English first, else the first language; only over https', async () => {
  const policies = {
    privacy: {
      version: '1',
      en: { name: 'Privacy', url: 'https://x.example/p' },
      de: { name: 'x', url: 'https://x' },
    },
    terms: { version: '1', de: { name: 'Regeln', url: 'https://x.example/r' } },
    odd: { version: '1', en: { name: 'Odd', url: 'javascript:alert(1)' } },
    empty: { version: '1' },
  }
  const register = json(
    { flows: [{ stages: ['m.login.terms'] }], params: { 'm.login.terms': { policies } } },
    401,
  )
  expect((await probe({ register }))?.policies).toEqual([
    { id: 'privacy', version: '1', language: 'en', name: 'Privacy', url: 'https://x.example/p' },
    { id: 'terms', version: '1', language: 'de', name: 'Regeln', url: 'https://x.example/r' },
  ])
})

test('everything that the easiest way asks for', async () => {
  const policies = { terms: { version: '1', en: { name: 'Terms', url: 'https://x.example/t' } } }
  const easy = ['m.login.email.identity', 'm.login.recaptcha', 'm.login.terms']
  const all = [{ stages: [...easy, 'm.login.msisdn'] }, { stages: easy }]
  const register = json({ flows: all, params: { 'm.login.terms': { policies } } }, 401)
  expect(await probe({ register })).toMatchObject({ kind: 'email', asks: ['captcha', 'email', 'terms'] })
})
