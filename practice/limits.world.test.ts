import { afterAll, beforeAll, expect, test } from 'vitest'
import { join, signUp } from './fixtures/newcomer.ts'
import { pageAddresses } from './fixtures/page-addresses.ts'
import { testPython } from './fixtures/python.ts'
import { startWorld, type PracticeWorld } from './world.ts'

let world: PracticeWorld
beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'default' })
}, 300_000)
afterAll(() => world?.stop())

test('with default limits the eleventh join in a row is put off', async () => {
  const newcomer = await signUp(world.client, 'auxolotl.org', { token: world.registrationToken })
  const [first, ...others] = pageAddresses.auxolotl.rooms
  for (const alias of others.slice(0, 10)) await join(world.client, newcomer, alias)
  await expect(join(world.client, newcomer, first)).rejects.toMatchObject({
    status: 429,
    body: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: expect.any(Number) },
  })
})

test('with default limits many people can still sign up from one address', async () => {
  for (let person = 0; person < 12; person++) await signUp(world.client, 'matrix.org')
})

test('a server that is cut off cannot be reached by other servers either', async () => {
  const newcomer = await signUp(world.client, 'auxolotl.org', { token: world.registrationToken })
  world.setReachable('gitter.im', false)
  await expect(join(world.client, newcomer, '#galaxyproject_Lobby:gitter.im')).rejects.toMatchObject({
    status: 502,
  })
  world.setReachable('gitter.im', true)
  await expect
    .poll(() => join(world.client, newcomer, '#galaxyproject_Lobby:gitter.im').catch(String), {
      timeout: 20_000,
    })
    .toMatch(/^!/)
}, 60_000)
