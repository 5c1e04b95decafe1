import { describe, expect, test } from 'vitest'
import { json, scripted, type ScriptedRequest } from '../../testing/scripted-fetch.ts'
import type { OauthSession } from './session.ts'
import { TokenKeeper } from './token-keeper.ts'

const metadata = {
  issuer: 'https://auth.x.example/',
  authorization_endpoint: 'https://auth.x.example/authorize',
  token_endpoint: 'https://auth.x.example/token',
  registration_endpoint: 'https://auth.x.example/register',
  revocation_endpoint: 'https://auth.x.example/revoke',
}
const unknownToken = (): Response => json({ errcode: 'M_UNKNOWN_TOKEN', error: 'Token is not active' }, 401)

interface Servers {
  readonly life?: { from: number; until: number } | null
  readonly refresh?: (nth: number) => Response | Error
  readonly isGood?: (token: string) => boolean
}

/** A homeserver that takes the tokens `good` names, and an account server that hands out `access-1`, `access-2` … */
function world({
  life = { from: 0, until: 300_000 },
  refresh = (nth) =>
    json({
      access_token: `access-${nth}`,
      refresh_token: `refresh-${nth}`,
      token_type: 'bearer',
      expires_in: 300,
    }),
  isGood = () => true,
}: Servers = {}) {
  let now = 0
  let refreshes = 0
  let atOnce = 0
  let mostAtOnce = 0
  const saved: OauthSession[] = []
  const used: string[] = []
  const { fetch: script, asked } = scripted(async ({ url }: ScriptedRequest) => {
    if (url.pathname.endsWith('/auth_metadata')) return json(metadata)
    if (url.pathname === '/revoke') return new Response('', { status: 200 })
    if (url.pathname !== '/token') return json({ url: url.pathname })
    refreshes += 1
    atOnce += 1
    mostAtOnce = Math.max(mostAtOnce, atOnce)
    await new Promise((resolve) => setTimeout(resolve, 5))
    atOnce -= 1
    const answer = refresh(refreshes)
    if (answer instanceof Error) throw answer
    return answer
  })
  const fetch: typeof script = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const token = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '')
    if (url.hostname === 'x.example' && token !== undefined) {
      used.push(token)
      if (!isGood(token)) return Promise.resolve(unknownToken())
    }
    return script(input, init)
  }
  const session: OauthSession = {
    baseUrl: 'https://x.example',
    userId: '@ada:x.example',
    deviceId: 'DEVICE',
    accessToken: 'access-0',
    grant: { clientId: 'app', refreshToken: 'refresh-0', life },
  }
  const keeper = new TokenKeeper(session, { fetch, monotonic: () => now, save: (each) => saved.push(each) })
  return {
    keeper,
    saved,
    used,
    asked,
    refreshes: () => refreshes,
    mostAtOnce: () => mostAtOnce,
    at: (time: number) => {
      now = time
    },
    request: () => keeper.fetch('https://x.example/_matrix/client/v3/joined_rooms'),
  }
}

describe('a token that runs out', () => {
  test.each([
    ['a minute before the end of five', { from: 0, until: 300_000 }, 239_999, 240_000],
    ['a fifth before the end of ten seconds', { from: 0, until: 10_000 }, 7_999, 8_000],
    ['never an hour early', { from: 0, until: 36_000_000 }, 35_939_999, 35_940_000],
  ])('is replaced %s', async (_name, life, early, due) => {
    const { at, request, refreshes, used } = world({ life })
    at(early)
    await request()
    expect(refreshes()).toBe(0)
    at(due)
    await request()
    expect(refreshes()).toBe(1)
    expect(used).toEqual(['access-0', 'access-1'])
  })

  test('is replaced once for many requests at a time, and written down before it is used', async () => {
    const { at, request, refreshes, mostAtOnce, used, saved } = world()
    at(299_000)
    await Promise.all(Array.from({ length: 20 }, request))
    expect(refreshes()).toBe(1)
    expect(mostAtOnce()).toBe(1)
    expect(new Set(used)).toEqual(new Set(['access-1']))
    expect(saved).toMatchObject([
      {
        accessToken: 'access-1',
        grant: { refreshToken: 'refresh-1', life: { from: 299_000, until: 599_000 } },
      },
    ])
  })

  test('of unknown life is replaced when the homeserver refuses it', async () => {
    const { request, refreshes, used } = world({ life: null, isGood: (token) => token !== 'access-0' })
    expect((await request()).status).toBe(200)
    await Promise.all([request(), request()])
    expect(refreshes()).toBe(1)
    expect(used).toEqual(['access-0', 'access-1', 'access-1', 'access-1'])
  })

  test('is kept where the server’s refresh tokens don’t rotate', async () => {
    const { at, request, saved } = world({
      refresh: (nth) => json({ access_token: `access-${nth}`, token_type: 'bearer', expires_in: 300 }),
    })
    at(299_000)
    await request()
    expect(saved[0]?.grant.refreshToken).toBe('refresh-0')
  })
})

describe('a refresh', () => {
  test('whose answer is lost is asked for again with the same token', async () => {
    const { at, request, keeper, refreshes } = world({
      refresh: (nth) =>
        nth === 1
          ? new TypeError('fetch failed')
          : json({
              access_token: 'access-2',
              refresh_token: 'refresh-2',
              token_type: 'bearer',
              expires_in: 300,
            }),
    })
    at(299_000)
    await request()
    expect(refreshes()).toBe(2)
    expect(keeper.session.accessToken).toBe('access-2')
  })

  test.each([
    ['nobody answers', () => new TypeError('fetch failed')],
    ['the server is in trouble', () => json({}, 503)],
    ['the server wants a rest', () => json({ error: 'slow_down' }, 429)],
    ['a page stands in the way', () => new Response('<html>', { status: 200 })],
  ])('fails like a request without an answer where %s, and the old token stays', async (_name, refresh) => {
    const { at, request, keeper, saved } = world({ refresh })
    at(299_000)
    await expect(request()).rejects.toThrow(TypeError)
    expect(keeper.session.grant.refreshToken).toBe('refresh-0')
    expect(saved).toEqual([])
  })

  test('that is refused ends it: the homeserver’s own words come back, and nobody asks again', async () => {
    const { request, refreshes } = world({
      life: null,
      refresh: () => json({ error: 'invalid_grant' }, 400),
      isGood: () => false,
    })
    const response = await request()
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ errcode: 'M_UNKNOWN_TOKEN' })
    await request()
    expect(refreshes()).toBe(1)
  })
})

describe('ending the session', () => {
  test('takes both tokens back, and is done when the homeserver refuses', async () => {
    let isOver = false
    const { keeper, asked } = world({ isGood: () => !isOver })
    expect(await keeper.revoke()).toBe(false)
    isOver = true
    expect(await keeper.revoke()).toBe(true)
    expect(asked.filter((request) => request.url.pathname === '/revoke')).toHaveLength(4)
  })
})
