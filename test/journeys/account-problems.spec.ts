import { accountExists, createAccount, setLocked, setSuspended } from '../../practice/admin.ts'
import { registrationToken } from '../../practice/accounts.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import type { Newcomer } from '../pages/newcomer.ts'

async function reachSignUp(newcomer: Newcomer, community: string, server: string): Promise<void> {
  await newcomer.lookAround(community)
  await newcomer.joinCommunity(community)
  await newcomer.continueWith(server)
}

test('a taken name, a short password and unread terms are each said at their field', async ({
  newcomer,
  world,
  username,
}) => {
  await reachSignUp(newcomer, 'de-RSE', 'matrix.org')
  const { window } = newcomer
  const name = window.getByLabel('Username')
  const password = window.getByLabel('Password', { exact: true })
  const terms = window.getByRole('checkbox', { name: /I accept/ })

  // Taken, as it turns out while typing; an offer is free.
  await newcomer.fill(name, 'ada')
  await newcomer.reads('Someone on matrix.org already uses ada. These are free:')
  await newcomer.click(newcomer.button('ada-writes'))
  await expect(name).toHaveValue('ada-writes')
  await newcomer.reads(/^ada-writes is free\./)

  // Taken, as it turns out only on trying.
  await newcomer.fill(name, 'ada')
  await newcomer.fill(password, 'short')
  await password.press('Enter')
  await newcomer.reads('Please accept the terms to go on.')
  await newcomer.reads('matrix.org wants at least 8 characters in a password.')
  await expect(password).toBeFocused()
  await newcomer.fill(password, PASSWORD)
  await password.press('Enter')
  await expect(terms).toBeFocused()
  await newcomer.click(terms)
  await password.press('Enter')
  await newcomer.reads(/^Someone on matrix\.org already uses ada\./)

  await newcomer.fill(name, 'ada with spaces')
  await newcomer.reads(/has a space in it\.$/)

  await newcomer.fill(name, username)
  await newcomer.fill(password, 'short')
  await newcomer.reads('Still to come: at least 8 characters.')
  await newcomer.click(newcomer.button('Create account'))
  await newcomer.reads('matrix.org wants at least 8 characters in a password.')
  await expect(password).toBeFocused()
  await expect(name).toHaveValue(username)
  await expect(terms).toBeChecked()
  expect(await accountExists(world, `@${username}:matrix.org`)).toBe(false)

  await newcomer.fill(password, PASSWORD)
  await password.press('Enter')
  await newcomer.skipProfile()
  expect(await accountExists(world, `@${username}:matrix.org`)).toBe(true)
})

test('a wrong invite code can be corrected', async ({ newcomer, world, username }) => {
  await reachSignUp(newcomer, 'Auxolotl', 'auxolotl.org')
  await newcomer.fillInAccount({ username, password: PASSWORD })
  await newcomer.click(newcomer.button('Create account'))
  await newcomer.reads(/^auxolotl\.org needs an invite code\./)
  const code = newcomer.window.getByLabel('Invite code')
  await expect(code).toBeFocused()

  await newcomer.fill(code, registrationToken.toUpperCase())
  await code.press('Enter')
  await newcomer.reads(/^auxolotl\.org doesn’t know this code\./)
  await expect(code).toBeFocused()
  expect(await accountExists(world, `@${username}:auxolotl.org`)).toBe(false)

  await newcomer.fill(code, registrationToken)
  await code.press('Enter')
  await newcomer.skipProfile()
  expect(await accountExists(world, `@${username}:auxolotl.org`)).toBe(true)
})

test('other homeservers: a slip, an unknown one, a closed one, and back with everything kept', async ({
  newcomer,
}) => {
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  const { window } = newcomer

  await newcomer.findHomeserver('my university')
  await newcomer.reads('That doesn’t look like a homeserver’s name. One looks like example.org.')
  await newcomer.findHomeserver('nowhere.example')
  await newcomer.reads(/^We can’t find a homeserver at nowhere\.example\./)

  await newcomer.findHomeserver('gitter.im')
  await newcomer.reads('gitter.im doesn’t take new accounts. With an account there you can sign in.')
  await expect(window.getByRole('radio', { name: /^gitter\.im/ })).toBeChecked()
  await expect(newcomer.button('Continue with gitter.im')).toHaveAttribute('aria-disabled', 'true')
  await newcomer.click(newcomer.button('Sign in'))
  await newcomer.heading('Welcome back')
  await newcomer.reads(
    'It looks like @name:gitter.im. Just the name is enough; an e-mail address or phone number it knows will do, too.',
  )

  await newcomer.back()
  await newcomer.heading('Where should your account live?')
  await expect(window.getByRole('radio', { name: /^gitter\.im/ })).toBeChecked()
  await newcomer.continueWith('matrix.org')
  await window.keyboard.press('Escape')
  await newcomer.heading('Where should your account live?')
  await expect(window.getByRole('radio', { name: /^matrix\.org/ })).toBeChecked()
  await expect(window.getByRole('radio', { name: /^matrix\.mathesar\.org.*13 of 13 rooms/ })).toBeVisible()

  await newcomer.back()
  await newcomer.heading('Have a look around')
  await expect(window.getByText('Asking', { exact: false }).filter({ visible: true })).toHaveCount(0)
  await newcomer.back()
  await newcomer.heading('Come in. Who are you here to see?')
})

test('an account that is locked or suspended says which, and goes on once it may', async ({
  newcomer,
  world,
  username,
}) => {
  const userId = `@${username}:matrix.org`
  await createAccount(world, 'matrix.org', { username, password: PASSWORD })
  await setLocked(world, userId, true)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.haveAccount()
  await newcomer.signIn(userId, PASSWORD)
  await newcomer.reads('matrix.org has locked this account. Its support can tell you why, and unlock it.')

  // While joining each stops the queue, and says what it is.
  await setLocked(world, userId, false)
  await setSuspended(world, userId, true)
  await newcomer.click(newcomer.button('Sign in'))
  await newcomer.heading('Which rooms would you like?')
  await newcomer.choose('Everything')
  await newcomer.join()
  await newcomer.reads('Account suspended')
  await newcomer.reads(/^matrix\.org has suspended your account, so it can’t join rooms for now\./)
  await setSuspended(world, userId, false)
  await setLocked(world, userId, true)
  await newcomer.click(newcomer.button('Try again'))
  await newcomer.reads('Account locked')
  await newcomer.reads(/^matrix\.org has locked your account, so Foyer has stopped\./)
  await setLocked(world, userId, false)
  await newcomer.click(newcomer.button('Try again'))
  await newcomer.arrive()
  const { progress } = await newcomer.state('done')
  expect(progress.lines.filter((line) => line.status === 'joined')).toHaveLength(13)
})
