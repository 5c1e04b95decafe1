import { describe, expect, test } from 'vitest'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { requestEmail, submitEmailCode } from './email-proof.ts'
import { newRegistration, type EmailProof } from './registration.ts'

const registration = newRegistration('https://x.example', 'ada')
const ADDRESS = 'ada@example.org'
const SUBMIT = 'https://x.example/submit'

async function proofOf(answer: object, before: EmailProof | null = null): Promise<EmailProof> {
  const { fetch } = scripted(() => json(answer))
  const proof = await requestEmail(fetch, { ...registration, email: before }, ADDRESS, () => 5)
  if (!proof.ok) throw new Error(proof.reason.kind)
  return proof.value
}

describe('asking for a mail', () => {
  test('again counts up under the same secret; another address begins anew', async () => {
    const first = await proofOf({ sid: '1' })
    expect(first).toMatchObject({ address: ADDRESS, sid: '1', attempt: 1, submitUrl: null, sentAt: 5 })
    expect(first.clientSecret).toMatch(/^[0-9a-zA-Z.=_-]{16,255}$/)
    const { fetch, asked } = scripted(() => json({ sid: '1' }))
    const mailed = { ...registration, email: first }
    await requestEmail(fetch, mailed, ADDRESS, () => 5)
    await requestEmail(fetch, mailed, 'other@example.org', () => 5)
    expect(asked.map(({ body }) => body)).toMatchObject([
      { email: ADDRESS, client_secret: first.clientSecret, send_attempt: 2 },
      { email: 'other@example.org', send_attempt: 1 },
    ])
    expect(asked[1]?.body['client_secret']).not.toBe(first.clientSecret)
  })

  test('codes are taken where they go somewhere safe', async () => {
    expect((await proofOf({ sid: '1', submit_url: SUBMIT })).submitUrl).toBe(SUBMIT)
    expect((await proofOf({ sid: '1', submit_url: 'http://x.example/' })).submitUrl).toBeNull()
    expect((await proofOf({ sid: '1', submit_url: 'nonsense' })).submitUrl).toBeNull()
  })

  test.each([
    [400, 'M_THREEPID_IN_USE', { kind: 'emailInUse' }],
    [403, 'M_THREEPID_DENIED', { kind: 'emailDenied' }],
    [400, 'M_INVALID_PARAM', { kind: 'emailInvalid' }],
    [400, 'M_UNKNOWN', { kind: 'emailInvalid' }],
    [500, 'M_UNKNOWN', { kind: 'emailNotSent' }],
    [429, 'M_LIMIT_EXCEEDED', { kind: 'rateLimited', retryAt: 5_005 }],
    [502, null, { kind: 'unreachable' }],
  ])('refused by %i %s', async (status, errcode, problem) => {
    const { fetch } = scripted(() => json({ errcode }, status))
    expect(await requestEmail(fetch, registration, ADDRESS, () => 5)).toEqual({ ok: false, reason: problem })
  })
})

describe('handing in a code', () => {
  const proof = {
    address: ADDRESS,
    clientSecret: 'cs',
    sid: '1',
    attempt: 1,
    submitUrl: SUBMIT,
    sentAt: 0,
  }

  test.each([
    [json({ success: true }), { ok: true, value: null }],
    [json({}), { ok: true, value: null }],
    [json({ success: false }), { ok: false, reason: 'wrongCode' }],
    [json({ errcode: 'M_NO_VALID_SESSION' }, 400), { ok: false, reason: 'wrongCode' }],
    [json({ errcode: 'M_LIMIT_EXCEEDED' }, 429), { ok: false, reason: 'tooMany' }],
    [new Response('', { status: 502 }), { ok: false, reason: 'unreachable' }],
  ])('%#', async (answer, verdict) => {
    const { fetch, asked } = scripted(() => answer)
    expect(await submitEmailCode(fetch, proof, '123456')).toEqual(verdict)
    expect(asked[0]?.body).toEqual({ sid: '1', client_secret: 'cs', token: '123456' })
  })

  test('nobody there', async () => {
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'))
    expect(await submitEmailCode(fetch, proof, '1')).toEqual({ ok: false, reason: 'unreachable' })
  })

  test('a mail without codes takes none', async () => {
    const { fetch, asked } = scripted(() => json({}))
    expect(await submitEmailCode(fetch, { ...proof, submitUrl: null }, '1')).toMatchObject({ ok: false })
    expect(asked).toEqual([])
  })
})
