import { ProxyAgent } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { joinedRooms } from '../../practice/admin.ts'
import { testPython } from '../../practice/fixtures/python.ts'
import { startWorld, type PracticeWorld } from '../../practice/world.ts'
import { PassRun } from './testing/pass-run.ts'

let world: PracticeWorld
let agent: ProxyAgent

beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
  agent = new ProxyAgent({ uri: world.proxyUrl, requestTls: { ca: world.caPem } })
})
afterAll(async () => {
  await agent.destroy()
  await world.stop()
})

describe('the pass without a window', () => {
  test.each([
    // Galaxy's space holds one room that is by invitation, and one that asks first.
    ['galaxy', 'matrix.org', 69, ['asked', 'invite']],
    ['mathesar', 'matrix.mathesar.org', 13, []],
    ['derse', 'matrix.org', 5, []],
    ['auxolotl', 'matrix.org', 33, []],
  ])('%s: an account on %s, and %i rooms', async (community, homeserver, rooms, reasons) => {
    const pass = new PassRun(agent)
    await pass.signUp(community, homeserver, `pass-${community}`)
    pass.send({ type: 'setPreset', preset: 'all' })
    pass.send({ type: 'startJoining' })
    const done = await pass.until('done', (state) => state.signOut === 'asking')
    const joined = await joinedRooms(world, done.account.userId)
    const lines = done.progress.lines
    expect(lines.filter((line) => line.status === 'joined')).toHaveLength(rooms)
    expect(lines.filter((line) => line.status !== 'joined').map((line) => line.reason)).toEqual(reasons)
    expect(joined.length).toBeGreaterThanOrEqual(rooms)
    pass.send({ type: 'stopAndSignOut' })
    await pass.until('done', (state) => state.signOut === 'done')
  })
})
