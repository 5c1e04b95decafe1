import { expect, test } from 'vitest'
import { planJoins } from '../../core/joining/plan.ts'
import { community, room } from '../../core/testing/communities.ts'
import { entry } from '../../core/testing/queue.ts'
import { setUp } from './testing/driving.ts'
import type { SimulatedRoom } from './testing/simulated-homeserver.ts'

const space: [string, SimulatedRoom] = ['#space:x', { roomId: '!space', isLocal: true }]

test('a room for members of a space inside is asked for once, after the space', async () => {
  const rooms = new Map<string, SimulatedRoom>([
    space,
    ['#deep:x', { roomId: '!deep', isLocal: true, rule: 'restricted', allowed: ['!inner'] }],
    ['#inner:x', { roomId: '!inner', isLocal: true, rule: 'restricted', allowed: ['!outer'] }],
    ['#outer:x', { roomId: '!outer', isLocal: true, rule: 'restricted', allowed: ['!space'] }],
  ])
  const path = ['!outer', '!inner'].map((address) => ({ address, via: ['x'] }))
  const club = community([room('#deep:x', { joinRule: 'restricted', path })], {
    space: { address: '#space:x', via: [], name: null, roomId: null },
  })
  const { clock, server, driver } = setUp(rooms, {}, {}, planJoins(club, ['#deep:x']).entries)
  await clock.runUntil(driver.run())
  expect(server.asked.map(({ roomId }) => roomId)).toEqual(['!space', '!outer', '!inner', '!deep'])
  expect(driver.view.state.queue.entries.map(({ status }) => status)).toEqual(Array(4).fill('joined'))
})

test('a space that only the room’s rule names is joined first', async () => {
  const rooms = new Map<string, SimulatedRoom>([
    space,
    ['#theirs:x', { roomId: '!theirs', isLocal: true, rule: 'restricted', allowed: ['!shut', '!elsewhere'] }],
    ['#also:x', { roomId: '!also', isLocal: true, rule: 'restricted', allowed: ['!elsewhere'] }],
    ['#shut:x', { roomId: '!shut', isLocal: true, rule: 'invite' }],
    ['#elsewhere:x', { roomId: '!elsewhere', isLocal: true }],
  ])
  const wanted = ['#space:x', '#theirs:x', '#also:x']
  const { clock, server, driver } = setUp(rooms, {}, {}, wanted)
  await clock.runUntil(driver.run())
  expect(server.joined).toEqual(new Set(['!space', '!theirs', '!also', '!elsewhere']))
  const gateways = driver.view.state.queue.entries.filter(({ kind }) => kind === 'gateway')
  expect(gateways.map(({ key, status }) => [key, status])).toEqual([
    ['!shut', 'notJoined'],
    ['!elsewhere', 'joined'],
  ])
})

test('also where the community has no space', async () => {
  const rooms = new Map<string, SimulatedRoom>([
    ['#theirs:x', { roomId: '!theirs', isLocal: true, rule: 'restricted', allowed: ['!elsewhere'] }],
    ['#elsewhere:x', { roomId: '!elsewhere', isLocal: true }],
  ])
  const { clock, server, driver } = setUp(rooms, {}, {}, [entry('#theirs:x')])
  await clock.runUntil(driver.run())
  expect([...server.joined]).toEqual(['!elsewhere', '!theirs'])
})

test('rooms that let each other’s members in end as what they are', async () => {
  const rooms = new Map<string, SimulatedRoom>([
    ['#one:x', { roomId: '!one', isLocal: true, rule: 'restricted', allowed: ['!other'] }],
    ['#other:x', { roomId: '!other', isLocal: true, rule: 'restricted', allowed: ['!one'] }],
  ])
  const { clock, driver } = setUp(rooms, {}, {}, [entry('#one:x'), entry('#other:x')])
  await clock.runUntil(driver.run(), 3_600_000)
  const { entries } = driver.view.state.queue
  expect(entries.map(({ status, reason }) => `${status} ${reason}`)).toEqual(
    Array(2).fill('notJoined invite'),
  )
})
