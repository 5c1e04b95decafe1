import type { Locator, Page } from '@playwright/test'
import { accountExists, deviceNames } from '../../practice/admin.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'

test('each homeserver says how many rooms are there and how long joining takes, best first', async ({
  newcomer,
}) => {
  await newcomer.lookAround('Auxolotl')
  await newcomer.joinCommunity('Auxolotl')
  await newcomer.reads('31 of 33 rooms are already here')
  await newcomer.reads('33 of 33 rooms are already here')
  await expect(newcomer.window.getByText('about 4 min')).toHaveCount(2)
  await expect
    .poll(async () => (await newcomer.state('homeserver')).cards.map((card) => card.name))
    .toEqual(['matrix.org', 'auxolotl.org'])
  // tchncs.de is recommended too, but doesn't answer in this world.
  await expect(newcomer.window.getByText('Not answering right now')).toHaveCount(0)
  await newcomer.reads(/^Synapse [\d.]+, up to date$/)
  await expect(newcomer.button(/^Show (other|the first)/)).toHaveCount(0)
})

test('somebody whose university has a homeserver finds it by city, with the keyboard alone, and signs in', async ({
  newcomer,
  world,
}) => {
  const ada = world.accounts.find((account) => account.server === 'tu-dresden.de')
  if (ada === undefined) throw new Error('Ada has left Dresden')
  const { window } = newcomer
  await newcomer.lookAround('de-RSE')
  await newcomer.joinCommunity('de-RSE')
  await newcomer.button(/^My university’s/).focus()
  await window.keyboard.press('Enter')
  const field = window.getByRole('combobox', { name: 'Your university or institution' })
  await expect(field).toBeFocused()
  await window.keyboard.type('dresd')
  await expect(window.getByRole('option', { name: /Technische Universität Dresden/ })).toBeVisible()
  await window.keyboard.press('Enter')
  await newcomer.heading('Welcome back')
  await newcomer.reads('Technische Universität Dresden runs tu-dresden.de for its own people.')
  await newcomer.reads(/Found tu-dresden\.de/)
  await newcomer.fill(window.getByLabel('Matrix ID'), ada.username)
  await newcomer.fill(window.getByLabel('Password', { exact: true }), ada.password)
  await window.keyboard.press('Enter')
  await newcomer.heading('Which rooms would you like?')
  const { account } = await newcomer.state('rooms')
  expect(account.userId).toBe('@ada:tu-dresden.de')
  expect(await deviceNames(world, account.userId)).toContain('Foyer (temporary)')
})

test('an institution that this network doesn’t reach says so, and nothing is lost', async ({ newcomer }) => {
  const { window } = newcomer
  await newcomer.lookAround('de-RSE')
  await newcomer.joinCommunity('de-RSE')
  await newcomer.click(newcomer.button(/^My university’s/))
  await newcomer.fill(window.getByRole('combobox'), 'karlsruhe')
  await newcomer.click(window.getByRole('option', { name: /Karlsruher Institut/ }))
  await newcomer.reads('kit.edu isn’t answering.')
  await newcomer.fill(window.getByRole('combobox'), 'ada@tu-dresden.de')
  await newcomer.click(window.getByRole('option', { name: /Dresden/ }))
  await newcomer.heading('Welcome back')
})

test('typing errors get a hint that one click follows', async ({ newcomer }) => {
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.findHomeserver('auxolotl')
  await newcomer.reads('That doesn’t look like a homeserver’s name.')
  await newcomer.findHomeserver(' HTTPS://Martix.org/ ')
  await newcomer.reads('We can’t find a homeserver at martix.org.')
  await newcomer.click(newcomer.button(/^Did you mean matrix\.org/))
  await expect(newcomer.window.getByRole('radio', { name: /^matrix\.org/ })).toBeChecked()
  await newcomer.reads('The largest public server, run by the Matrix.org Foundation.')
})

test('who types a Matrix ID signs in with it, and never makes a second account by accident', async ({
  newcomer,
}) => {
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.findHomeserver('＠Ada：Matrix.Mathesar.org')
  await newcomer.heading('Welcome back')
  await expect(newcomer.window.getByLabel('Matrix ID')).toHaveValue('@ada:matrix.mathesar.org')
  await newcomer.reads('You have an account on matrix.mathesar.org already')

  await newcomer.back()
  await newcomer.heading('Where should your account live?')
  await newcomer.click(newcomer.button('Continue with matrix.mathesar.org'))
  await newcomer.heading('Welcome back')

  await newcomer.click(newcomer.button('Create an account instead'))
  await newcomer.heading('Where should your account live?')
  await newcomer.continueWith('matrix.mathesar.org')

  // The same where a name for a new account is asked for.
  await newcomer.fill(newcomer.window.getByLabel('Username'), '@ada:tu-dresden.de')
  await newcomer.reads(/^This looks like a whole Matrix ID\./)
  await newcomer.click(newcomer.button('Sign in with @ada:tu-dresden.de'))
  await newcomer.heading('Welcome back')
  await newcomer.reads('Found tu-dresden.de. It takes a password.')
  await expect(newcomer.window.getByLabel('Matrix ID')).toHaveValue('@ada:tu-dresden.de')
})

test('signing in understands an e-mail address of a university, and mends a typing error', async ({
  newcomer,
  world,
}) => {
  const ada = world.accounts.find((account) => account.server === 'tu-dresden.de')
  const { window } = newcomer
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.haveAccount()
  const id = window.getByLabel('Matrix ID')
  await newcomer.fill(id, 'ada.lovelace@nowhere.example')
  await newcomer.reads(/We know of no homeserver for people at nowhere\.example/)
  await newcomer.fill(id, 'ada.lovelace@mailbox.tu-dresden.de')
  await newcomer.reads('Technische Universität Dresden runs tu-dresden.de for its own people.')
  await newcomer.fill(id, '@ada:tu-dresen.de')
  await newcomer.click(newcomer.button(/^Did you mean tu-dresden\.de/))
  await expect(id).toHaveValue('@ada:tu-dresden.de')
  await newcomer.reads(/Found tu-dresden\.de/)
  await newcomer.signIn('@ada:tu-dresden.de', ada?.password ?? PASSWORD)
  await newcomer.heading('Which rooms would you like?')
})

test('from the list of homeservers to an account with the keyboard alone', async ({
  newcomer,
  world,
  username,
}) => {
  const { window } = newcomer
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  const row = window.getByRole('radio', { name: /^matrix\.mathesar\.org/ })
  await newcomer.reads('13 of 13 rooms are already here')
  await expect(window.getByRole('radio', { checked: true })).toHaveCount(1)
  await tabTo(window, window.getByRole('radio', { checked: true }))
  for (let press = 0; press < 3; press += 1) {
    if (await isFocused(row)) break
    await window.keyboard.press('ArrowDown')
  }
  await expect(row).toBeChecked()
  await tabTo(window, newcomer.button('Continue with matrix.mathesar.org'))
  await window.keyboard.press('Enter')
  await newcomer.heading('Create your account')
  await tabTo(window, window.getByLabel('Username'))
  await window.keyboard.type(username)
  await tabTo(window, window.getByLabel('Password', { exact: true }))
  await window.keyboard.type(PASSWORD)
  await tabTo(window, window.getByRole('checkbox', { name: /I accept/ }))
  await window.keyboard.press('Space')
  await window.keyboard.press('Enter')
  await newcomer.heading('Who shall people see?')
  expect(await accountExists(world, `@${username}:matrix.mathesar.org`)).toBe(true)
})

async function tabTo(window: Page, target: Locator): Promise<void> {
  for (let press = 0; press < 40; press += 1) {
    if (await isFocused(target)) return
    await window.keyboard.press('Tab')
  }
  throw new Error('The keyboard does not lead there')
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement)
}
