import { deviceNames, joinedRooms, tokenIsDead } from '../../practice/admin.ts'
import { noFaults } from '../../practice/oauth/faults.ts'
import type { PracticeWorld } from '../../practice/world.ts'
import type { SystemBrowser } from '../fixtures/system-browser.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { AccountPages } from '../pages/account-pages.ts'
import { Newcomer } from '../pages/newcomer.ts'

// Limits under which Auxolotl's 33 rooms take a quarter of a minute, so that short tokens run out on the way.
test.use({ delegates: true, limits: 'twentyfold' })

test.beforeEach(({ world }) => {
  Object.assign(world.oauth?.faults ?? {}, noFaults())
})

/** Up to joining Auxolotl's rooms, with a new account on matrix.org. */
async function startJoining(newcomer: Newcomer, browser: SystemBrowser, username: string): Promise<void> {
  await newcomer.lookAround('Auxolotl')
  await newcomer.joinCommunity('Auxolotl')
  await newcomer.continueWith('matrix.org')
  const pages = new AccountPages(await browser.nextPage())
  await pages.createAccount(username, PASSWORD)
  await pages.consent()
  await newcomer.skipProfile()
  await newcomer.choose('Everything')
  await newcomer.join()
}

async function expectAllJoined(newcomer: Newcomer, world: PracticeWorld, username: string): Promise<void> {
  const userId = `@${username}:matrix.org`
  await newcomer.arrive()
  const { account, progress } = await newcomer.state('done')
  expect(account.userId).toBe(userId)
  expect(progress.lines.filter((line) => line.status === 'joined')).toHaveLength(33)
  expect(await joinedRooms(world, userId)).toHaveLength(33)
  expect(await deviceNames(world, userId)).toEqual([])
  for (const secret of world.oauth?.secrets() ?? []) {
    expect(await tokenIsDead(world, 'matrix.org', secret)).toBe(true)
  }
}

test('tokens of ten seconds run out while 33 rooms are joined, and nobody notices', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  Object.assign(world.oauth?.faults ?? {}, { accessTokenLifetime: 10 })
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await startJoining(newcomer, browser, username)
  await expectAllJoined(newcomer, world, username)
  const refreshes = world.oauth?.requests.filter((request) => request.grant === 'refresh_token') ?? []
  expect(refreshes.length).toBeGreaterThanOrEqual(1)
  expect(refreshes.map((request) => request.status)).toEqual(refreshes.map(() => 200))
})

test('a refresh that is refused asks to sign in again, and the queue goes on', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  Object.assign(world.oauth?.faults ?? {}, { accessTokenLifetime: 5 })
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await startJoining(newcomer, browser, username)
  await newcomer.reads(/^[3-9] of 33 rooms joined/)
  world.oauth?.endSessionsOf(username)
  await newcomer.reads('Signed out')
  await newcomer.reads(/^matrix\.org has ended Foyer’s sign-in\. Your rooms stay yours/)
  const before = await joinedRooms(world, `@${username}:matrix.org`)
  expect(before.length).toBeLessThan(33)

  await newcomer.click(newcomer.button('Sign in again'))
  await newcomer.heading('Welcome back')
  await newcomer.click(newcomer.button('Go on in the browser'))
  const pages = new AccountPages(await browser.nextPage())
  await pages.signIn(username, PASSWORD)
  await pages.consent()
  await expectAllJoined(newcomer, world, username)
})

test('the account server is away while a token runs out, and joining goes on when it is back', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  Object.assign(world.oauth?.faults ?? {}, { accessTokenLifetime: 4 })
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await startJoining(newcomer, browser, username)
  world.setReachable('account.matrix.org', false)
  try {
    await newcomer.reads('You’re offline')
    await newcomer.reads('Everything so far is kept. Foyer goes on when the connection is back.')
  } finally {
    world.setReachable('account.matrix.org', true)
  }
  await expectAllJoined(newcomer, world, username)
})
