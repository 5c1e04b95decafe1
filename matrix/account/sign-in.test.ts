import { describe, expect, test } from 'vitest'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { signInWithPassword } from './sign-in.ts'

const made = { user_id: '@ada:x', device_id: 'D', access_token: 'T' }

async function signIn(
  answers: readonly (() => Response)[],
  now: () => number = () => 0,
): Promise<{ outcome: string; devices: unknown[] }> {
  const devices: unknown[] = []
  const { fetch } = scripted(({ body }) => {
    devices.push((body as { device_id?: unknown }).device_id)
    return answers[devices.length - 1]?.() ?? json({}, 500)
  })
  const result = await signInWithPassword(
    fetch,
    'https://x.example',
    { kind: 'user', user: 'ada' },
    'secret',
    null,
    now,
  )
  return { outcome: result.ok ? result.value.accessToken : result.reason.kind, devices }
}

describe('signing in', () => {
  test('asks once', async () => {
    const { outcome, devices } = await signIn([() => json(made)])
    expect([outcome, devices.length]).toEqual(['T', 1])
    expect(devices[0]).toMatch(/^[A-Z]{10}$/)
  })

  test('to the device of an earlier session, so that none is left behind', async () => {
    const { fetch, asked } = scripted(() => json(made))
    const ada = { kind: 'user', user: 'ada' } as const
    await signInWithPassword(fetch, 'https://x.example', ada, 'secret', 'FORMER', () => 0)
    expect(asked[0]?.body['device_id']).toBe('FORMER')
  })

  test.each([
    ['an error of the server', () => json({}, 502)],
    ['half an answer', () => new Response('{"user_id":')],
    ['somebody else’s yes', () => json({})],
    ['a yes of other types', () => json({ ...made, access_token: {} })],
  ])('asks once more for the same device after %s', async (_name, lost) => {
    const { outcome, devices } = await signIn([lost, () => json(made)])
    expect([outcome, devices.length, new Set(devices).size]).toEqual(['T', 2, 1])
  })

  test('gives up after the second time', async () => {
    expect(await signIn([])).toMatchObject({ outcome: 'unreachable', devices: { length: 2 } })
  })

  test('doesn’t ask again where the first answer took long', async () => {
    let time = 0
    const slowly = (): Response => {
      time = 30_000
      return json({}, 504)
    }
    expect(await signIn([slowly], () => time)).toMatchObject({
      outcome: 'unreachable',
      devices: { length: 1 },
    })
  })

  test('takes a no for a no', async () => {
    const no = (): Response => json({ errcode: 'M_FORBIDDEN', error: 'Invalid password' }, 403)
    expect(await signIn([no])).toMatchObject({ outcome: 'wrongPassword', devices: { length: 1 } })
  })
})

test.each([
  [
    { kind: 'email', address: 'ada@example.org' },
    { type: 'm.id.thirdparty', medium: 'email', address: 'ada@example.org' },
  ],
  [
    { kind: 'phone', digits: '49351' },
    { type: 'm.id.thirdparty', medium: 'msisdn', address: '49351' },
  ],
] as const)('%j is asked for by its own kind', async (identifier, sent) => {
  const { fetch, asked } = scripted(() => json(made))
  await signInWithPassword(fetch, 'https://x.example', identifier, 'secret', null, () => 0)
  expect(asked[0]?.body['identifier']).toEqual(sent)
})
