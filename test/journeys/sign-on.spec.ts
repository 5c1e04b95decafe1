import type { Page } from '@playwright/test'
import { accountExists, askAdmin, deviceNames } from '../../practice/admin.ts'
import { expect, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'
import type { PracticeWorld } from '../../practice/world.ts'

const SERVER = 'tu-dresden.de'

test.use({ hasSignOn: true })

async function reachProviders(newcomer: Newcomer, userId: string): Promise<void> {
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.haveAccount()
  await newcomer.fill(newcomer.window.getByLabel('Matrix ID'), userId)
  await newcomer.window.getByRole('group', { name: 'Other ways to sign in' }).waitFor()
}

async function fillIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The homeserver asks once more whether this app may come in. */
async function comeBack(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Continue' }).click()
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/callback/)
}

async function expectInMathesar(newcomer: Newcomer, world: PracticeWorld, userId: string): Promise<void> {
  const { account } = await newcomer.state('rooms')
  expect(account.userId).toBe(userId)
  const { progress } = await newcomer.joinEverything()
  expect(await trulyJoined(world, userId, progress.lines)).toHaveLength(13)
  expect(await deviceNames(world, userId)).not.toContain('Foyer (temporary)')
}

test('somebody comes into their account by the institution’s own sign-in, and joins', async ({
  launchWithBrowser,
  world,
}) => {
  const userId = `@ada:${SERVER}`
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await reachProviders(newcomer, userId)
  await newcomer.click(newcomer.button('Sign in with TU Dresden'))
  await newcomer.heading('Finish in your browser')
  const page = await browser.nextPage()
  await fillIn(page, 'ada', 'not the password')
  await page.getByText('Username or password is wrong.').waitFor()
  await fillIn(page, 'ada', 'ada-counts-in-dresden')
  await comeBack(page)
  // She has a name, and other devices: nothing is asked.
  await newcomer.heading('Which rooms would you like?')
  await expectInMathesar(newcomer, world, userId)
})

test('of several who vouch for people one is chosen; the account is made, named, and joins', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  world.identityProvider?.groups[1].people.set(username, 'grace-compiles')
  const userId = `@${username}:${SERVER}`
  expect(await accountExists(world, userId)).toBe(false)
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await reachProviders(newcomer, userId)
  // The institution has an icon, its guests have none.
  const withIcon = newcomer.button('Sign in with TU Dresden')
  await expect(withIcon.locator('canvas')).toBeVisible()
  expect(await coloursOf(withIcon.locator('canvas'))).toContain('0,48,93')
  const guests = newcomer.button('Sign in with Guests of TU Dresden')
  await expect(guests.locator('canvas')).toBeHidden()

  await guests.focus()
  await newcomer.window.keyboard.press('Enter')
  await newcomer.heading('Finish in your browser')
  const page = await browser.nextPage()
  await page.getByRole('heading', { name: 'Sign in: Guests of TU Dresden' }).waitFor()
  await fillIn(page, username, 'grace-compiles')
  await comeBack(page)
  await newcomer.heading('Who shall people see?')
  await newcomer.fill(newcomer.window.getByLabel('Your name'), 'Grace Hopper')
  await newcomer.click(newcomer.button('Save and go on'))
  await newcomer.heading('Which rooms would you like?')
  const user = await askAdmin(world, SERVER, `/v2/users/${encodeURIComponent(userId)}`)
  expect(user).toMatchObject({ displayname: 'Grace Hopper' })
  await expectInMathesar(newcomer, world, userId)
})

test('a password does as well, beside the institution’s own sign-in', async ({ launch, world }) => {
  const newcomer = new Newcomer((await launch()).window)
  const userId = `@ada:${SERVER}`
  await reachProviders(newcomer, userId)
  await newcomer.signIn(userId, 'ada-counts-in-dresden')
  await newcomer.heading('Which rooms would you like?')
  await expectInMathesar(newcomer, world, userId)
})

test('each thing that goes wrong there has its sentence, and a way on', async ({
  launchWithBrowser,
  world,
  username,
}) => {
  world.identityProvider?.groups[0].people.set(username, 'grace-compiles')
  const { foyer, browser } = await launchWithBrowser()
  const newcomer = new Newcomer(foyer.window)
  await reachProviders(newcomer, `@${username}:${SERVER}`)
  await newcomer.click(newcomer.button('Sign in with TU Dresden'))
  await (await browser.nextPage()).close()

  // Somebody knocks who doesn't know the nonce; somebody does, but has no token.
  const [opened] = await browser.handedOver()
  const back = new URL(new URL(opened ?? '').searchParams.get('redirectUrl') ?? '')
  const guessed = new URL(back)
  guessed.searchParams.set('state', 'guessed')
  guessed.searchParams.set('loginToken', 'stolen')
  const stranger = await browser.newPage(guessed.href)
  await stranger.getByRole('heading', { name: 'This page belongs to an earlier try' }).waitFor()
  await newcomer.reads('Waiting for your browser')
  await browser.newPage(back.href)
  await newcomer.reads('What came back wasn’t tu-dresden.de’s answer to us, so Foyer didn’t use it.')

  // A token that was used already, or is too old.
  await newcomer.click(newcomer.button('Open the page again'))
  await browser.nextPage()
  const again = new URL(new URL((await browser.handedOver())[1] ?? '').searchParams.get('redirectUrl') ?? '')
  again.searchParams.set('loginToken', 'used')
  await browser.newPage(again.href)
  await newcomer.reads('Nobody came back from the browser.')

  // The homeserver goes while the page is open.
  await newcomer.click(newcomer.button('Open the page again'))
  const page = await browser.nextPage()
  await fillIn(page, username, 'grace-compiles')
  const link = page.getByRole('link', { name: 'Continue' })
  await link.waitFor()
  world.setReachable(SERVER, false)
  try {
    await link.click()
    await newcomer.reads('tu-dresden.de isn’t answering.')
  } finally {
    world.setReachable(SERVER, true)
  }

  await newcomer.click(newcomer.button('Open the page again'))
  // The institution still knows who sits there.
  await comeBack(await browser.nextPage())
  await newcomer.skipProfile()
})

/** The colours on a canvas, each once. */
function coloursOf(canvas: ReturnType<Page['locator']>): Promise<string[]> {
  return canvas.evaluate((drawn) => {
    const { data } = (drawn as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 48, 48) ?? { data: [] }
    const pixels = Array.from({ length: data.length / 4 }, (_, at) => data.slice(at * 4, at * 4 + 3).join())
    return [...new Set(pixels)]
  })
}
