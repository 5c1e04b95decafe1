import { describe, expect, test } from 'vitest'
import { joinedRooms } from '../../practice/admin.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import { PassRun } from './testing/pass-run.ts'

const { world, agent } = await testWorld()

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
