import type { Page } from '@playwright/test'
import { accountExists, createAccount } from '../../practice/admin.ts'
import { expect, PASSWORD } from '../fixtures/foyer-test.ts'
import { test } from '../fixtures/other-software-test.ts'
import { openLinkOf } from '../fixtures/practice-mail.ts'
import { keepPublicList } from '../fixtures/public-list.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { Newcomer } from '../pages/newcomer.ts'

const SERVER = 'matrix.mathesar.org'

test.use({ hasHurdles: true })

async function toTheLobby(window: Page, keys: Keyboard): Promise<void> {
  await keys.screen('Which rooms would you like?')
  await expect.poll(async () => (await new Newcomer(window).state('rooms')).isLoading).toBe(false)
  const lobby = window.getByRole('radio', { name: /^Just the Lobby/ })
  await keys.reach(window.getByRole('radio', { checked: true }))
  await keys.choose(lobby)
  await keys.press(keys.button(/^Join \d+ rooms?$/))
  await keys.screen(/^You’re in/)
}

test('from the front doors through every way to a homeserver and all that it asks for, into the rooms', async ({
  launch,
  profile,
  software,
  world,
  username,
}) => {
  software.ways.open.add('tu-dresden.de')
  keepPublicList(profile, ['auxolotl.org', 'tu-dresden.de'])
  const { app, window } = await launch({ through: software.descriptionPath })
  const keys = new Keyboard(window)
  const newcomer = new Newcomer(window)
  const row = (name: string) =>
    window.getByRole('radio', { name: new RegExp(`^${name.replaceAll('.', '\\.')}`) })
  await keys.toHomeservers()

  await newcomer.reads('13 of 13 rooms are already here')
  await keys.button(/^Show other homeservers/).waitFor()
  await keys.reach(window.getByRole('radio', { checked: true }))
  await keys.choose(row('auxolotl.org'))
  await keys.choose(row('matrix.org'), 'ArrowUp')
  // Tab leaves the group, and comes back to what is chosen.
  await keys.press(keys.button(/^Show other homeservers/))
  await row('tu-dresden.de').waitFor()
  await keys.keepsFocus()
  await keys.reach(row('tu-dresden.de'))
  await keys.press(keys.button('Show the first ones again'))
  await row(SERVER).waitFor()
  await keys.keepsFocus()
  await newcomer.reads('13 of 13 rooms are already here')

  await keys.press(keys.button(/^My university’s/), 'Space')
  const search = window.getByRole('combobox', { name: 'Your university or institution' })
  await expect(search).toBeFocused()
  await window.keyboard.type('universit')
  const options = window.getByRole('option')
  await expect(options.nth(1)).toBeVisible()
  await window.keyboard.press('ArrowDown')
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true')
  await window.keyboard.press('Escape')
  await expect(options).toHaveCount(0)
  await keys.isShown()

  await keys.reach(keys.button(/^Another homeserver/), 'Shift+Tab')
  await window.keyboard.press('Enter')
  const field = window.getByLabel('Another homeserver', { exact: true })
  await expect(field).toBeFocused()
  await keys.type(field, 'martix.org')
  await window.keyboard.press('Enter')
  await newcomer.reads('We can’t find a homeserver at martix.org.')
  await expect(field).toBeFocused()
  await keys.press(keys.button(/^Did you mean matrix\.org/))
  await expect(row('matrix.org')).toBeFocused()
  await keys.choose(row(SERVER))
  await keys.press(keys.button(`Continue with ${SERVER}`))

  await keys.screen('Create your account')
  await keys.type(window.getByLabel('Username'), username)
  const password = window.getByLabel('Password', { exact: true })
  await keys.press(keys.button('Suggest one'))
  await expect(password).toBeFocused()
  await keys.type(password, PASSWORD)
  await keys.type(window.getByLabel('E-mail address'), `${username}@mail.example`)
  await keys.press(window.getByRole('checkbox', { name: /I accept/ }), 'Space')
  await keys.press(keys.button('Create account'))

  await keys.screen('Almost there')
  const opened = app.waitForEvent('window')
  await keys.press(keys.button('Open the page'))
  const page = await opened
  await page.getByRole('checkbox').press('Space')
  await page.getByRole('button', { name: 'Continue' }).press('Enter')
  await newcomer.reads('Done.')
  await keys.keepsFocus()
  await openLinkOf(world, `${username}@mail.example`)

  await keys.screen('Who shall people see?')
  expect(await accountExists(world, `@${username}:${SERVER}`)).toBe(true)
  await keys.press(keys.button('Skip'))
  await toTheLobby(window, keys)
  const { account, progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(1)
})

test('with an account and a password, the wrong one first', async ({ launch, world, username }) => {
  await createAccount(world, SERVER, { username, password: PASSWORD })
  const { window } = await launch()
  const keys = new Keyboard(window)
  const newcomer = new Newcomer(window)
  await keys.toHomeservers()
  await keys.press(keys.button('I have an account'))
  await keys.screen('Welcome back')
  await keys.type(window.getByLabel('Matrix ID'), `@${username}:${SERVER}`)
  const password = window.getByLabel('Password', { exact: true })
  await keys.type(password, 'not the password')
  await window.keyboard.press('Enter')
  await newcomer.reads(`${SERVER} says this password isn’t right.`)
  await expect(password).toBeFocused()
  await keys.press(keys.button('Show'))
  await expect(password).toHaveAttribute('type', 'text')
  await keys.press(keys.button('Hide'), 'Space')
  await keys.reach(password, 'Shift+Tab')
  await keys.type(password, PASSWORD)
  await keys.press(keys.button('Sign in'))
  await toTheLobby(window, keys)
  const { account } = await newcomer.state('done')
  expect(account.userId).toBe(`@${username}:${SERVER}`)
})
