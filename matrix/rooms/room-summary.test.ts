import { describe, expect, test } from 'vitest'
import { json, scripted, type ScriptedRequest } from '../testing/scripted-fetch.ts'
import { askAliasDirectory, askRoomSummary, joinRuleOf } from './room-summary.ts'

const BASE = 'https://x.example'

/** Answers summaries so, and the alias directory so. */
function server(
  summary: (request: ScriptedRequest) => Response,
  directory?: Response,
): ReturnType<typeof scripted> {
  return scripted((request) =>
    request.url.pathname.includes('/directory/')
      ? (directory ?? json({ errcode: 'M_NOT_FOUND' }, 404))
      : summary(request),
  )
}

describe('a summary', () => {
  test('becomes facts', async () => {
    const { fetch, asked } = server(() =>
      json({
        room_id: '!a',
        name: ' Ada ',
        topic: '',
        num_joined_members: 3,
        join_rule: 'public',
        world_readable: true,
        room_type: 'm.space',
      }),
    )
    expect(await askRoomSummary(fetch, BASE, '#a/b:x', ['x', 'y'])).toEqual({
      sight: 'seen',
      roomId: '!a',
      name: 'Ada',
      topic: null,
      members: 3,
      joinRule: 'public',
      isWorldReadable: true,
      isSpace: true,
    })
    expect(asked[0]?.url.href).toBe(`${BASE}/_matrix/client/v1/room_summary/%23a%2Fb%3Ax?via=x&via=y`)
  })

  test('with nonsense in it keeps what makes sense', async () => {
    const body = {
      room_id: 5,
      name: ['x'],
      num_joined_members: -1,
      join_rule: 'future',
      world_readable: 'yes',
    }
    const facts = await askRoomSummary(server(() => json(body)).fetch, BASE, '#a:x', [])
    expect(facts).toMatchObject({
      sight: 'seen',
      roomId: null,
      name: null,
      members: null,
      joinRule: 'invite',
    })
  })

  test('the older path is asked where the newer one is unknown', async () => {
    const { fetch, asked } = server((request) =>
      request.url.pathname.includes('/unstable/')
        ? json({ name: 'Ada' })
        : json({ errcode: 'M_UNRECOGNIZED' }, 404),
    )
    expect(await askRoomSummary(fetch, BASE, '!a', [])).toMatchObject({ name: 'Ada' })
    expect(asked).toHaveLength(2)
  })

  test('a base URL may have a path', async () => {
    const { fetch, asked } = server(() => json({}))
    await askRoomSummary(fetch, `${BASE}/matrix/`, '!a', [])
    expect(asked[0]?.url.pathname).toBe('/matrix/_matrix/client/v1/room_summary/!a')
  })
})

describe('nothing is known', () => {
  const cases: [string, Response][] = [
    ['an error of the server', json({ errcode: 'M_UNKNOWN' }, 500)],
    ['a rate limit', json({ errcode: 'M_LIMIT_EXCEEDED' }, 429)],
    ['a token is wanted', json({ errcode: 'M_MISSING_TOKEN' }, 401)],
    ['a page instead of JSON', new Response('<html>', { status: 200 })],
    ['a list instead of a summary', json([1])],
    ['no such endpoint', json({ errcode: 'M_UNRECOGNIZED' }, 404)],
    ['five megabytes and more', new Response(`{"name":"${'x'.repeat(5_100_000)}"}`)],
  ]
  test.each(cases)('%s', async (_name, answer) => {
    const found = json({ room_id: '!a', servers: [] })
    expect(await askRoomSummary(server(() => answer.clone(), found).fetch, BASE, '#a:x', [])).toBeNull()
  })

  test('nobody there', async () => {
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'))
    expect(await askRoomSummary(fetch, BASE, '#a:x', [])).toBeNull()
    expect(await askAliasDirectory(fetch, BASE, '#a:x')).toBe('unreachable')
  })

  test('whoever hangs is left when the asking is given up', async () => {
    const end = new AbortController()
    const { fetch } = scripted(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
        }),
    )
    const asking = askRoomSummary(fetch, BASE, '#a:x', [], end.signal)
    end.abort()
    await expect(asking).rejects.toThrow()
  })
})

describe('a refused summary', () => {
  const refusal = (): Response => json({ errcode: 'M_FORBIDDEN' }, 403)

  test('of an alias that leads somewhere is a private room’s', async () => {
    const found = json({ room_id: '!a', servers: ['x'] })
    const facts = await askRoomSummary(server(refusal, found).fetch, BASE, '#a:x', [])
    expect(facts).toMatchObject({ sight: 'private', roomId: '!a', joinRule: null })
  })

  test('of an alias that leads nowhere is no room’s, whatever the summary said', async () => {
    for (const answer of [refusal, () => json({ errcode: 'M_NOT_FOUND' }, 404), () => json({}, 401)]) {
      expect(await askRoomSummary(server(answer).fetch, BASE, '#a:x', [])).toMatchObject({ sight: 'missing' })
    }
  })

  test('of a room ID is a private room’s', async () => {
    expect(await askRoomSummary(server(refusal).fetch, BASE, '!a', [])).toMatchObject({ sight: 'private' })
  })

  test('whose alias nobody can look up now stays open', async () => {
    const down = json({ errcode: 'M_UNKNOWN', error: 'Failed to fetch alias' }, 502)
    expect(await askRoomSummary(server(refusal, down).fetch, BASE, '#a:x', [])).toBeNull()
  })
})

test.each([
  ['public', 'public'],
  ['knock_restricted', 'knock_restricted'],
  ['private', 'invite'],
  [undefined, null],
])('the join rule %s', (rule, expected) => {
  expect(joinRuleOf(rule)).toBe(expected)
})
