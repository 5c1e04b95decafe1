import { expect, test } from 'vitest'
import type { JoinLine, JoinProgress } from '../../core/onboarding/state.ts'
import { community, room } from '../../core/testing/communities.ts'
import { JoinDriver } from '../../matrix/joining/join-driver.ts'
import { ports } from '../../matrix/joining/testing/driving.ts'
import { SimulatedHomeserver } from '../../matrix/joining/testing/simulated-homeserver.ts'
import { VirtualClock } from '../../matrix/joining/testing/virtual-clock.ts'
import { replanned } from './join-beginning.ts'

function line(key: string, status: JoinLine['status'], reason: JoinLine['reason'] = null): JoinLine {
  return { key, section: 'rooms', name: key, status, reason, server: null }
}

const before: JoinProgress = {
  lines: [
    line('#joined:x', 'joined'),
    line('#arriving:x', 'arriving', 'arriving'),
    line('#queued:x', 'queued'),
    line('#knocked:x', 'asked', 'asked'),
    line('#left:x', 'notJoined', 'left'),
  ],
  phase: 'running',
  stopReason: null,
  nextAt: null,
  nextKey: null,
  secondsLeft: null,
  quiet: { isOn: true, isBusy: false, hasFailed: false },
  leaving: null,
}
const club = community(
  before.lines.map(({ key }) => room(key, { joinRule: key === '#knocked:x' ? 'knock' : 'public' })),
)

test('without its journal a pass asks where it is, and then only for what is missing', async () => {
  const clock = new VirtualClock()
  const rooms = club.rooms.map(({ key }) => [key, { roomId: `!${key.slice(1, -2)}`, isLocal: true }] as const)
  const server = new SimulatedHomeserver(clock, new Map(rooms))
  server.joined.add('!joined').add('!arriving')
  let knocks = 0
  server.knock = () => {
    knocks += 1
    return Promise.resolve({ kind: 'lost', message: '' })
  }
  const { state, traces } = replanned(club, before)
  const driver = new JoinDriver(state, ports(server, clock))
  await clock.runUntil(driver.run())
  expect(server.asked.map(({ roomId }) => roomId)).toEqual(['!queued'])
  expect(knocks).toBe(0)
  expect(driver.view.state.queue.entries.map(({ key, status, reason }) => [key, status, reason])).toEqual([
    ['#joined:x', 'joined', null],
    ['#arriving:x', 'joined', null],
    ['#queued:x', 'joined', null],
    ['#knocked:x', 'asked', 'asked'],
    ['#left:x', 'notJoined', 'left'],
  ])
  expect(traces.quiet.isWanted).toBe(true)
})

test('nothing goes out before that is known', async () => {
  const clock = new VirtualClock()
  const rooms = new Map([['#queued:x', { roomId: '!queued', isLocal: true }]])
  const server = new SimulatedHomeserver(clock, rooms)
  server.joinedRooms = () => Promise.resolve({ kind: 'lost', message: '' })
  const driver = new JoinDriver(
    replanned(club, { ...before, lines: [line('#queued:x', 'queued')] }).state,
    ports(server, clock),
  )
  void driver.run()
  await clock.runUntil(clock.sleep(60_000))
  expect(server.asked).toEqual([])
  expect(driver.view.phase).toBe('offline')
})
