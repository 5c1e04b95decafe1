import { describe, expect, test } from 'vitest'
import { sessionClient } from '../client.ts'
import { Successors } from './successors.ts'

const session = {
  baseUrl: 'https://own.example',
  userId: '@ada:own.example',
  deviceId: 'DEVICE',
  accessToken: 'secret',
}
const rooms = Array.from({ length: 20 }, (_, index) => `!room${index}:own.example`)
const tombstone = {
  type: 'm.room.tombstone',
  sender: '@mod:far.example',
  content: { replacement_room: '!new:own.example' },
}
const replaced = { roomId: '!new:own.example', via: ['far.example'] }

/** A homeserver where room 3 is replaced, and what it was asked. `everyRoom` answers sliding sync. */
function homeserver(everyRoom: () => Response): { successors: Successors; asked: string[] } {
  const asked: string[] = []
  const client = sessionClient(session, async (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    asked.push(decodeURIComponent(pathname))
    if (pathname.endsWith('/sync')) return everyRoom()
    return pathname.includes('room3%3A') ? Response.json(tombstone) : notFound()
  })
  return { successors: new Successors(client), asked }
}

const notFound = (): Response => Response.json({ errcode: 'M_NOT_FOUND' }, { status: 404 })
const seen = (some: readonly string[]): Response =>
  Response.json({
    rooms: Object.fromEntries(
      some.map((id) => [id, { required_state: id.startsWith('!room3:') ? [tombstone] : [] }]),
    ),
  })

async function askAll(successors: Successors, some: readonly string[]): Promise<unknown[]> {
  for (const id of some) successors.expect(id)
  return Promise.all(some.map((id) => successors.ask(id)))
}

describe('looking for replaced rooms', () => {
  test('a few are asked for one by one', async () => {
    const { successors, asked } = homeserver(() => seen(rooms))
    expect(await askAll(successors, rooms.slice(2, 5))).toEqual([null, replaced, null])
    expect(asked).toHaveLength(3)
    expect(asked.some((path) => path.endsWith('/sync'))).toBe(false)
  })

  test('many are asked for at once', async () => {
    const { successors, asked } = homeserver(() => seen(rooms))
    const answers = await askAll(successors, rooms)
    expect(answers[3]).toEqual(replaced)
    expect(answers.filter((answer) => answer === null)).toHaveLength(19)
    expect(asked).toHaveLength(1)
  })

  test('rooms that the one answer leaves out are asked for by themselves', async () => {
    const { successors, asked } = homeserver(() => seen(rooms.slice(4)))
    expect((await askAll(successors, rooms))[3]).toEqual(replaced)
    expect(asked).toHaveLength(5)
  })

  test.each([
    ['does not know it', notFound],
    ['answers nonsense', () => Response.json({ rooms: 7 })],
    ['answers no JSON', () => new Response('<html>')],
  ])('where the homeserver %s each is asked for', async (_, everyRoom) => {
    const { successors, asked } = homeserver(everyRoom)
    expect((await askAll(successors, rooms))[3]).toEqual(replaced)
    expect(asked.filter((path) => path.endsWith('/sync'))).toHaveLength(1)
    expect(asked).toHaveLength(21)
  })

  test('what was seen of a room is forgotten when it is joined again', async () => {
    const { successors, asked } = homeserver(() => seen(rooms))
    await askAll(successors, rooms)
    await askAll(successors, rooms.slice(3, 4))
    expect(asked.at(-1)).toContain('m.room.tombstone')
  })
})

test.each([
  ['nothing', {}, 'unreachable'],
  ['a list', [], 'unreachable'],
  ['null', null, 'unreachable'],
  ['another shape', { replacement_room: { not: ['this'] } }, 'unreachable'],
  ['a tombstone that was taken back', { sender: '@mod:far.example', content: {} }, null],
  [
    'one without its event',
    { body: 'Moved', replacement_room: '!new:own.example' },
    { ...replaced, via: [] },
  ],
])('an answer of %s', async (_name, answer, expected) => {
  const client = sessionClient(session, () => Promise.resolve(Response.json(answer)))
  expect(await new Successors(client).ask('!room0:own.example')).toEqual(expected)
})
