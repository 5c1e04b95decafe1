import { describe, expect, test } from 'vitest'
import { changesOf } from '../../core/joined/compare.ts'
import { community, room } from '../../core/testing/communities.ts'
import { joinedIn } from '../../core/testing/joined.ts'
import { HomeserverDirectory } from '../homeserver/discover.ts'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { lookAgain } from './look-again.ts'

const keys = ['#a:x.example', '#b:x.example']
const club = community(
  keys.map((key) => room(key, { sight: 'seen', joinRule: 'public', roomId: key.replace('#', '!') })),
)
const record = joinedIn(club, keys)

/** Homeservers that answer for aliases as `directory` says, and keep all else to themselves. */
function looking(directory: (alias: string) => Response, signal = new AbortController().signal) {
  const { fetch, asked } = scripted(({ url }) => {
    if (url.pathname === '/_matrix/client/versions') return json({ versions: ['v1.11', 'v1.15'] })
    const alias = /\/directory\/room\/(.+)$/.exec(url.pathname)?.[1]
    if (alias !== undefined) return directory(decodeURIComponent(alias))
    return json({ errcode: 'M_NOT_FOUND', error: 'Nothing' }, 404)
  })
  const slept: number[] = []
  const ports = {
    fetch: () => Promise.reject(new Error('Nobody is signed in')),
    strangers: { fetch, homeservers: new HomeserverDirectory(fetch) },
    now: () => 0,
    sleep: async (ms: number) => {
      slept.push(ms)
    },
    signal,
  }
  return { ports, asked, slept }
}

describe('a look without an account', () => {
  test('asks each address at its own server, and nobody for a token', async () => {
    const { ports, asked } = looking((alias) =>
      json({ room_id: alias.replace('#', '!'), servers: ['x.example'] }),
    )
    const found = await lookAgain(ports, record, null, null)
    expect([...(found?.sightings.keys() ?? [])].toSorted()).toEqual(keys)
    expect(new Set(asked.map(({ url }) => url.hostname))).toEqual(new Set(['x.example']))
    expect(asked.every(({ method, url }) => method === 'GET' && !url.search.includes('token'))).toBe(true)
  })

  test('tells silence from no', async () => {
    const { ports } = looking((alias) =>
      alias === keys[0]
        ? json({ errcode: 'M_NOT_FOUND', error: 'No' }, 404)
        : json({ errcode: 'M_UNKNOWN' }, 502),
    )
    const found = await lookAgain(ports, record, null, null)
    expect(found === null ? null : changesOf(record, found).closed).toMatchObject([
      { key: keys[0], why: 'gone' },
    ])
  })

  test('is no look where nobody answers', async () => {
    const { ports } = looking(() => json({}, 502))
    expect(await lookAgain(ports, record, null, null)).toBeNull()
  })

  test('waits as long as a server wishes', async () => {
    let refusals = 2
    const { ports, slept } = looking((alias) => {
      refusals -= 1
      return refusals >= 0
        ? json({ errcode: 'M_LIMIT_EXCEEDED' }, 429, { 'retry-after': '7' })
        : json({ room_id: alias.replace('#', '!'), servers: ['x.example'] })
    })
    const found = await lookAgain(ports, record, null, null)
    expect(found?.sightings.size).toBe(2)
    expect(slept).toContain(7_000)
  })

  test('asks about no more than three hundred rooms', async () => {
    const many = Array.from({ length: 400 }, (_, place) => `#r${place}:x.example`)
    const large = joinedIn(community(many.map((key) => room(key))), many)
    const { ports, asked } = looking((alias) => json({ room_id: alias.replace('#', '!'), servers: [] }))
    await lookAgain(ports, large, null, null)
    expect(asked.filter(({ url }) => url.pathname.includes('/directory/room/'))).toHaveLength(300)
  })

  test('ends when it is to', async () => {
    const end = new AbortController()
    const { ports, asked } = looking((alias) => {
      end.abort()
      return json({ room_id: alias.replace('#', '!'), servers: [] })
    }, end.signal)
    await expect(lookAgain(ports, record, null, null)).rejects.toThrow()
    expect(asked.filter(({ url }) => url.pathname.includes('/directory/room/')).length).toBeLessThanOrEqual(2)
  })
})
