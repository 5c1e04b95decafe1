import type { ElectronApplication } from '@playwright/test'
import { noFaults } from '../../practice/oauth/faults.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { endFoyer, hurry } from '../fixtures/launch.ts'
import { SYSTEM_BROWSER } from '../fixtures/system-browser.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { AccountPages } from '../pages/account-pages.ts'
import { Newcomer } from '../pages/newcomer.ts'

test.use({ delegates: true })

test.beforeEach(({ world }) => {
  Object.assign(world.oauth?.faults ?? {}, noFaults())
})

async function reachPage(newcomer: Newcomer): Promise<void> {
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')
}

/** Every port of these addresses is taken from now on. */
async function takePorts(app: ElectronApplication, hosts: readonly string[]): Promise<void> {
  await app.evaluate((_, taken) => {
    const { Server } = process.getBuiltinModule('net')
    const listen = Reflect.get(Server.prototype, 'listen') as (...args: unknown[]) => unknown
    Server.prototype.listen = function refuse(this: InstanceType<typeof Server>, ...args: unknown[]) {
      if (!taken.includes(String(args[1]))) return Reflect.apply(listen, this, args) as typeof this
      queueMicrotask(() => this.emit('error', Object.assign(new Error('taken'), { code: 'EADDRINUSE' })))
      return this
    }
  }, hosts)
}

/** Where a page that Foyer has opened would send the browser, with a code that nobody gave. */
function callbackOf(page: string | undefined): URL {
  const asked = new URL(page ?? '').searchParams
  const callback = new URL(asked.get('redirect_uri') ?? '')
  callback.searchParams.set('state', asked.get('state') ?? '')
  callback.searchParams.set('code', 'of nobody')
  return callback
}

test('ports of 127.0.0.1 are taken: [::1] does', async ({ launchWithBrowser, username }) => {
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await takePorts(foyer.app, ['127.0.0.1'])
  await reachPage(newcomer)
  const pages = new AccountPages(await browser.nextPage())
  const [opened] = await browser.handedOver()
  const { searchParams } = new URL(opened ?? '')
  expect(searchParams.get('redirect_uri')).toMatch(/^http:\/\/\[::1\]:\d+\/callback$/)
  await pages.createAccount(username, PASSWORD)
  await pages.consent()
  await pages.heading('That’s all here')
  await newcomer.skipProfile()
})

test('ports of [::1] are taken, too: a code makes the account, which joins Mathesar’s rooms', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await takePorts(foyer.app, ['127.0.0.1', '::1'])
  await reachPage(newcomer)
  await newcomer.reads('This computer doesn’t let the browser reach Foyer. A code works all the same.')
  expect(await browser.handedOver()).toEqual([])
  await newcomer.click(newcomer.button('Show a code instead'))
  await newcomer.heading('Use any browser, even your phone’s')
  const code = (await newcomer.window.locator('dd.code').innerText()).replace('-', '')
  const pages = new AccountPages(await browser.newPage('https://account.matrix.org/link'))
  await pages.page.getByPlaceholder('Enter code').fill(code)
  await pages.press('Continue')
  await pages.heading('Is this you, on Foyer?')
  await pages.press('Continue')
  await pages.page.getByRole('button', { name: 'Create an account' }).click()
  await pages.createAccount(username, PASSWORD)
  await pages.consent()
  await newcomer.skipProfile()
  const { account, progress } = await newcomer.joinEverything()
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
})

test('nobody comes back, the account server goes mid-way, an answer is somebody else’s, and none can be opened', async ({
  launchWithBrowser,
  world,
}) => {
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await reachPage(newcomer)
  await browser.nextPage()

  // It goes before the code that the browser brings is exchanged for tokens.
  const answer = callbackOf((await browser.handedOver())[0])
  answer.searchParams.set('iss', 'https://account.matrix.org/')
  world.setReachable('account.matrix.org', false)
  try {
    await new AccountPages(await browser.newPage(answer.href)).heading('That’s all here')
    await newcomer.reads('matrix.org isn’t answering. Check your connection and open the page again.')
  } finally {
    world.setReachable('account.matrix.org', true)
  }

  // Another server's answer, with the right state.
  await newcomer.click(newcomer.button('Open the page again'))
  await browser.nextPage()
  const theirs = callbackOf((await browser.handedOver())[1])
  theirs.searchParams.set('iss', 'https://evil.example/')
  await browser.newPage(theirs.href)
  await newcomer.reads('What came back wasn’t matrix.org’s answer to us, so Foyer didn’t use it.')

  // There is no browser.
  await foyer.app.evaluate(({ shell }) => {
    const openExternal: unknown = Reflect.get(shell, 'openExternal')
    shell.openExternal = () => Promise.reject(new Error('no application is registered'))
    Object.assign(globalThis, { giveBack: () => Object.assign(shell, { openExternal }) })
  })
  await newcomer.click(newcomer.button('Open the page again'))
  await newcomer.reads('No browser could be opened here. Use a code on another device.')
  await foyer.app.evaluate(() => (globalThis as unknown as { giveBack: () => void }).giveBack())

  // Ten minutes pass.
  await hurry(foyer, 300)
  await newcomer.click(newcomer.button('Open the page again'))
  await newcomer.reads('Nobody came back from the browser.')
})

test('Foyer is closed while it waits, and opens no page unasked', async ({
  launch,
  launchWithBrowser,
  username,
}) => {
  const first = await launch({ switches: [SYSTEM_BROWSER] })
  await first.app.evaluate(({ shell }) => {
    shell.openExternal = () => Promise.resolve()
  })
  const waiting = new Newcomer(first.window)
  await reachPage(waiting)
  await waiting.reads('Waiting for your browser')
  await endFoyer(first)

  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await newcomer.reads('Foyer was closed while it waited for the browser. Open the page again to go on.')
  expect(await browser.handedOver()).toEqual([])
  await newcomer.click(newcomer.button('Open the page again'))
  const pages = new AccountPages(await browser.nextPage())
  await pages.createAccount(username, PASSWORD)
  await pages.consent()
  await newcomer.skipProfile()
})
