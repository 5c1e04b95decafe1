import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { accountExists, askAdmin, createAccount, deviceNames } from '../../practice/admin.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { endFoyer } from '../fixtures/launch.ts'
import { openLinkOf } from '../fixtures/practice-mail.ts'
import { filesWith } from '../fixtures/profile.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

const SERVER = 'matrix.mathesar.org'

test.use({ hasHurdles: true })
test.afterEach(({ world }) => {
  Object.assign(world.hurdles?.mail.faults ?? {}, { isLosing: false, isRefusing: false })
  Object.assign(world.hurdles?.captcha.faults ?? {}, { isDoubting: false })
})

async function reachForm(newcomer: Newcomer): Promise<void> {
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith(SERVER)
  await newcomer.window.getByLabel('E-mail address').waitFor()
}

async function sendForm(newcomer: Newcomer, username: string, email = `${username}@mail.example`) {
  await newcomer.fillInAccount({ username, password: PASSWORD, email })
  await newcomer.click(newcomer.button('Create account'))
}

/** Opens the homeserver's page and ticks the box there. */
async function passCaptcha(
  app: ElectronApplication,
  newcomer: Newcomer,
  button = 'Open the page',
): Promise<Page> {
  const opened = app.waitForEvent('window')
  await newcomer.click(newcomer.button(button))
  const page = await opened
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  return page
}

test('a mail, a captcha and the terms; name and picture; and all of Mathesar’s rooms', async ({
  launch,
  world,
  username,
}) => {
  const { app, window } = await launch()
  const newcomer = new Newcomer(window)
  await reachForm(newcomer)
  await newcomer.reads(`Next: ${SERVER} asks for a little more, in your mail or your browser.`)
  await sendForm(newcomer, username)
  await newcomer.isAskedForMore()
  await newcomer.reads(`${SERVER} has sent a mail to ${username}@mail.example.`)
  const page = await passCaptcha(app, newcomer)
  await page.getByText('Thank you').waitFor()
  await newcomer.reads('Done.')
  expect(await accountExists(world, `@${username}:${SERVER}`)).toBe(false)
  await openLinkOf(world, `${username}@mail.example`)

  await newcomer.heading('Who shall people see?')
  await newcomer.fill(window.getByLabel('Your name'), 'Ada Lovelace')
  const chooser = window.waitForEvent('filechooser')
  await newcomer.click(newcomer.button('Choose a picture'))
  await (await chooser).setFiles('docs/joining.png')
  await window.getByRole('img', { name: 'Your picture, as others will see it' }).waitFor()
  await window.getByLabel('Position').fill('0')
  await newcomer.click(newcomer.button('Save and go on'))
  await newcomer.heading('Which rooms would you like?')
  const user = await askAdmin(world, SERVER, `/v2/users/${encodeURIComponent(`@${username}:${SERVER}`)}`)
  expect(user).toMatchObject({
    displayname: 'Ada Lovelace',
    avatar_url: expect.stringMatching(/^mxc:\/\/matrix\.mathesar\.org\//),
  })

  const { account, progress } = await newcomer.joinEverything()
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
  expect(await deviceNames(world, account.userId)).toEqual([])
})

test('closed and opened again in the middle, it waits on, and has kept no password', async ({
  launch,
  world,
  profile,
  username,
}) => {
  const first = await launch()
  const newcomer = new Newcomer(first.window)
  await reachForm(newcomer)
  await sendForm(newcomer, username)
  await newcomer.isAskedForMore()
  await passCaptcha(first.app, newcomer)
  await newcomer.reads('Done.')
  await endFoyer(first)
  expect(filesWith(profile, PASSWORD)).toEqual([])

  const again = new Newcomer((await launch()).window)
  await again.isAskedForMore()
  await again.reads('Done.')
  await openLinkOf(world, `${username}@mail.example`)
  await again.skipProfile()
  expect(await accountExists(world, `@${username}:${SERVER}`)).toBe(true)
})

test('a mail that never comes is sent again, or another address is taken', async ({
  launch,
  world,
  username,
}) => {
  const { window } = await launch()
  const newcomer = new Newcomer(window)
  const faults = world.hurdles?.mail.faults ?? { isLosing: false, isRefusing: false }
  faults.isLosing = true
  await reachForm(newcomer)
  await sendForm(newcomer, username)
  await newcomer.isAskedForMore()
  await newcomer.reads('Nothing there? It can take a minute, or land in the spam folder.')
  await newcomer.reads(/^Send it again in 0:\d\d$/)
  await window.clock.setFixedTime(Date.now() + 31_000)
  await newcomer.click(newcomer.button('Send it again'))
  await newcomer.reads('2 mails sent so far. The latest one counts.')
  await newcomer.click(newcomer.button('Use another address'))

  await newcomer.heading('Create your account')
  await expect(window.getByLabel('Username')).toHaveValue(username)
  await newcomer.reads('Your password is kept until the account is there.')
  Object.assign(faults, { isLosing: false, isRefusing: true })
  const address = window.getByLabel('E-mail address')
  await newcomer.fill(address, `${username}@other.example`)
  await address.press('Enter')
  await newcomer.reads(`${SERVER} couldn’t send its mail.`)
  await expect(address).toBeFocused()

  await newcomer.fill(address, 'nonsense')
  await address.press('Enter')
  await newcomer.reads(`${SERVER} says this isn’t an e-mail address. Check the spelling.`)

  faults.isRefusing = false
  await newcomer.fill(address, `${username}@other.example`)
  await address.press('Enter')
  await newcomer.reads(`${SERVER} has sent a mail to ${username}@other.example.`)
  await openLinkOf(world, `${username}@other.example`)
  await newcomer.reads(`${username}@other.example is confirmed.`)
})

test('a mail that got lost comes when it is sent again', async ({ launch, world, username }) => {
  const { app, window } = await launch()
  const newcomer = new Newcomer(window)
  const faults = world.hurdles?.mail.faults ?? { isLosing: false }
  faults.isLosing = true
  await reachForm(newcomer)
  await sendForm(newcomer, username)
  await newcomer.isAskedForMore()
  await passCaptcha(app, newcomer)
  await newcomer.reads(/^Send it again in 0:\d\d$/)
  faults.isLosing = false
  // Half a minute, as the first one may only be slow.
  await newcomer.button('Send it again').waitFor({ timeout: 40_000 })
  await newcomer.click(newcomer.button('Send it again'))
  await newcomer.reads('2 mails sent so far. The latest one counts.')
  await openLinkOf(world, `${username}@mail.example`)
  await newcomer.skipProfile()
  expect(await accountExists(world, `@${username}:${SERVER}`)).toBe(true)
})

test('a captcha that says no can be tried again', async ({ launch, world, username }) => {
  const { app, window } = await launch()
  const newcomer = new Newcomer(window)
  const faults = world.hurdles?.captcha.faults ?? { isDoubting: false }
  faults.isDoubting = true
  await reachForm(newcomer)
  await sendForm(newcomer, username)
  await newcomer.isAskedForMore()
  await openLinkOf(world, `${username}@mail.example`)
  await newcomer.reads(`${username}@mail.example is confirmed.`)
  const page = await passCaptcha(app, newcomer)
  await page.getByText('Captcha authentication failed').waitFor()
  await page.close()
  await newcomer.reads('Waiting for your browser. Come back here when the page thanks you.')
  faults.isDoubting = false
  await passCaptcha(app, newcomer, 'Open the page again')
  await newcomer.skipProfile()
})

test('a name taken after everything else costs nothing but the name', async ({ launch, world, username }) => {
  const { app, window } = await launch()
  const newcomer = new Newcomer(window)
  await reachForm(newcomer)
  await sendForm(newcomer, username)
  await newcomer.isAskedForMore()
  await passCaptcha(app, newcomer)
  await newcomer.reads('Done.')
  await createAccount(world, SERVER, { username, password: 'somebody-quicker' })

  await newcomer.heading('Create your account')
  await newcomer.reads(`Someone on ${SERVER} already uses ${username}.`)
  await expect(window.getByLabel('Password', { exact: true })).toHaveCount(0)
  await expect(window.getByRole('checkbox', { name: /I accept/ })).toBeChecked()
  await openLinkOf(world, `${username}@mail.example`)
  const name = window.getByLabel('Username')
  await newcomer.fill(name, `${username}-2`)
  await name.press('Enter')
  await newcomer.skipProfile()
  expect(await accountExists(world, `@${username}-2:${SERVER}`)).toBe(true)
})

test('a file that is no picture is refused, and nothing but pixels of one is sent', async ({
  launch,
  profile,
  username,
}) => {
  const { window } = await launch()
  const newcomer = new Newcomer(window)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')
  await newcomer.fillInAccount({ username, password: PASSWORD })
  await newcomer.click(newcomer.button('Create account'))
  await newcomer.heading('Who shall people see?')
  const text = join(profile, 'no-picture.png')
  writeFileSync(text, 'no picture')
  await window.locator('input[type=file]').setInputFiles(text)
  await newcomer.reads('Foyer can’t read this file as a picture. Try a JPEG or a PNG.')
  await newcomer.click(newcomer.button('Skip'))
  await newcomer.heading('Which rooms would you like?')
})

test('of several ways the easiest is open, another one is a click away, and passwords go by the homeserver’s rules', async ({
  launch,
  world,
  username,
}) => {
  const { window } = await launch()
  const newcomer = new Newcomer(window)
  const [server, address] = ['auxolotl.org', `${username}@mail.example`]
  await newcomer.lookAround('Auxolotl')
  await newcomer.joinCommunity('Auxolotl')
  await newcomer.reads('Needs an invite code')
  await newcomer.continueWith(server)
  await newcomer.reads(`${server} wants at least 10 characters, a capital letter, and a digit in a password.`)
  await window.getByLabel('Invite code').waitFor()
  await newcomer.click(newcomer.button('Use an e-mail address instead'))
  await expect(window.getByLabel('Invite code')).toHaveCount(0)
  await newcomer.fillInAccount({ username, password: PASSWORD, email: address })
  await newcomer.reads('Still to come: a capital letter and a digit.')
  await newcomer.click(newcomer.button('Create account'))
  await expect(window.getByLabel('Password', { exact: true })).toBeFocused()
  await newcomer.click(newcomer.button('Suggest one'))
  await newcomer.click(newcomer.button('Create account'))
  await newcomer.isAskedForMore()
  await openLinkOf(world, address)
  await newcomer.skipProfile()
  expect(await accountExists(world, `@${username}:${server}`)).toBe(true)
})

test('an address that somebody uses leads its owner to signing in', async ({ launch, world, username }) => {
  const address = `${username}@mail.example`
  await createAccount(world, SERVER, { username, password: PASSWORD })
  await askAdmin(world, SERVER, `/v2/users/${encodeURIComponent(`@${username}:${SERVER}`)}`, {
    method: 'PUT',
    body: { threepids: [{ medium: 'email', address }] },
  })
  const { window } = await launch()
  const newcomer = new Newcomer(window)
  await reachForm(newcomer)
  await sendForm(newcomer, `${username}-again`, address)
  await newcomer.reads(`Someone on ${SERVER} already uses this address. Is that you?`)
  await newcomer.click(newcomer.button(`Sign in with ${address}`))
  await newcomer.heading('Welcome back')
  await expect(window.getByLabel('Matrix ID')).toHaveValue(address)
  await newcomer.fill(window.getByLabel('Password', { exact: true }), PASSWORD)
  await newcomer.click(newcomer.button('Sign in'))
  await newcomer.heading('Which rooms would you like?')
  expect((await newcomer.state('rooms')).account.userId).toBe(`@${username}:${SERVER}`)
})

test('who signed up with an e-mail address signs in with it, and joins', async ({
  launch,
  world,
  username,
}) => {
  const userId = `@${username}:${SERVER}`
  const address = `${username}@mail.example`
  await createAccount(world, SERVER, { username, password: PASSWORD })
  await askAdmin(world, SERVER, `/v2/users/${encodeURIComponent(userId)}`, {
    method: 'PUT',
    body: { threepids: [{ medium: 'email', address }] },
  })
  const newcomer = new Newcomer((await launch()).window)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith(SERVER)
  await newcomer.click(newcomer.button('I have an account here'))
  await newcomer.heading('Welcome back')
  await newcomer.signIn(address, 'not the password')
  await newcomer.reads(`${SERVER} says this password isn’t right.`)
  await newcomer.signIn(address, PASSWORD)
  await newcomer.heading('Which rooms would you like?')
  const { account } = await newcomer.state('rooms')
  expect(account.userId).toBe(userId)
  const { progress } = await newcomer.joinEverything()
  expect(await trulyJoined(world, userId, progress.lines)).toHaveLength(13)
})
