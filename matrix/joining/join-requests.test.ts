import { describe, expect, test } from 'vitest'
import { sessionClient } from '../client.ts'
import { json, scripted, type ScriptedRequest } from '../testing/scripted-fetch.ts'
import { joinRequests, type JoinRequests } from './join-requests.ts'

const session = {
  baseUrl: 'https://own.example',
  userId: '@ada:own.example',
  deviceId: 'D',
  accessToken: 'T',
}

function requests(answer: (request: ScriptedRequest, nth: number) => Response): JoinRequests {
  const { fetch } = scripted(answer)
  return joinRequests(sessionClient(session, fetch), fetch)
}

const nonsense = [{}, [], null, 7, { room_id: { not: ['this'] }, joined_rooms: {} }, { room_id: '#a:x' }]

describe('a yes that is none', () => {
  test.each(nonsense)('%j to a join, a knock and the list counts as lost', async (answer) => {
    const server = requests(() => json(answer))
    expect(await server.join('!a:x', [])).toMatchObject({ kind: 'lost' })
    expect(await server.knock('!a:x', [], '')).toMatchObject({ kind: 'lost' })
    expect(await server.joinedRooms()).toMatchObject({ kind: 'lost' })
  })
})

test('a yes, and the list', async () => {
  const server = requests(({ method }) =>
    json(method === 'POST' ? { room_id: '!a:x' } : { joined_rooms: ['!a:x'] }),
  )
  expect(await server.join('!a:x', [])).toEqual({ kind: 'joined', roomId: '!a:x' })
  expect(await server.joinedRooms()).toEqual(new Set(['!a:x']))
})

test('a join rule is asked for once more where nobody answers', async () => {
  const server = requests((_, nth) =>
    nth === 0 ? json({}, 502) : json({ room_id: '!a:x', join_rule: 'knock' }),
  )
  expect(await server.joinRule('!a:x', [])).toBe('knock')
  expect(await requests(() => json({}, 502)).joinRule('!a:x', [])).toBeNull()
})
