import { accountExists, askAdmin, createAccount, deviceNames, tokenIsDead } from '../../practice/admin.ts'
import { signUp } from '../../practice/fixtures/newcomer.ts'
import { WorldError } from '../../practice/world-client.ts'
import { EXPIRED_PREFIX, SESSION_LIFETIME } from '../../practice/wary-config.ts'
import type { PracticeWorld, ServerName } from '../../practice/world.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { keptToken } from '../fixtures/kept-token.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import type { Newcomer } from '../pages/newcomer.ts'

// Homeservers that don't take everybody at once, or at all, or for long.
test.use({ isWary: true })

async function reachForm(newcomer: Newcomer, community: string, server: ServerName): Promise<void> {
  await newcomer.lookAround(community)
  await newcomer.joinCommunity(community)
  await newcomer.continueWith(server)
  await newcomer.heading('Create your account')
}

/** Others sign up from the same place until the homeserver asks for a rest. */
async function crowd(world: PracticeWorld, username: string): Promise<void> {
  for (let count = 0; count < 10; count += 1) {
    try {
      await signUp(world.client, 'matrix.org', { username: `${username}-s-friend-${count}` })
    } catch (error) {
      if (error instanceof WorldError && error.status === 429) return
      throw error
    }
  }
  throw new Error('matrix.org takes everybody')
}

async function expectAllJoined(newcomer: Newcomer, world: PracticeWorld, rooms: number): Promise<void> {
  await newcomer.arrive()
  const { account, progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(rooms)
  expect(await deviceNames(world, account.userId)).not.toContain('Foyer (temporary)')
}

test('too many sign-ups from one place are a pause, after which the account is made by itself', async ({
  newcomer,
  world,
  username,
}) => {
  const userId = `@${username}:matrix.org`
  await reachForm(newcomer, 'Mathesar', 'matrix.org')
  await newcomer.fillInAccount({ username, password: PASSWORD })
  await crowd(world, username)
  await newcomer.click(newcomer.button('Create account'))
  await newcomer.reads('A short pause')
  await newcomer.reads(
    /^matrix\.org has had many sign-ups from this place\. It goes on by itself in 0:\d\d; what you typed is kept\.$/,
  )
  await newcomer.skipProfile()
  expect(await accountExists(world, userId)).toBe(true)
  await newcomer.choose('Everything')
  await newcomer.join()
  await expectAllJoined(newcomer, world, 13)
})

test('whoever comes in the middle of such a crowd gets to see the terms once there is room again', async ({
  newcomer,
  world,
  username,
}) => {
  await newcomer.lookAround('Mathesar')
  await crowd(world, username)
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')
  await newcomer.window.getByRole('checkbox', { name: /I accept/ }).waitFor()
  await newcomer.createAccount({ username, password: PASSWORD })
  expect(await accountExists(world, `@${username}:matrix.org`)).toBe(true)
})

test('an account that the admins let in by hand says so, and signs in once they have', async ({
  newcomer,
  world,
  username,
}) => {
  const server = 'matrix.mathesar.org'
  const userId = `@${username}:${server}`
  await reachForm(newcomer, 'Mathesar', server)
  await newcomer.fillInAccount({ username, password: PASSWORD })
  await newcomer.click(newcomer.button('Create account'))
  const awaiting = `Your account is made. The admins of ${server} let people in by hand; once they have, sign in here.`
  await newcomer.reads(awaiting)
  expect(await accountExists(world, userId)).toBe(true)
  await newcomer.click(
    newcomer.window.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }),
  )
  await newcomer.heading('Welcome back')
  await newcomer.signIn(username, PASSWORD)
  await newcomer.reads(awaiting)

  await askAdmin(world, server, `/v2/users/${encodeURIComponent(userId)}`, {
    method: 'PUT',
    body: { approved: true },
  })
  await newcomer.click(newcomer.button('Sign in'))
  await newcomer.heading('Which rooms would you like?')
  await newcomer.choose('Everything')
  await newcomer.join()
  await expectAllJoined(newcomer, world, 13)
})

test('a session that ends by itself is gone on with after signing in again, and leaves no device behind', async ({
  newcomer,
  world,
  profile,
  username,
}) => {
  const server = 'auxolotl.org'
  await reachForm(newcomer, 'Auxolotl', server)
  await newcomer.createAccount({ username, password: PASSWORD, token: world.registrationToken })
  await newcomer.pauseEverything()
  const token = await keptToken(profile)
  await expect
    .poll(() => tokenIsDead(world, server, token), { timeout: (SESSION_LIFETIME + 20) * 1000 })
    .toBe(true)

  await newcomer.click(newcomer.button('Carry on'))
  await newcomer.reads(/^auxolotl\.org has ended Foyer’s sign-in\. Your rooms stay yours/)
  await newcomer.click(newcomer.button('Sign in again'))
  await newcomer.heading('Welcome back')
  await expect(newcomer.window.getByLabel('Matrix ID')).toHaveValue(`@${username}:${server}`)
  const password = newcomer.window.getByLabel('Password', { exact: true })
  await newcomer.fill(password, PASSWORD)
  await password.press('Enter')
  await expectAllJoined(newcomer, world, 33)
})

test('an account that has to be renewed says so', async ({ newcomer, world, username }) => {
  const userId = `@${EXPIRED_PREFIX}${username}:gitter.im`
  await createAccount(world, 'gitter.im', { username: `${EXPIRED_PREFIX}${username}`, password: PASSWORD })
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.haveAccount()
  await newcomer.signIn(userId, PASSWORD)
  await newcomer.heading('Which rooms would you like?')
  await newcomer.choose('Everything')
  await newcomer.join()
  await newcomer.reads('Account to renew')
  await newcomer.reads(/^gitter\.im wants your account renewed first, and has sent you a mail about it\./)
  await newcomer.click(newcomer.button('Stop here'))
  await newcomer.answer('Stop and sign out')
  await newcomer.arrive()
  expect(await deviceNames(world, userId)).not.toContain('Foyer (temporary)')
})
