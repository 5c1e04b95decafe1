import { afterEach, describe, expect, test } from 'vitest'
import { joinedRooms } from '../../practice/admin.ts'
import { addChildren, makeRoom, putState } from '../../practice/fixtures/make-room.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import { PassRun } from './testing/pass-run.ts'

const HOME = 'matrix.org'

const { world, agent } = await testWorld()
let run: PassRun | null = null

afterEach(async () => {
  await run?.onboarding.stop()
  run = null
})

describe('a plain link to a space that describes itself', () => {
  test('brings sections, labels and suggested rooms before joining, where anybody may read the space', async () => {
    const { space, rooms } = await makeGarden('peek')
    await publish(space, 'peek', '#garden-peek:matrix.org')
    await putState(world, HOME, space, 'm.room.history_visibility', { history_visibility: 'world_readable' })
    const pass = await openSpace('peek')
    const { community, chosen } = await pass.until('rooms', (state) => !state.isLoading)
    expect(community.rooms.map(({ label, section }) => [label, section])).toEqual([
      ['Say hello', 'Start here'],
      ['Roses of all kinds', 'Plants'],
      [null, 'rest'],
    ])
    expect(chosen).toHaveLength(2)
    const { account } = await arrive(pass, 'all')
    expect((await joinedRooms(world, account.userId)).toSorted()).toEqual([space, ...rooms].toSorted())
  })

  test('brings them once inside, where only members may read it, and joins nothing that wasn’t agreed to', async () => {
    const { space, rooms } = await makeGarden('members')
    await makeRoom(world, HOME, { alias: 'elsewhere-members', name: 'Elsewhere' })
    await publish(space, 'members', '#garden-members:matrix.org', ['#elsewhere-members:matrix.org'])
    const pass = await openSpace('members')
    const before = await pass.until('rooms', (state) => !state.isLoading)
    expect(before.community.rooms.map(({ label }) => label)).toEqual([null, null, null])
    const { account, community } = await arrive(pass, 'all')
    expect(community.rooms.map(({ label, section }) => [label, section])).toEqual([
      ['Say hello', 'Start here'],
      ['Roses of all kinds', 'Plants'],
      [null, 'rest'],
    ])
    expect((await joinedRooms(world, account.userId)).toSorted()).toEqual([space, ...rooms].toSorted())
  })

  test('is ignored where it is about another space', async () => {
    const { space } = await makeGarden('stolen')
    await makeRoom(world, HOME, { alias: 'garden-other', isSpace: true })
    await publish(space, 'stolen', '#garden-other:matrix.org')
    await putState(world, HOME, space, 'm.room.history_visibility', { history_visibility: 'world_readable' })
    const pass = await openSpace('stolen')
    const { community } = await pass.until('rooms', (state) => !state.isLoading)
    expect(community.rooms.map(({ label }) => label)).toEqual([null, null, null])
  })
})

async function makeGarden(name: string): Promise<{ space: string; rooms: string[] }> {
  const space = await makeRoom(world, HOME, { alias: `garden-${name}`, name: 'Garden Club', isSpace: true })
  const rooms = []
  for (const each of ['lobby', 'roses', 'shed'])
    rooms.push(await makeRoom(world, HOME, { alias: `${each}-${name}`, name: each }))
  // The other way round, so that the order is seen to come from the manifest.
  await addChildren(world, HOME, space, rooms.toReversed())
  return { space, rooms }
}

async function publish(
  roomId: string,
  name: string,
  space: string,
  more: readonly string[] = [],
): Promise<void> {
  await putState(world, HOME, roomId, 'org.foyer.onboarding', {
    version: 2,
    name: 'Garden Club',
    space: { address: space },
    rooms: [
      { address: `#lobby-${name}:matrix.org`, label: 'Say hello', section: 'Start here', lobby: true },
      {
        address: `#roses-${name}:matrix.org`,
        label: 'Roses of all kinds',
        section: 'Plants',
        suggested: true,
      },
      ...more.map((address) => ({ address, label: 'More', section: 'Plants' })),
    ],
  })
}

async function openSpace(name: string): Promise<PassRun> {
  const pass = new PassRun(agent)
  run = pass
  pass.send({ type: 'openLink', text: `#garden-${name}:matrix.org` })
  await pass.until('preview', (state) => state.phase === 'answered')
  await pass.chooseHomeserver(HOME)
  await pass.createAccount(`gardener-${name}`)
  return pass
}

async function arrive(pass: PassRun, preset: 'all' | 'suggested') {
  pass.send({ type: 'setPreset', preset })
  pass.send({ type: 'startJoining' })
  return pass.until('done')
}
