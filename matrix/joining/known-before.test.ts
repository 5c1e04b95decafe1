import { describe, expect, test } from 'vitest'
import type { Refusal } from '../../core/joining/answer.ts'
import { knowingBefore } from './known-before.ts'
import { roomsOf } from './testing/driving.ts'
import { SimulatedHomeserver } from './testing/simulated-homeserver.ts'
import { VirtualClock } from './testing/virtual-clock.ts'

function setUp(refusals: readonly Refusal[] = []): {
  clock: VirtualClock
  server: SimulatedHomeserver
  requests: SimulatedHomeserver
  known: () => ReadonlySet<string> | null
  questions: () => number
} {
  const clock = new VirtualClock()
  const server = new SimulatedHomeserver(clock, roomsOf(3, 0))
  server.joined.add('!room2')
  let before: ReadonlySet<string> | null = null
  let questions = 0
  const asking = Object.assign(Object.create(server) as SimulatedHomeserver, {
    join: server.join.bind(server),
    knock: server.knock.bind(server),
    async joinedRooms() {
      questions += 1
      return refusals[questions - 1] ?? server.joinedRooms()
    },
  })
  const requests = knowingBefore(
    asking,
    () => before !== null,
    (roomIds) => {
      before = roomIds
    },
  ) as SimulatedHomeserver
  return { clock, server, requests, known: () => before, questions: () => questions }
}

describe('which rooms the account was in before', () => {
  test('is asked once, before the first join goes out', async () => {
    const { clock, server, requests, known, questions } = setUp()
    await clock.runUntil(Promise.all(['!room0', '!room1'].map((roomId) => requests.join(roomId))))
    expect(questions()).toBe(1)
    expect([...(known() ?? [])]).toEqual(['!room2'])
    expect(server.asked.map(({ at }) => at)).toEqual([20, 20])
    await clock.runUntil(requests.knock('!room2'))
    expect(questions()).toBe(1)
  })

  test('nothing is joined while nobody says it', async () => {
    const lost: Refusal = { kind: 'lost', message: '' }
    const { clock, server, requests, questions } = setUp([lost])
    expect(await clock.runUntil(requests.join('!room0'))).toEqual(lost)
    expect(server.asked).toEqual([])
    expect(await clock.runUntil(requests.join('!room0'))).toMatchObject({ kind: 'joined' })
    expect(questions()).toBe(2)
  })
})
