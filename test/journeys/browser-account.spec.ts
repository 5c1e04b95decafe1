import { askAdmin, createAccount, deviceNames, joinedRooms, tokenIsDead } from '../../practice/admin.ts'
import { noFaults } from '../../practice/oauth/faults.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { AccountPages } from '../pages/account-pages.ts'
import { Newcomer } from '../pages/newcomer.ts'
import type { PracticeWorld } from '../../practice/world.ts'

// As in life: matrix.org makes accounts on a page of its own.
test.use({ delegates: true })

test.beforeEach(({ world }) => {
  Object.assign(world.oauth?.faults ?? {}, noFaults())
})

/** All of Mathesar's rooms are joined, Foyer is signed out, and nothing that it held opens anything. */
async function expectInMathesar(world: PracticeWorld, newcomer: Newcomer, username: string): Promise<void> {
  await newcomer.choose('Everything')
  await newcomer.join()
  await newcomer.arrive()
  const userId = `@${username}:matrix.org`
  const { account, progress } = await newcomer.state('done')
  expect(account.userId).toBe(userId)
  expect(progress.lines.filter((line) => line.status === 'joined')).toHaveLength(13)
  expect(await joinedRooms(world, userId)).toHaveLength(14)
  expect(await deviceNames(world, userId)).not.toContain('Foyer (temporary)')
  for (const secret of world.oauth?.secrets() ?? []) {
    expect(await tokenIsDead(world, 'matrix.org', secret)).toBe(true)
  }
}

test('an account on matrix.org is created in the browser, and Mathesar’s rooms are joined', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')
  await newcomer.reads('matrix.org has opened a page for you.')
  await newcomer.reads('Waiting for your browser')
  const pages = new AccountPages(await browser.nextPage())
  await pages.createAccount(username, PASSWORD)
  await pages.consent()
  await pages.heading('That’s all here')
  await expect(pages.page.getByText('Go back to Foyer: it has noticed.')).toBeVisible()

  await newcomer.heading('Who shall people see?')
  expect(await deviceNames(world, `@${username}:matrix.org`)).toContain('Foyer (temporary)')
  await newcomer.fill(newcomer.window.getByLabel('Your name'), 'Grace Hopper')
  await newcomer.click(newcomer.button('Save and go on'))
  await newcomer.heading('Which rooms would you like?')
  const user = await askAdmin(world, 'matrix.org', `/v2/users/@${username}:matrix.org`)
  expect(user).toMatchObject({ displayname: 'Grace Hopper' })
  await pages.page.reload()
  await pages.heading('This page has done its work already')
  await expectInMathesar(world, newcomer, username)
})

test('somebody with an account on matrix.org signs in in the browser', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  await createAccount(world, 'matrix.org', { username, password: PASSWORD })
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.haveAccount()
  await newcomer.fill(newcomer.window.getByLabel('Matrix ID'), `@${username}:matrix.org`)
  await newcomer.reads('It signs people in on a page of its own, in your browser.')
  await expect(newcomer.window.getByLabel('Password', { exact: true })).toHaveCount(0)
  await newcomer.click(newcomer.button('Go on in the browser'))
  const pages = new AccountPages(await browser.nextPage())
  await pages.signIn(username, PASSWORD)
  await pages.consent()
  await newcomer.heading('Which rooms would you like?')
  await expectInMathesar(world, newcomer, username)
})

test('a code is entered in a browser elsewhere', async ({ launchWithBrowser, world, username }) => {
  await createAccount(world, 'matrix.org', { username, password: PASSWORD })
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')
  await browser.nextPage()
  await newcomer.click(newcomer.button('Show a code instead'))
  await newcomer.heading('Use any browser, even your phone’s')
  await newcomer.reads('account.matrix.org/link')
  const code = (await newcomer.window.locator('dd.code').innerText()).replace('-', '')
  const pages = new AccountPages(await browser.newPage('https://account.matrix.org/link'))
  await pages.enterCode(code)
  await pages.signIn(username, PASSWORD)
  await pages.consent()
  await pages.heading('Device linked')
  await newcomer.heading('Which rooms would you like?')
  await expectInMathesar(world, newcomer, username)
})

test('in the practice world pages open in a window of its own', async ({ launch, world, username }) => {
  const foyer = await launch()
  const newcomer = new Newcomer(foyer.window)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  const [page] = await Promise.all([foyer.app.waitForEvent('window'), newcomer.continueWith('matrix.org')])
  const pages = new AccountPages(page)
  await pages.createAccount(username, PASSWORD)
  await pages.consent()
  await pages.heading('That’s all here')
  await newcomer.skipProfile()
  await expectInMathesar(world, newcomer, username)
})

test('each thing that goes wrong in the browser has its sentence, and a way on', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')

  // The page is closed: Foyer goes on waiting, and opens the same page again.
  await (await browser.nextPage()).close()
  await newcomer.click(newcomer.button('Open the page again'))
  const pages = new AccountPages(await browser.nextPage())
  const [first, second] = await browser.handedOver()
  expect(second).toBe(first)

  // Somebody knocks who doesn't know the state.
  const redirect = new URL(first ?? '').searchParams.get('redirect_uri') ?? ''
  const stranger = await browser.newPage(`${redirect}?code=stolen&state=guessed`)
  await new AccountPages(stranger).heading('This page belongs to an earlier try')
  await newcomer.reads('Waiting for your browser')

  await pages.createAccount(username, PASSWORD)
  await pages.refuse()
  await pages.heading('Nothing was changed')
  await newcomer.reads('Nothing has changed: the page was told not to let Foyer in.')

  world.setReachable('account.matrix.org', false)
  await newcomer.click(newcomer.button('Open the page again'))
  await newcomer.reads('matrix.org isn’t answering.')
  world.setReachable('account.matrix.org', true)

  Object.assign(world.oauth?.faults ?? {}, { isRegistrationLimited: true })
  await newcomer.click(newcomer.button('Open the page again'))
  await newcomer.reads('matrix.org asks for a short rest.')
  Object.assign(world.oauth?.faults ?? {}, noFaults(), { deviceCodeLifetime: 1 })

  // By itself after the rest.
  const again = new AccountPages(await browser.nextPage())
  await again.heading('Create an account on matrix.org')
  await newcomer.click(newcomer.button('Show a code instead'))
  await newcomer.reads('The code wasn’t entered in time.')
  Object.assign(world.oauth?.faults ?? {}, noFaults())
  await newcomer.click(newcomer.button('Use the browser on this computer'))
  const last = new AccountPages(await browser.nextPage())
  await last.page.getByRole('button', { name: 'I have an account' }).click()
  await last.signIn(username, PASSWORD)
  await last.consent()
  await newcomer.skipProfile()
})
