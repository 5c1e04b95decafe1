import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { endFoyer } from '../fixtures/launch.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { joinRequestsOf } from '../../practice/access-log.ts'
import { Newcomer } from '../pages/newcomer.ts'

const KILLS = 10

test(`killed ${KILLS} times while joining, every room is joined and none asked for after a yes`, async ({
  launch,
  world,
  username,
}, info) => {
  let foyer = await launch()
  let newcomer = new Newcomer(foyer.window)
  await newcomer.lookAround('Galaxy')
  await newcomer.joinCommunity('Galaxy')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.choose('Everything')
  await newcomer.join()
  const { account } = await newcomer.state('joining')
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // Random on purpose: the moments of a crash are nobody's choice.
    await foyer.window.waitForTimeout(Math.random() * 350)
    await endFoyer(foyer)
    foyer = await launch()
    newcomer = new Newcomer(foyer.window)
    const state = await foyer.window.evaluate(() => window.foyer.getState())
    info.annotations.push({ type: 'kill', description: `${kill}: came back to ${state.step}` })
    if (state.step !== 'joining') break
    await newcomer.click(newcomer.window.getByRole('dialog').getByRole('button', { name: 'Carry on' }))
  }
  await newcomer.arrive()
  const { progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(69)
  const seen = new Set<string>()
  for (const request of await joinRequestsOf(world, account.userId)) {
    expect(seen, `${request.room} was asked for again`).not.toContain(request.room)
    expect(request.via.length, `${request.room} was asked for without servers`).toBeGreaterThan(0)
    expect(request.via).toEqual(request.serverName)
    if (request.status === 200) seen.add(request.room)
  }
  expect(seen.size).toBeGreaterThanOrEqual(69)
})
