import { createAccount, deviceNames } from '../../practice/admin.ts'
import { registrationToken } from '../../practice/accounts.ts'
import type { PracticeWorld } from '../../practice/world.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import type { Newcomer } from '../pages/newcomer.ts'

/*
 * Accounts with a password, on each kind of homeserver that has them, and into Mathesar's rooms. The other kinds have
 * journeys of their own: `browser-account`, `stages`, `sign-on`, `wary`; docs/accounts.md has the table.
 */

async function expectInMathesar(newcomer: Newcomer, world: PracticeWorld, userId: string): Promise<void> {
  const { account, progress } = await newcomer.joinEverything()
  expect(account.userId).toBe(userId)
  expect(await trulyJoined(world, userId, progress.lines)).toHaveLength(13)
  expect(await deviceNames(world, userId)).not.toContain('Foyer (temporary)')
}

for (const { server, kind, ...account } of [
  { server: 'matrix.org', kind: 'with terms' },
  { server: 'auxolotl.org', kind: 'with an invite code', token: registrationToken },
] as const) {
  test(`an account is created ${kind} on ${server}, and joins Mathesar’s rooms`, async ({
    newcomer,
    world,
    username,
  }) => {
    await newcomer.lookAround('Mathesar')
    await newcomer.joinCommunity('Mathesar')
    await newcomer.findHomeserver(server)
    await newcomer.continueWith(server)
    await newcomer.createAccount({ username, password: PASSWORD, ...account })
    await expectInMathesar(newcomer, world, `@${username}:${server}`)
  })
}

for (const [server, kind] of [
  ['matrix.org', 'with terms'],
  ['auxolotl.org', 'with invite codes'],
  ['gitter.im', 'that takes no new accounts'],
] as const) {
  test(`somebody with an account on ${server}, ${kind}, signs in and joins Mathesar’s rooms`, async ({
    newcomer,
    world,
    username,
  }) => {
    const userId = `@${username}:${server}`
    await createAccount(world, server, { username, password: PASSWORD })
    await newcomer.lookAround('Mathesar')
    await newcomer.joinCommunity('Mathesar')
    await newcomer.haveAccount()
    await newcomer.signIn(userId, PASSWORD)
    await newcomer.heading('Which rooms would you like?')
    await expectInMathesar(newcomer, world, userId)
  })
}
