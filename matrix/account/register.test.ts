import { describe, expect, test } from 'vitest'
import { json, scripted, type ScriptedRequest } from '../testing/scripted-fetch.ts'
import { register } from './register.ts'

const BASE = 'https://x.example'
const wish = { username: 'ada', password: 'secret', token: 'let-me-in', acceptsTerms: true }
const session = { user_id: '@ada:x', device_id: 'D', access_token: 'T' }
const TOKEN = 'm.login.registration_token'

/** A server with these flows that admits whoever completed one of them. `judge` refuses, or lets the stage count. */
function server(
  flows: string[][],
  judge: (request: ScriptedRequest) => Response | null = () => null,
): ReturnType<typeof scripted> {
  const completed: string[] = []
  return scripted((request) => {
    const auth = request.body['auth'] as { type: string; session: string } | undefined
    if (auth !== undefined) {
      expect(auth.session).toBe('s1')
      const refusal = judge(request)
      if (refusal !== null) return refusal
      completed.push(auth.type)
    }
    return flows.some((stages) => stages.every((stage) => completed.includes(stage))) && auth !== undefined
      ? json(session)
      : json({ session: 's1', flows: flows.map((stages) => ({ stages })), params: {}, completed }, 401)
  })
}

function run(
  { fetch }: Pick<ReturnType<typeof scripted>, 'fetch'>,
  token: string | null = wish.token,
): ReturnType<typeof register> {
  return register(fetch, BASE, { ...wish, token }, () => 1_000)
}

function stagesOf(asked: readonly ScriptedRequest[]): unknown[] {
  return asked.map((request) => (request.body['auth'] as { type: string } | undefined)?.type ?? null)
}

describe('an account is made', () => {
  test.each([
    [[['m.login.dummy']], [null, 'm.login.dummy']],
    [[['m.login.terms']], [null, 'm.login.terms']],
    [[[TOKEN, 'm.login.terms', 'm.login.dummy']], [null, TOKEN, 'm.login.terms', 'm.login.dummy']],
    [
      [['m.login.recaptcha'], ['m.login.email.identity'], ['m.login.dummy']],
      [null, 'm.login.dummy'],
    ],
    [
      [['m.login.registration_token'], ['m.login.terms']],
      [null, 'm.login.terms'],
    ],
  ])('through %j', async (flows, stages) => {
    const { fetch, asked } = server(flows)
    expect(await run({ fetch })).toEqual({
      ok: true,
      value: { baseUrl: BASE, userId: '@ada:x', deviceId: 'D', accessToken: 'T' },
    })
    expect(stagesOf(asked)).toEqual(stages)
    for (const request of asked) expect(request.body).toMatchObject({ username: 'ada', password: 'secret' })
  })

  test('where nothing is asked for at all', async () => {
    expect(await run(scripted(() => json(session)))).toMatchObject({ ok: true })
  })

  test('the token goes with its stage only', async () => {
    const { fetch, asked } = server([[TOKEN, 'm.login.dummy']])
    await run({ fetch })
    expect(asked.map((request) => (request.body['auth'] as { token?: string } | undefined)?.token)).toEqual([
      undefined,
      'let-me-in',
      undefined,
    ])
  })
})

describe('no account is made, and each request is sent once', () => {
  const repeat = (errcode: string): Response =>
    json({ errcode, session: 's1', flows: [{ stages: [TOKEN] }], completed: [] }, 401)

  const refusals: [string, string[][], () => Response | null, object, number][] = [
    ['a wrong token', [[TOKEN]], () => repeat('M_UNAUTHORIZED'), { kind: 'wrongToken' }, 2],
    [
      'a wrong token, said otherwise',
      [[TOKEN]],
      () => json({ errcode: 'M_FORBIDDEN' }, 403),
      { kind: 'wrongToken' },
      2,
    ],
    [
      'a name taken meanwhile',
      [['m.login.dummy']],
      () => json({ errcode: 'M_USER_IN_USE' }, 400),
      { kind: 'usernameTaken' },
      2,
    ],
    [
      'a name taken, after terms',
      [['m.login.terms']],
      () => json({ errcode: 'M_USER_IN_USE' }, 400),
      { kind: 'usernameTaken' },
      2,
    ],
    [
      'a rate limit',
      [['m.login.dummy']],
      () => json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 9_000 }, 429),
      { kind: 'rateLimited', retryAt: 10_000 },
      2,
    ],
    [
      'a server that falls over',
      [['m.login.dummy']],
      () => new Response('', { status: 502 }),
      { kind: 'unreachable' },
      2,
    ],
    ['a captcha only', [['m.login.recaptcha', 'm.login.dummy']], () => null, { kind: 'needsBrowser' }, 1],
  ]
  test.each(refusals)('%s', async (_name, flows, judge, problem, requests) => {
    const { fetch, asked } = server(flows, judge)
    expect(await run({ fetch })).toEqual({ ok: false, reason: problem })
    // Whatever would go on by itself has had the time to.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(asked).toHaveLength(requests)
  })

  test.each([
    [
      'closed',
      json({ errcode: 'M_FORBIDDEN', error: 'Registration has been disabled' }, 403),
      { kind: 'closed' },
    ],
    ['not there', json({ errcode: 'M_UNRECOGNIZED' }, 404), { kind: 'needsBrowser' }],
    ['without flows', json({ errcode: 'M_UNKNOWN' }, 401), { kind: 'unknown', detail: '401 M_UNKNOWN' }],
    ['without a token in the end', json({ user_id: '@ada:x' }), { kind: 'unknown', detail: 'no token' }],
  ])('sign-up that is %s', async (_name, answer, problem) => {
    expect(await run(scripted(() => answer))).toEqual({ ok: false, reason: problem })
  })

  test('nobody there', async () => {
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'))
    expect(await run({ fetch })).toEqual({ ok: false, reason: { kind: 'unreachable' } })
  })
})
