import { expect, test } from 'vitest'
import { setUp } from './testing/driving.ts'
import { refused } from './testing/simulated-homeserver.ts'
import { VirtualClock } from './testing/virtual-clock.ts'

/** A sleep: real time goes on, timers and the process's own clock don't. */
const HOUR = 3_600_000

test('after a sleep nothing waits for what has passed meanwhile', async () => {
  let slept = 0
  const told = { ...refused(429, 'M_LIMIT_EXCEEDED', ''), retryAfter: 100_000 }
  const clock = new VirtualClock()
  const { server, driver } = setUp(
    1,
    { fault: (_room, nth) => (nth === 0 ? { answer: told, actsAnyway: false } : null) },
    { now: () => clock.now() + slept, sleep: clock.sleep },
    undefined,
    clock,
  )
  const running = driver.run()
  await clock.runUntil(clock.sleep(1_000))
  expect(driver.view.nextAt).toBeGreaterThan(99_000)
  slept = HOUR
  driver.wake()
  await clock.runUntil(running)
  expect(server.joined.size).toBe(1)
  expect(clock.now()).toBeLessThan(3_000)
})

test('after a sleep nothing goes out before the homeserver answers', async () => {
  const { clock, server, driver } = setUp(30, { local: { burst: 10, interval: 10_000 } })
  const works = server.joinedRooms.bind(server)
  let isAway = false
  let probes = 0
  server.joinedRooms = async () => {
    probes += 1
    return isAway ? { kind: 'lost', message: 'net::ERR_NETWORK_CHANGED' } : works()
  }
  const running = driver.run()
  await clock.runUntil(clock.sleep(5_000))
  const before = server.asked.length
  isAway = true
  driver.wake()
  await clock.runUntil(clock.sleep(60_000))
  expect(driver.view.phase).toBe('offline')
  expect(server.asked).toHaveLength(before)
  isAway = false
  driver.wake()
  await clock.runUntil(running)
  expect(server.joined.size).toBe(30)
  expect(probes).toBeGreaterThan(2)
})

test('where the network is there at once nobody is told that it was away', async () => {
  const phases = new Set<string>()
  const { clock, server, driver } = setUp(
    12,
    { local: { burst: 10, interval: 10_000 } },
    { onChange: ({ phase }) => void phases.add(phase) },
  )
  const running = driver.run()
  await clock.runUntil(clock.sleep(5_000))
  driver.wake()
  await clock.runUntil(running)
  expect(server.joined.size).toBe(12)
  expect([...phases]).toEqual(['running', 'finished'])
})

test('requests that a sleep has cut are verified, and none is asked for twice', async () => {
  const { clock, server, driver } = setUp(3, {
    latency: 20_000,
    fault: (_room, nth) =>
      nth === 0
        ? { answer: { kind: 'lost', message: 'net::ERR_NETWORK_IO_SUSPENDED' }, actsAnyway: true }
        : null,
  })
  const running = driver.run()
  await clock.runUntil(clock.sleep(1_000))
  driver.wake()
  await clock.runUntil(running)
  expect(server.joined.size).toBe(3)
  expect(server.asked).toHaveLength(3)
  expect(driver.view.state.queue.entries.map((each) => each.status)).toEqual(['joined', 'joined', 'joined'])
})

test('a question from before the sleep that is never answered holds nobody up', async () => {
  const { clock, server, driver } = setUp(3, {
    fault: (_room, nth) => (nth === 0 ? { answer: { kind: 'lost', message: '' }, actsAnyway: false } : null),
  })
  const works = server.joinedRooms.bind(server)
  let asked = 0
  server.joinedRooms = async () => {
    asked += 1
    if (asked === 1) return { kind: 'lost', message: '' }
    return asked === 2 ? new Promise(() => undefined) : works()
  }
  const running = driver.run()
  await clock.runUntil(clock.sleep(10_000))
  expect(driver.view.phase).toBe('offline')
  driver.wake()
  await clock.runUntil(running)
  expect(server.joined.size).toBe(3)
})
