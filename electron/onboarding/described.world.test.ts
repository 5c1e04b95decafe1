import { afterEach, describe, expect, test } from 'vitest'
import { gardenClub } from '../../core/testing/garden-club.ts'
import { joinedRooms } from '../../practice/admin.ts'
import { plantGarden } from '../../practice/fixtures/garden.ts'
import { makeRoom, putState } from '../../practice/fixtures/make-room.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import { PassRun } from './testing/pass-run.ts'

const HOME = 'matrix.org'

const { world, agent } = await testWorld()
let run: PassRun | null = null

afterEach(async () => {
  await run?.onboarding.stop()
  run = null
})

describe('a space without a manifest', () => {
  test('has sections from its subspaces, the specification’s order, and its suggested rooms as the preset', async () => {
    const { space, ids } = await makeOrchard()
    for (const link of [
      '#orchard:matrix.org',
      `https://matrix.to/#/${encodeURIComponent(space)}?via=${HOME}`,
    ]) {
      const pass = await open(link, `picker-${link.length}`)
      const { community, preset, chosen } = await pass.until('rooms', (state) => !state.isLoading)
      const names = new Map([...ids].map(([name, id]) => [id, name]))
      expect(community.sections.map(({ id, name }) => names.get(id) ?? `${id}${name}`)).toEqual([
        'rest',
        'Apples',
        'Pears',
      ])
      expect(community.rooms.map(({ name, section }) => `${names.get(section) ?? section}: ${name}`)).toEqual(
        ['rest: gate', 'Apples: cox', 'Apples: boskoop', 'Pears: conference', 'rest: shed', 'rest: well'],
      )
      expect(preset).toBe('suggested')
      expect(chosen.map((key) => names.get(key))).toEqual(['gate', 'boskoop'])
      pass.send({ type: 'startJoining' })
      const { account } = await pass.until('done')
      const joined = [space, ids.get('gate') ?? '', ids.get('boskoop') ?? '']
      expect((await joinedRooms(world, account.userId)).toSorted()).toEqual(joined.toSorted())
      await pass.onboarding.stop()
    }
  })
})

describe('a manifest with questions and rules', () => {
  test('adds what answers add, joins nothing before the rules are agreed to, and remembers both', async () => {
    const { space, rooms } = await plantGarden(world)
    const first = new PassRun(agent)
    run = first
    first.send({ type: 'openFile', text: JSON.stringify(gardenClub) })
    await first.until('preview', (state) => state.phase === 'answered')
    await first.chooseHomeserver(HOME)
    await first.createAccount('gardener')
    first.send({ type: 'answerQuestion', question: 0, answers: [1] })
    first.send({ type: 'showRooms' })
    first.send({ type: 'startJoining' })
    expect(first.onboarding.state.step).toBe('rooms')
    first.send({ type: 'agreeToRules', isOn: true })
    await first.onboarding.stop()

    const again = new PassRun(agent, first.keep)
    run = again
    const kept = await again.until('rooms', (state) => !state.isLoading)
    expect(kept).toMatchObject({ isAsking: false, preset: 'essential', said: { answers: [[1], []] } })
    expect(kept.chosen).toHaveLength(3)
    again.send({ type: 'startJoining' })
    const { account } = await again.until('done')
    const [lobby, roses, vegetables] = rooms
    expect((await joinedRooms(world, account.userId)).toSorted()).toEqual(
      [space, lobby, roses, vegetables].map(String).toSorted(),
    )
  })
})

/** A space with two subspaces; the newest room stands first, by its order. */
async function makeOrchard(): Promise<{ space: string; ids: ReadonlyMap<string, string> }> {
  const ids = new Map<string, string>()
  const make = async (name: string, isSpace = false): Promise<string> => {
    const roomId = await makeRoom(world, HOME, {
      name,
      isSpace,
      ...(name === 'Orchard' && { alias: 'orchard' }),
    })
    ids.set(name, roomId)
    return roomId
  }
  const put = async (parent: string, child: string, content: object = {}): Promise<void> =>
    putState(world, HOME, parent, 'm.space.child', { via: [HOME], ...content }, child)
  const space = await make('Orchard', true)
  await put(space, await make('shed'))
  await put(space, await make('well'))
  const apples = await make('Apples', true)
  const pears = await make('Pears', true)
  await put(space, pears, { order: 'c' })
  await put(space, apples, { order: 'b' })
  await put(apples, await make('boskoop'), { suggested: true })
  await put(apples, await make('cox'), { order: 'a' })
  await put(pears, await make('conference'))
  await put(space, await make('gate'), { order: 'a', suggested: true })
  return { space, ids }
}

async function open(link: string, username: string): Promise<PassRun> {
  const pass = new PassRun(agent)
  run = pass
  pass.send({ type: 'openLink', text: link })
  await pass.until('preview', (state) => state.phase === 'answered')
  await pass.chooseHomeserver(HOME)
  await pass.createAccount(username)
  return pass
}
