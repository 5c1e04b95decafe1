import { describe, expect, test } from 'vitest'
import type { JoinAnswer } from '../../core/joining/answer.ts'
import { afterRestart } from '../../core/joining/queue.ts'
import { entry } from '../../core/testing/queue.ts'
import type { DriverView } from './join-driver.ts'
import { roomsOf, setUp } from './testing/driving.ts'
import { refused } from './testing/simulated-homeserver.ts'

const LOST: JoinAnswer = { kind: 'lost', message: '' }

describe('pausing, going on, and trying again', () => {
  test('going on works while a request from before the pause is still under way', async () => {
    const { clock, server, driver } = setUp(4, { latency: 60_000 })
    const first = driver.run()
    await clock.runUntil(clock.sleep(1_000))
    void driver.pause()
    await clock.runUntil(clock.sleep(1_000))
    await clock.runUntil(Promise.all([first, driver.run()]))
    expect(driver.view.phase).toBe('finished')
    expect(server.joined.size).toBe(4)
  })

  test('a pause lasts, although the list of rooms fails to come afterwards', async () => {
    const fault = (): { answer: JoinAnswer; actsAnyway: boolean } => ({ answer: LOST, actsAnyway: false })
    const { clock, server, driver } = setUp(1, { fault })
    server.joinedRooms = async () => {
      await clock.sleep(5_000)
      return { kind: 'lost', message: '' }
    }
    void driver.run()
    // The verifying has begun.
    await clock.runUntil(clock.sleep(4_000))
    await clock.runUntil(driver.pause())
    expect(driver.view.phase).toBe('paused')
  })

  test('a pause at the moment in which waiting begins needs no patience either', async () => {
    let told = 0
    const { clock, driver } = setUp(
      2,
      { local: { burst: 1, interval: 10_000 } },
      {
        onChange: ({ state }) => {
          // First that the one room leads nowhere, then that nothing is left but to wait for the other's time.
          if (state.queue.entries.some((each) => each.isFollowed) && ++told === 2) void driver.pause()
        },
      },
    )
    await clock.runUntil(driver.run())
    expect([driver.view.phase, told >= 2]).toEqual(['paused', true])
    expect(clock.now()).toBeLessThan(1_000)
  })

  test('a pause while offline needs no patience', async () => {
    const { clock, server, driver } = setUp(3, { fault: () => ({ answer: LOST, actsAnyway: false }) })
    server.joinedRooms = async () => {
      await clock.sleep(1_000)
      return { kind: 'lost', message: '' }
    }
    void driver.run()
    await clock.runUntil(clock.sleep(100_500))
    expect(driver.view.phase).toBe('offline')
    const before = clock.now()
    await clock.runUntil(driver.pause())
    expect(clock.now() - before).toBeLessThanOrEqual(1_000)
  })

  test('trying again is not taken for being finished', async () => {
    const phases: DriverView['phase'][] = []
    let isFull = true
    const { clock, driver } = setUp(
      2,
      {
        fault: () =>
          isFull
            ? { answer: refused(403, 'M_FORBIDDEN', 'blocked on this server'), actsAnyway: false }
            : null,
      },
      { onChange: (view) => void phases.push(view.phase) },
    )
    await clock.runUntil(driver.run())
    isFull = false
    phases.length = 0
    driver.retry(['#room0:x', '#room1:x'])
    await clock.runUntil(driver.run())
    expect(phases.indexOf('finished')).toBe(phases.length - 1)
    expect(driver.view.state.queue.entries.map((each) => each.status)).toEqual(['joined', 'joined'])
  })
})

describe('the homeserver', () => {
  test('a token that died is noticed, also while offline', async () => {
    const { clock, server, driver } = setUp(3, { fault: () => ({ answer: LOST, actsAnyway: false }) })
    server.joinedRooms = () => Promise.resolve(refused(401, 'M_UNKNOWN_TOKEN', ''))
    await clock.runUntil(driver.run(), 600_000)
    expect(driver.view).toMatchObject({ phase: 'stopped', stopReason: 'signedOut' })
  })

  test('rooms settled by the list of rooms are dated as well', async () => {
    const { clock, driver } = setUp(2, { fault: () => ({ answer: LOST, actsAnyway: true }) })
    await clock.runUntil(driver.run())
    for (const each of driver.view.state.queue.entries) expect(each.settledAt).not.toBeNull()
  })

  test('what replaced a room is asked for again when no answer comes', async () => {
    const rooms = roomsOf(2, 0)
    rooms.set('#room0:x', { roomId: '!room0', isLocal: true, successor: '!room1' })
    const { clock, server, driver } = setUp(rooms, {}, {}, ['#room0:x'])
    const successor = server.successor.bind(server)
    let asked = 0
    server.successor = (roomId) => (asked++ < 2 ? Promise.resolve('unreachable') : successor(roomId))
    await clock.runUntil(driver.run())
    expect([...server.joined]).toEqual(['!room0', '!room1'])
  })

  test.each([
    { latencies: [50, 600, 700], looks: [700, 700, 700] },
    { latencies: [50, 600, 30_000], looks: [1_000, 1_000, 30_000] },
  ])(
    'whether rooms were replaced is asked once joins of $latencies ms are through or take long',
    async ({ latencies, looks }) => {
      const left = [...latencies]
      const { clock, server, driver } = setUp(3, { latency: () => left.shift() ?? 0 })
      const successor = server.successor.bind(server)
      const lookedAt: number[] = []
      server.successor = (roomId) => {
        lookedAt.push(clock.now() - (server.asked[0]?.at ?? 0))
        return successor(roomId)
      }
      await clock.runUntil(driver.run())
      expect(lookedAt).toEqual(looks)
    },
  )

  test('a room whose answer was lost is asked for again only once its ID is known', async () => {
    const { clock, server, driver } = setUp(1, {
      fault: (_roomId, nth) => (nth === 0 ? { answer: LOST, actsAnyway: true } : null),
    })
    const resolve = server.resolve.bind(server)
    let looks = 0
    server.resolve = (alias) => (looks++ < 3 ? Promise.resolve('unreachable') : resolve(alias))
    await clock.runUntil(driver.run())
    expect(server.asked).toHaveLength(1)
    expect(driver.view.state.queue.entries[0]).toMatchObject({ status: 'joined', roomId: '!room0' })
  })

  test('so is a room that was being asked for when Foyer ended', async () => {
    const room = entry('#room0:x', { status: 'joining', tries: 1, wasAsked: true })
    const { clock, server, driver } = setUp(1, {}, {}, afterRestart({ entries: [room] }).entries)
    server.joined.add('!room0')
    const resolve = server.resolve.bind(server)
    let looks = 0
    server.resolve = (alias) => (looks++ < 3 ? Promise.resolve('unreachable') : resolve(alias))
    await clock.runUntil(driver.run())
    expect(server.asked).toEqual([])
    expect(driver.view.state.queue.entries[0]).toMatchObject({ status: 'joined', roomId: '!room0' })
  })

  test('a refused knock ends, after one try at joining', async () => {
    const { clock, server, driver } = setUp(
      new Map([['#a:x', { roomId: '!a', isLocal: true, rule: 'knock' }]]),
    )
    let knocks = 0
    server.knock = () => {
      knocks += 1
      return Promise.resolve(refused(403, 'M_FORBIDDEN', ''))
    }
    await clock.runUntil(driver.run(), 600_000)
    expect(driver.view.state.queue.entries[0]).toMatchObject({ status: 'notJoined', reason: 'invite' })
    expect([knocks, server.asked.length]).toEqual([1, 2])
  })

  test('two addresses of one room make one request', async () => {
    const room = { roomId: '!a', isLocal: true }
    const { clock, server, driver } = setUp(
      new Map([
        ['#a:x', room],
        ['#b:x', room],
      ]),
    )
    await clock.runUntil(driver.run())
    expect(server.asked).toHaveLength(1)
    expect(driver.view.state.queue.entries.map((each) => each.status)).toEqual(['joined', 'joined'])
  })

  test('a room for members that was asked for while the space was arriving waits for it', async () => {
    const rooms = new Map([
      ['#space:x', { roomId: '!space', isLocal: true }],
      ['#members:x', { roomId: '!members', isLocal: true, rule: 'restricted' as const }],
    ])
    const { clock, server, driver } = setUp(rooms, {
      spaceId: '!space',
      fault: (roomId, nth) =>
        roomId === '!space' && nth === 0 ? { answer: refused(504, null, ''), actsAnyway: false } : null,
    })
    await clock.runUntil(driver.run())
    expect(server.joined).toEqual(new Set(['!space', '!members']))
  })
})
