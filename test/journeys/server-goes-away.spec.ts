import { deviceNames } from '../../practice/admin.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { endFoyer, hurry } from '../fixtures/launch.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

// Where nobody of matrix.org has joined the rooms that are on auxolotl.org only.
test.use({ worldName: 'without Auxolotl' })

/** Up to the rooms of Galaxy, which are many. */
async function reachRooms(newcomer: Newcomer, username: string): Promise<void> {
  await newcomer.lookAround('Galaxy')
  await newcomer.joinCommunity('Galaxy')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.choose('Everything')
}

async function joinedSoFar(newcomer: Newcomer): Promise<number> {
  const { progress } = await newcomer.state('joining')
  return progress.lines.filter((line) => line.status === 'joined').length
}

test('the homeserver goes in the middle of joining, and comes back', async ({
  newcomer,
  world,
  username,
}) => {
  await reachRooms(newcomer, username)
  await newcomer.join()
  await expect.poll(() => joinedSoFar(newcomer)).toBeGreaterThan(5)
  world.setReachable('matrix.org', false)
  try {
    await newcomer.reads('You’re offline')
    await newcomer.reads('Everything so far is kept. Foyer goes on when the connection is back.')
    const { progress } = await newcomer.state('joining')
    const notJoined = progress.lines.filter((line) => line.status === 'notJoined')
    // Galaxy's space holds one room by invitation, which is nobody's fault.
    expect(notJoined.filter((line) => line.reason !== 'invite')).toEqual([])
  } finally {
    world.setReachable('matrix.org', true)
  }
  await newcomer.arrive()
  const done = await newcomer.state('done')
  expect(await trulyJoined(world, done.account.userId, done.progress.lines)).toHaveLength(69)
})

test('the homeserver is restarted in the middle of joining', async ({ newcomer, world, username }) => {
  await reachRooms(newcomer, username)
  await newcomer.join()
  await expect.poll(() => joinedSoFar(newcomer)).toBeGreaterThan(5)
  await world.stopServer('matrix.org', 'kill')
  try {
    await newcomer.reads('You’re offline')
  } finally {
    await world.startServer('matrix.org')
  }
  await newcomer.arrive()
  const done = await newcomer.state('done')
  expect(await trulyJoined(world, done.account.userId, done.progress.lines)).toHaveLength(69)
})

test('pause, carry on, and stop for good', async ({ newcomer, world, username }) => {
  await reachRooms(newcomer, username)
  await newcomer.join()
  await newcomer.click(newcomer.button('Pause'))
  await newcomer.reads('Paused. Everything so far is kept.')
  const { account } = await newcomer.state('joining')
  // What was under way has its answer now, and nothing else is asked.
  await expect
    .poll(async () => (await newcomer.state('joining')).progress.lines.filter(isUnderWay))
    .toEqual([])
  const joinedThen = await joinedSoFar(newcomer)

  await newcomer.click(newcomer.button('Stop here'))
  await newcomer.answer('Carry on')
  await newcomer.reads('Paused. Everything so far is kept.')
  expect(await joinedSoFar(newcomer)).toBe(joinedThen)
  await newcomer.click(newcomer.button('Carry on'))
  await expect.poll(() => joinedSoFar(newcomer)).toBeGreaterThan(joinedThen)

  await newcomer.click(newcomer.button('Pause'))
  await newcomer.click(newcomer.button('Stop here'))
  await newcomer.window.keyboard.press('Escape')
  await expect(newcomer.window.getByRole('dialog')).toHaveCount(0)
  await newcomer.click(newcomer.button('Stop here'))
  await newcomer.answer('Stop and sign out')
  await newcomer.arrive()
  const { progress } = await newcomer.state('done')
  const left = progress.lines.filter((line) => line.status !== 'joined')
  expect(left.length).toBeGreaterThan(0)
  await newcomer.reads('Not joined yet')
  const joined = await trulyJoined(world, account.userId, progress.lines)
  expect(joined).toHaveLength(progress.lines.length - left.length)
  expect(await deviceNames(world, account.userId)).toEqual([])
})

test('a server that keeps silent: the rest is joined, and its rooms once it is back', async ({
  launch,
  world,
  username,
}) => {
  let foyer = await launch()
  let newcomer = new Newcomer(foyer.window)
  await newcomer.lookAround('Auxolotl')
  await newcomer.joinCommunity('Auxolotl')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.choose('Everything')
  await expect.poll(async () => (await newcomer.state('rooms')).isLoading).toBe(false)
  // Two of the rooms are on auxolotl.org only.
  world.setReachable('auxolotl.org', false)
  try {
    await newcomer.join()
    await newcomer.reads(/^31 of 33 rooms joined/)
    await newcomer.heading('The doors are opening')
    // Foyer asks again for minutes before it leaves the choice to the newcomer.
    await hurry(foyer, 20)
    await newcomer.heading(/^You’re in/)
    await newcomer.reads('auxolotl.org isn’t answering. You can try again at any time.')
    await newcomer.reads(/^Foyer stays signed in while it is open/)

    // The choice survives a crash.
    await endFoyer(foyer)
    foyer = await launch()
    newcomer = new Newcomer(foyer.window)
    await newcomer.heading(/^You’re in/)
  } finally {
    world.setReachable('auxolotl.org', true)
  }
  await newcomer.click(newcomer.button('Try 2 rooms again'))
  await newcomer.arrive()
  await newcomer.reads('All 33 rooms are yours.')
  const { account, progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(33)
  expect(await deviceNames(world, account.userId)).toEqual([])
})

function isUnderWay({ status }: { readonly status: string }): boolean {
  return status === 'joining'
}
