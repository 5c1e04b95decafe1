import { describe, expect, test } from 'vitest'
import type { SignUpWay } from '../../core/onboarding/sign-up-ways.ts'
import { json, scripted, type ScriptedRequest } from '../testing/scripted-fetch.ts'
import { advance, type Advance, type Answers } from './register.ts'
import { newRegistration, openStages, type Registration } from './registration.ts'

const BASE = 'https://x.example'
const begun: Registration = { ...newRegistration(BASE, 'ada'), acceptsTerms: true }
const answers: Answers = { password: 'secret', token: 'let-me-in' }
const session = { user_id: '@ada:x', device_id: 'D', access_token: 'T' }
const TOKEN = 'm.login.registration_token'
const EMAIL = 'm.login.email.identity'
const CAPTCHA = 'm.login.recaptcha'
const TERMS = 'm.login.terms'
const DUMMY = 'm.login.dummy'
const email = {
  address: 'ada@example.org',
  clientSecret: 'cs',
  sid: 'sid1',
  attempt: 1,
  submitUrl: null,
  sentAt: 0,
}

interface Server extends ReturnType<typeof scripted> {
  /** Stages that were finished outside: a page in the browser, a link in a mail. */
  readonly outside: string[]
}

/** A server with these flows that admits whoever completed one of them. `judge` refuses, or lets the stage count. */
function server(
  flows: string[][],
  judge: (request: ScriptedRequest) => Response | null = () => null,
): Server {
  const completed: string[] = []
  const outside: string[] = []
  const challenge = (errcode?: string): Response => {
    const body = { session: 's1', flows: flows.map((stages) => ({ stages })), params: {}, completed }
    return json(errcode === undefined ? body : { ...body, errcode }, 401)
  }
  const answer = scripted((request) => {
    const auth = request.body['auth'] as { type?: string; session?: string } | undefined
    if (auth === undefined) return challenge()
    expect(auth.session).toBe('s1')
    const refusal = judge(request)
    if (refusal !== null) return refusal
    if (outside.includes(CAPTCHA) && !completed.includes(CAPTCHA)) completed.push(CAPTCHA)
    const { type } = auth
    if (type === EMAIL && !outside.includes(EMAIL)) return challenge('M_UNAUTHORIZED')
    if (type !== undefined && !completed.includes(type)) completed.push(type)
    return flows.some((stages) => stages.every((stage) => completed.includes(stage)))
      ? json(session)
      : challenge()
  })
  return { ...answer, outside }
}

function run(
  { fetch }: Pick<Server, 'fetch'>,
  registration: Registration = begun,
  own: Partial<Answers> = {},
  wanted: SignUpWay | null = null,
): Promise<Advance> {
  return advance(fetch, registration, { ...answers, ...own }, wanted, () => 1_000)
}

function stagesOf(asked: readonly ScriptedRequest[]): unknown[] {
  return asked.map((request) => (request.body['auth'] as { type?: string } | undefined)?.type ?? null)
}

function waiting(advanced: Advance): Registration {
  if (advanced.kind !== 'waiting') throw new Error(`It is ${advanced.kind}`)
  return advanced.registration
}

describe('an account is made', () => {
  test.each([
    [[[DUMMY]], [null, DUMMY]],
    [[[TERMS]], [null, TERMS]],
    [[[TOKEN, TERMS, DUMMY]], [null, TOKEN, TERMS, DUMMY]],
    // The dummy comes last, wherever it stands.
    [[[DUMMY, TERMS]], [null, TERMS, DUMMY]],
    [
      [[CAPTCHA], [EMAIL], [DUMMY]],
      [null, DUMMY],
    ],
    [
      [[TOKEN], [TERMS]],
      [null, TERMS],
    ],
  ])('through %j', async (flows, stages) => {
    const { fetch, asked } = server(flows)
    const made = await advance(fetch, begun, answers, null, () => 0)
    expect(made).toEqual({
      kind: 'done',
      session: { baseUrl: BASE, userId: '@ada:x', deviceId: 'D', accessToken: 'T' },
    })
    expect(stagesOf(asked)).toEqual(stages)
    for (const request of asked) expect(request.body).toMatchObject({ username: 'ada', password: 'secret' })
  })

  test('by the way that was chosen instead of the easiest', async () => {
    const { fetch, asked } = server([[DUMMY], [TOKEN]])
    const made = await run({ fetch }, begun, {}, { stages: [], needs: ['token'] })
    expect(made.kind).toBe('done')
    expect(stagesOf(asked)).toEqual([null, TOKEN])
  })

  test('where nothing is asked for at all', async () => {
    expect(await run(scripted(() => json(session)))).toMatchObject({ kind: 'done' })
  })

  test('the token goes with its stage only', async () => {
    const { fetch, asked } = server([[TOKEN, DUMMY]])
    await run({ fetch })
    expect(asked.map((request) => (request.body['auth'] as { token?: string } | undefined)?.token)).toEqual([
      undefined,
      'let-me-in',
      undefined,
    ])
  })
})

describe('what is done outside is waited for', () => {
  const flows = [[TERMS, EMAIL, CAPTCHA, DUMMY]]

  test('a mail and a page, one request for each look', async () => {
    const { fetch, asked, outside } = server(flows)
    const first = waiting(await run({ fetch }))
    expect(stagesOf(asked)).toEqual([null, TERMS])
    expect(openStages(first)).toEqual([EMAIL, CAPTCHA, DUMMY])

    const mailed = { ...first, email }
    const looked = waiting(await run({ fetch }, mailed))
    expect(stagesOf(asked).slice(2)).toEqual([EMAIL])
    expect(asked.at(-1)?.body['auth']).toMatchObject({
      threepid_creds: { sid: 'sid1', client_secret: 'cs' },
      session: 's1',
    })

    outside.push(CAPTCHA)
    const passed = waiting(await run({ fetch }, looked))
    expect(openStages(passed)).toEqual([EMAIL, DUMMY])

    outside.push(EMAIL)
    expect(await run({ fetch }, passed)).toMatchObject({ kind: 'done' })
    expect(stagesOf(asked).slice(4)).toEqual([EMAIL, DUMMY])
  })

  test('after a restart without the password, by the session alone', async () => {
    const { fetch, asked, outside } = server([[CAPTCHA]])
    const first = waiting(await run({ fetch }))
    outside.push(CAPTCHA)
    expect(await run({ fetch }, first, { password: null, token: null })).toMatchObject({ kind: 'done' })
    expect(asked.at(-1)?.body).toEqual({ auth: { session: 's1' } })
  })

  test('a server that wants the password again says so', async () => {
    const judge = (): Response => json({ errcode: 'M_MISSING_PARAM', error: 'Missing params: password' }, 400)
    const first = waiting(await run(server([[CAPTCHA]])))
    expect(await run(server([[CAPTCHA]], judge), first, { password: null })).toMatchObject({
      kind: 'refused',
      problem: { kind: 'passwordAgain' },
    })
  })

  test('a name taken in the end keeps all that was done', async () => {
    let isTaken = true
    const { fetch, outside } = server([[CAPTCHA, DUMMY]], () =>
      isTaken ? json({ errcode: 'M_USER_IN_USE' }, 400) : null,
    )
    const first = waiting(await run({ fetch }))
    outside.push(CAPTCHA)
    const refused = await run({ fetch }, first)
    expect(refused).toMatchObject({ kind: 'refused', problem: { kind: 'usernameTaken' } })
    if (refused.kind !== 'refused') return
    isTaken = false
    const again = await run({ fetch }, { ...refused.registration, username: 'ada2' })
    expect(again).toMatchObject({ kind: 'done' })
  })

  test('a session that the server has forgotten', async () => {
    const judge = (): Response => json({ errcode: 'M_UNKNOWN', error: 'Unknown session ID: s1' }, 400)
    const first = waiting(await run(server([[CAPTCHA]])))
    expect(await run(server([[CAPTCHA]], judge), first)).toMatchObject({
      problem: { kind: 'sessionExpired' },
    })
  })

  test('a server that begins anew is followed', async () => {
    const first = waiting(await run(server([[TERMS, CAPTCHA]])))
    expect(first.completed).toEqual([TERMS])
    const { fetch } = scripted(({ body }) =>
      (body['auth'] as { session: string } | undefined)?.session === 's1'
        ? json({ session: 's2', flows: [{ stages: [TERMS, CAPTCHA] }] }, 401)
        : json({ session: 's2', flows: [{ stages: [TERMS, CAPTCHA] }], completed: [TERMS] }, 401),
    )
    expect(waiting(await run({ fetch }, first))).toMatchObject({ session: 's2', completed: [TERMS] })
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
      [[DUMMY]],
      () => json({ errcode: 'M_USER_IN_USE' }, 400),
      { kind: 'usernameTaken' },
      2,
    ],
    [
      'a name taken, after terms',
      [[TERMS]],
      () => json({ errcode: 'M_USER_IN_USE' }, 400),
      { kind: 'usernameTaken' },
      2,
    ],
    [
      'a rate limit',
      [[DUMMY]],
      () => json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 9_000 }, 429),
      { kind: 'rateLimited', retryAt: 10_000 },
      2,
    ],
    [
      'a server that falls over',
      [[DUMMY]],
      () => new Response('', { status: 502 }),
      { kind: 'unreachable' },
      2,
    ],
  ]
  test.each(refusals)('%s', async (_name, flows, judge, problem, requests) => {
    const { fetch, asked } = server(flows, judge)
    expect(await run({ fetch })).toMatchObject({ kind: 'refused', problem })
    // Whatever would go on by itself has had the time to.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(asked).toHaveLength(requests)
  })

  test('terms that nobody has accepted are not accepted', async () => {
    const { fetch, asked } = server([[TERMS]])
    expect(await run({ fetch }, { ...begun, acceptsTerms: false })).toMatchObject({ kind: 'refused' })
    expect(stagesOf(asked)).toEqual([null])
  })

  test.each([
    [
      'closed',
      json({ errcode: 'M_FORBIDDEN', error: 'Registration has been disabled' }, 403),
      { kind: 'closed' },
    ],
    ['not there', json({ errcode: 'M_UNRECOGNIZED' }, 404), { kind: 'needsBrowser' }],
    [
      'to be approved by somebody',
      json({ errcode: 'ORG.MATRIX.MSC3866_USER_AWAITING_APPROVAL' }, 403),
      { kind: 'awaitingApproval' },
    ],
    ['without flows', json({ errcode: 'M_UNKNOWN' }, 401), { kind: 'unknown', detail: '401 M_UNKNOWN' }],
    ['without a token in the end', json({ user_id: '@ada:x' }), { kind: 'unknown', detail: 'no token' }],
  ])('sign-up that is %s', async (_name, answer, problem) => {
    expect(await run(scripted(() => answer))).toMatchObject({ kind: 'refused', problem })
  })

  test('nobody there', async () => {
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'))
    expect(await run({ fetch })).toMatchObject({ kind: 'refused', problem: { kind: 'unreachable' } })
  })
})
