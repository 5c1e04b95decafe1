import { afterAll, beforeAll, expect, test } from 'vitest'
import * as admin from './admin.ts'
import { join, signUp, type Newcomer } from './fixtures/newcomer.ts'
import { testPython } from './fixtures/python.ts'
import * as moderation from './moderation.ts'
import { startWorld, type PracticeWorld } from './world.ts'

let world: PracticeWorld
let newcomer: Newcomer
beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
  newcomer = await signUp(world.client, 'matrix.org')
}, 300_000)
afterAll(() => world?.stop())

test('a restricted room opens once one is in its space', async () => {
  const restricted = '#odd-restricted:tu-dresden.de'
  await expect(join(world.client, newcomer, restricted)).rejects.toThrow('M_FORBIDDEN')
  await join(world.client, newcomer, '#odd:tu-dresden.de')
  // The room's server hears of the space a moment later.
  await expect
    .poll(() => join(world.client, newcomer, restricted).catch(String), { timeout: 10_000 })
    .toMatch(/^!/)
})

test('a knock waits until a steward answers', async () => {
  const alias = '#odd-knock:tu-dresden.de'
  const path = `/_matrix/client/v3/knock/${encodeURIComponent(alias)}?via=tu-dresden.de`
  await world.client.request('matrix.org', path, { token: newcomer.token, body: { reason: 'I am curious' } })
  expect(await moderation.membershipOf(world, alias, newcomer.userId)).toMatchObject({
    membership: 'knock',
    reason: 'I am curious',
  })
  await expect(join(world.client, newcomer, alias)).rejects.toThrow('M_FORBIDDEN')
  expect(await moderation.acceptKnocks(world, alias)).toEqual([newcomer.userId])
  await expect
    .poll(() => join(world.client, newcomer, alias).catch(String), { timeout: 10_000 })
    .toMatch(/^!/)
})

test('invite-only and banned rooms refuse, and an invitation opens the first', async () => {
  const inviteOnly = '#odd-invite:tu-dresden.de'
  await expect(join(world.client, newcomer, inviteOnly)).rejects.toThrow('M_FORBIDDEN')
  await moderation.invite(world, inviteOnly, newcomer.userId)
  expect(await join(world.client, newcomer, inviteOnly)).toMatch(/^!/)

  await moderation.ban(world, '#odd-ban:tu-dresden.de', newcomer.userId, 'a test asked for it')
  await expect(join(world.client, newcomer, '#odd-ban:tu-dresden.de')).rejects.toThrow('M_FORBIDDEN')
})

test('a room that moved twice leads to a room that can be joined', async () => {
  let roomId = await join(world.client, newcomer, '#odd-moved:tu-dresden.de')
  for (let hops = 0; hops < 2; hops++) {
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/state/m.room.tombstone/`
    const tombstone = await world.client.request('matrix.org', path, { token: newcomer.token })
    roomId = await join(world.client, newcomer, String(tombstone['replacement_room']), ['tu-dresden.de'])
  }
  expect(roomId).toBe(await admin.resolveAlias(world, '#odd-moved-here:tu-dresden.de'))
})

test('a server that goes away comes back with everything it had', async () => {
  await world.stopServer('auxolotl.org')
  await expect(join(world.client, newcomer, '#general:auxolotl.org')).rejects.toMatchObject({ status: 502 })
  await world.startServer('auxolotl.org')
  await expect
    .poll(() => join(world.client, newcomer, '#general:auxolotl.org').catch(String), { timeout: 20_000 })
    .toMatch(/^!/)
}, 60_000)

test('a server can be cut off and let back', async () => {
  world.setReachable('gitter.im', false)
  await expect(world.client.request('gitter.im', '/_matrix/client/versions')).rejects.toThrow()
  world.setReachable('gitter.im', true)
  expect(await world.client.request('gitter.im', '/_matrix/client/versions')).toHaveProperty('versions')
})

test('accounts can be suspended and signed out from outside', async () => {
  const other = await signUp(world.client, 'matrix.org')
  await admin.setSuspended(world, other.userId, true)
  await expect(join(world.client, other, '#general:auxolotl.org')).rejects.toThrow('M_USER_SUSPENDED')
  expect(await admin.deviceNames(world, other.userId)).toHaveLength(1)
  await admin.endSessions(world, other.userId)
  expect(await admin.tokenIsDead(world, 'matrix.org', other.token)).toBe(true)
  expect(await admin.tokenIsDead(world, 'matrix.org', newcomer.token)).toBe(false)
})
