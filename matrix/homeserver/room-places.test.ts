import { describe, expect, test } from 'vitest'
import type { RoomPlace } from '../../core/homeservers/fit.ts'
import { json, scripted, type ScriptedRequest } from '../testing/scripted-fetch.ts'
import { RoomPlaces } from './room-places.ts'

const server = { name: 'x.example', baseUrl: 'https://matrix.x.example' }
const { signal } = new AbortController()

function rooms(...addresses: string[]): { key: string; address: string }[] {
  return addresses.map((address) => ({ key: address, address }))
}

/** What is told of these rooms by a server that answers so. */
async function told(
  places: RoomPlaces,
  asked: { key: string; address: string }[],
  end: AbortSignal = signal,
): Promise<Record<string, RoomPlace>> {
  const found: Record<string, RoomPlace> = {}
  await places.ask(server, asked, end, (key, place) => {
    found[key] = place
  })
  return found
}

const here = (): Response => json({ room_id: '!a', servers: ['x.example', 'y.example'] })
const addressOf = ({ url }: ScriptedRequest): string =>
  decodeURIComponent(url.pathname.split('/').at(-1) ?? '')

describe('which rooms a homeserver takes part in', () => {
  test('by its alias directory, or by whether it can sum the room up without help', async () => {
    const { fetch } = scripted((request) => {
      switch (addressOf(request)) {
        case '#here:y':
          return here()
        case '#elsewhere:y':
          return json({ room_id: '!b', servers: ['y.example'] })
        case '#gone:y':
          return json({ errcode: 'M_NOT_FOUND' }, 404)
        case '#down:y':
          return json({ errcode: 'M_UNKNOWN' }, 502)
        case '!here':
          return json({ room_id: '!here' })
        case '!busy':
          return json({ errcode: 'M_LIMIT_EXCEEDED' }, 429)
        default:
          return json({ errcode: 'M_UNKNOWN' }, 400)
      }
    })
    const all = ['#here:y', '#elsewhere:y', '#gone:y', '#down:y', '!here', '!elsewhere', '!busy']
    expect(await told(new RoomPlaces(fetch, () => 0), rooms(...all))).toEqual({
      '#here:y': 'here',
      '#elsewhere:y': 'elsewhere',
      '#gone:y': 'elsewhere',
      '#down:y': 'unknown',
      '!here': 'here',
      '!elsewhere': 'elsewhere',
      '!busy': 'unknown',
    })
  })
})

describe('politely', () => {
  const many = rooms(...Array.from({ length: 30 }, (_, index) => `#${index}:y`))

  test('three questions at a time', async () => {
    let open = 0
    let most = 0
    const { fetch } = scripted(async () => {
      open += 1
      most = Math.max(most, open)
      await Promise.resolve()
      open -= 1
      return here()
    })
    await told(new RoomPlaces(fetch, () => 0), many)
    expect(most).toBe(3)
  })

  test('each room once in ten minutes', async () => {
    let now = 0
    const { fetch, asked } = scripted(here)
    const places = new RoomPlaces(fetch, () => now)
    await told(places, many)
    now = 10 * 60_000 - 1
    expect(Object.keys(await told(places, many))).toHaveLength(30)
    expect(asked).toHaveLength(30)
    now += 1
    await told(places, many)
    expect(asked).toHaveLength(60)
  })

  test('not on and on where nobody answers', async () => {
    const { fetch, asked } = scripted(() => Promise.reject(new TypeError('fetch failed')))
    const found = await told(new RoomPlaces(fetch, () => 0), many)
    expect(Object.values(found)).toEqual(Array.from({ length: 30 }, () => 'unknown'))
    // Two more may be on their way when the third silence is noticed.
    expect(asked.length).toBeLessThanOrEqual(5)
  })

  test('no further once the screen is left', async () => {
    const end = new AbortController()
    const { fetch, asked } = scripted((_, nth) => {
      if (nth === 4) end.abort()
      return here()
    })
    await expect(told(new RoomPlaces(fetch, () => 0), many, end.signal)).rejects.toThrow()
    expect(asked.length).toBeLessThanOrEqual(8)
  })
})
