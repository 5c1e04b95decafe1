import { describe, expect, test } from 'vitest'
import { roomEntries, type QueueEntry } from '../../core/joining/queue.ts'
import type { JoinState } from '../../core/joining/join-state.ts'
import { JoinDriver } from './join-driver.ts'
import { entry, stateOf } from '../../core/testing/queue.ts'
import { ports, roomsOf } from './testing/driving.ts'
import {
  refused,
  SimulatedHomeserver,
  type SimulatedRoom,
  type SimulationOptions,
} from './testing/simulated-homeserver.ts'
import { VirtualClock } from './testing/virtual-clock.ts'

const SYNAPSE = { local: { burst: 10, interval: 10_000 }, remote: { burst: 10, interval: 100_000 } }

describe('the pace', () => {
  test("33 rooms of the own server through Synapse's defaults: the bound, and one refusal", async () => {
    const run = await joinAll(roomsOf(33, 0), SYNAPSE)
    expect(run.statuses).toEqual({ joined: 33 })
    expect(run.server.refusals).toEqual({ local: 1, remote: 0 })
    expect(run.took / bound(33, 0)).toBeLessThan(1.02)
  })

  test('33 federated rooms: the bound of the remote bucket, and one refusal for each bucket', async () => {
    const run = await joinAll(roomsOf(0, 33), SYNAPSE)
    expect(run.statuses).toEqual({ joined: 33 })
    expect(run.server.refusals.local).toBeLessThanOrEqual(1)
    expect(run.server.refusals.remote).toBeLessThanOrEqual(1)
    expect(run.took / bound(0, 33)).toBeLessThan(1.02)
  })

  test('mixed rooms: the local ones fill the pauses of the federated ones', async () => {
    const run = await joinAll(roomsOf(36, 35), SYNAPSE)
    expect(run.statuses).toEqual({ joined: 71 })
    expect(run.took / bound(36, 35)).toBeLessThan(1.02)
  })

  test.each([
    [20, 300],
    [20, 30],
    [50, 100],
    [5, 700],
    [0.5, 100],
  ])('mixed rooms where limits are %s times faster and a join takes %s ms', async (speed, latency) => {
    const faster = (limit: { burst: number; interval: number }): typeof limit => ({
      ...limit,
      interval: limit.interval / speed,
    })
    const limits = { local: faster(SYNAPSE.local), remote: faster(SYNAPSE.remote) }
    const run = await joinAll(roomsOf(40, 31), { ...limits, latency })
    expect(run.statuses).toEqual({ joined: 71 })
    expect(run.server.refusals.local).toBeLessThanOrEqual(1)
    expect(run.server.refusals.remote).toBeLessThanOrEqual(1)
    expect(run.took / (bound(40, 31) / speed)).toBeLessThan(1.1)
  })

  test('where requests travel unevenly it is still refused once a bucket', async () => {
    let seed = 1
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed / 2_147_483_648
    }
    const twentyfold = { local: { burst: 10, interval: 500 }, remote: { burst: 10, interval: 5_000 } }
    const travel = { latency: () => 100 + 100 * random(), uplink: () => 2 + 20 * random() }
    for (let run = 0; run < 10; run += 1) {
      const { server, statuses, took } = await joinAll(roomsOf(40, 31), { ...twentyfold, ...travel })
      expect(statuses).toEqual({ joined: 71 })
      expect(server.refusals.local).toBeLessThanOrEqual(1)
      expect(server.refusals.remote).toBeLessThanOrEqual(1)
      expect(took / (bound(40, 31) / 20)).toBeLessThan(1.1)
    }
  })

  test('without limits it takes as long as the server needs', async () => {
    const run = await joinAll(roomsOf(200, 0), { latency: 30 })
    expect(run.statuses).toEqual({ joined: 200 })
    expect(run.took).toBeLessThan((200 / 3) * (30 + 20) * 1.1)
  })

  test.each([null, 0, -5, 3_600_000 * 24])(
    'a Retry-After of %s neither hammers nor hangs',
    async (retryAfter) => {
      const answer = { ...refused(429, 'M_LIMIT_EXCEEDED', ''), retryAfter }
      const run = await joinAll(roomsOf(5, 0), {
        fault: (_room, nth) => (nth === 0 ? { answer, actsAnyway: false } : null),
      })
      expect(run.statuses).toEqual({ joined: 5 })
      expect(run.server.asked.length).toBeLessThanOrEqual(10)
    },
  )
})

describe('what can go wrong', () => {
  test('a lost answer is verified, never asked for again once the server had acted', async () => {
    const run = await joinAll(roomsOf(12, 0), {
      fault: (_room, nth) => (nth === 0 ? { answer: { kind: 'lost', message: '' }, actsAnyway: true } : null),
    })
    expect(run.statuses).toEqual({ joined: 12 })
    expect(run.server.asked.every((request) => !request.wasJoined)).toBe(true)
  })

  test('a 504 before the server acted is asked again', async () => {
    const run = await joinAll(roomsOf(6, 0), {
      fault: (_room, nth) =>
        nth === 0 ? { answer: refused(504, null, 'Gateway Time-out'), actsAnyway: false } : null,
    })
    expect(run.statuses).toEqual({ joined: 6 })
  })

  test('a restricted room waits for its space, and is asked again when it is too early', async () => {
    const rooms = new Map<string, SimulatedRoom>([
      ['#space:x', { roomId: '!space', isLocal: true }],
      ['#members:x', { roomId: '!members', isLocal: true, rule: 'restricted' }],
    ])
    const run = await joinAll(rooms, {
      spaceId: '!space',
      fault: (roomId, nth) =>
        roomId === '!members' && nth === 0
          ? { answer: refused(403, 'M_FORBIDDEN', ''), actsAnyway: false }
          : null,
    })
    expect(run.statuses).toEqual({ joined: 1 })
    expect(run.server.asked[0]?.roomId).toBe('!space')
    expect(run.server.asked.filter((request) => request.roomId === '!members')).toHaveLength(2)
  })

  test('knock, invitation, no such room: each ends with its own reason', async () => {
    const rooms = new Map<string, SimulatedRoom>([
      ['#knock:x', { roomId: '!knock', isLocal: true, rule: 'knock' }],
      ['#private:x', { roomId: '!private', isLocal: true, rule: 'invite' }],
    ])
    const run = await joinAll(rooms, {}, [entry('#missing:x')])
    expect(run.reasons).toEqual({ '#knock:x': 'asked', '#private:x': 'invite', '#missing:x': 'notFound' })
  })

  test('a replaced room is followed; a circle of replacements ends', async () => {
    const rooms = new Map<string, SimulatedRoom>([
      ['#old:x', { roomId: '!old', isLocal: true, successor: '!new' }],
      ['#new:x', { roomId: '!new', isLocal: true }],
      ['#circle:x', { roomId: '!one', isLocal: true, successor: '!two' }],
      ['#two:x', { roomId: '!two', isLocal: true, successor: '!one' }],
    ])
    const run = await joinAll(rooms, {}, [entry('#old:x'), entry('#circle:x')], ['#new:x', '#two:x'])
    expect(run.reasons).toEqual({ '#old:x': 'moved', '#circle:x': 'movedLost' })
    expect(run.server.joined.has('!new')).toBe(true)
  })

  test('a locked account stops the queue, which goes on after the remedy', async () => {
    let isLocked = true
    const clock = new VirtualClock()
    const server = new SimulatedHomeserver(clock, roomsOf(4, 0), {
      fault: () => (isLocked ? { answer: refused(401, 'M_USER_LOCKED', ''), actsAnyway: false } : null),
    })
    const driver = new JoinDriver(
      stateOf([...roomsOf(4, 0).keys()].map((key) => entry(key))),
      ports(server, clock),
    )
    await clock.runUntil(driver.run())
    expect(driver.view).toMatchObject({ phase: 'stopped', stopReason: 'locked' })
    isLocked = false
    await clock.runUntil(driver.run())
    expect(driver.view.phase).toBe('finished')
    expect(server.joined.size).toBe(4)
  })

  test('a homeserver that goes away is waited for', async () => {
    const clock = new VirtualClock()
    const isAway = (): boolean => clock.now() > 100 && clock.now() < 60_000
    const server = new SimulatedHomeserver(clock, roomsOf(20, 0), {
      fault: () => (isAway() ? { answer: { kind: 'lost', message: '' }, actsAnyway: false } : null),
    })
    const joinedRooms = server.joinedRooms.bind(server)
    const requests = Object.assign(server, {
      joinedRooms: async () => (isAway() ? { kind: 'lost' as const, message: '' } : joinedRooms()),
    })
    const phases = new Set<string>()
    const driver = new JoinDriver(stateOf([...roomsOf(20, 0).keys()].map((key) => entry(key))), {
      ...ports(requests, clock),
      onChange: (view) => void phases.add(view.phase),
    })
    await clock.runUntil(driver.run())
    expect(phases).toContain('offline')
    expect(server.joined.size).toBe(20)
  })

  test('the journal holds each request before it goes out', async () => {
    const clock = new VirtualClock()
    const server = new SimulatedHomeserver(clock, roomsOf(8, 0))
    let journal: JoinState = stateOf([])
    const join = server.join.bind(server)
    server.join = async (address) => {
      const written = journal.queue.entries.find((each) => each.roomId === address)
      expect(written).toMatchObject({ status: 'joining', tries: 1 })
      return join(address)
    }
    const driver = new JoinDriver(stateOf([...roomsOf(8, 0).keys()].map((key) => entry(key))), {
      ...ports(server, clock),
      save: (state) => {
        journal = state
      },
    })
    await clock.runUntil(driver.run())
    expect(server.joined.size).toBe(8)
  })
})

async function joinAll(
  rooms: ReadonlyMap<string, SimulatedRoom>,
  options: SimulationOptions,
  entries: readonly QueueEntry[] = [],
  unasked: readonly string[] = [],
): Promise<{
  took: number
  server: SimulatedHomeserver
  statuses: Record<string, number>
  reasons: Record<string, string | null>
}> {
  const clock = new VirtualClock()
  const server = new SimulatedHomeserver(clock, rooms, options)
  const planned = [...rooms].map(([key, room]) => entry(key, { needsSpace: room.rule === 'restricted' }))
  const extra = entries.filter((each) => !rooms.has(each.key))
  const state = stateOf([...planned.filter((each) => !unasked.includes(each.key)), ...extra])
  const driver = new JoinDriver(state, ports(server, clock))
  await clock.runUntil(driver.run())
  const done = roomEntries(driver.view.state.queue)
  const statuses = Object.fromEntries(
    Object.entries(Object.groupBy(done, (each) => each.status)).map(([status, some]) => [
      status,
      some.length,
    ]),
  )
  return {
    took: clock.now(),
    server,
    statuses,
    reasons: Object.fromEntries(done.map((each) => [each.key, each.reason])),
  }
}

/** The earliest end that Synapse's two default buckets permit, in milliseconds. */
function bound(local: number, remote: number): number {
  return Math.max((local + remote - 10) * 10_000, (remote - 10) * 100_000)
}
