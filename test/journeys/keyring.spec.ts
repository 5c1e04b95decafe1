import { statSync } from 'node:fs'
import { join } from 'node:path'
import { deviceNames } from '../../practice/admin.ts'
import { expect, PASSWORD, test as base } from '../fixtures/foyer-test.ts'
import { missingForKeyring, openKeyring, type Keyring } from '../fixtures/keyring.ts'
import { dataOf, endFoyer } from '../fixtures/launch.ts'
import { filesWith, keptTokenKind } from '../fixtures/profile.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

const test = base.extend<{ readonly keyring: Keyring }>({
  keyring: async ({}, use) => {
    const keyring = await openKeyring()
    await use(keyring)
    await keyring.close()
  },
})

/** As far as the first moments of joining, and paused there. */
async function pauseWhileJoining(newcomer: Newcomer, username: string): Promise<void> {
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.pauseEverything()
}

test.describe('on a computer with a keyring', () => {
  const missing = missingForKeyring()
  test.skip(missing.length > 0, `a keyring needs ${missing.join(', ')}`)

  test('the sign-in is kept encrypted, and joining goes on after a crash', async ({
    launch,
    keyring,
    world,
    username,
  }) => {
    let foyer = await launch({ env: keyring.env })
    let newcomer = new Newcomer(foyer.window)
    const data = await dataOf(foyer)
    await pauseWhileJoining(newcomer, username)
    await endFoyer(foyer)
    expect(keptTokenKind(data)).toBe('keyring')
    // Synapse's access tokens begin so.
    expect(filesWith(data, 'syt_')).toEqual([])

    foyer = await launch({ env: keyring.env })
    newcomer = new Newcomer(foyer.window)
    await newcomer.answer('Carry on')
    await newcomer.arrive()
    const { account, progress } = await newcomer.state('done')
    expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
    expect(await deviceNames(world, account.userId)).toEqual([])
    expect(keptTokenKind(data)).toBeNull()
  })

  test('without the keyring that locked it, the sign-in is asked for again and joining goes on', async ({
    launch,
    keyring,
    world,
    username,
  }) => {
    let foyer = await launch({ env: keyring.env })
    await pauseWhileJoining(new Newcomer(foyer.window), username)
    await endFoyer(foyer)

    foyer = await launch()
    const newcomer = new Newcomer(foyer.window)
    await newcomer.heading('Welcome back')
    await expect(foyer.window.getByLabel('Matrix ID')).toHaveValue(`@${username}:matrix.org`)
    const password = foyer.window.getByLabel('Password', { exact: true })
    await newcomer.fill(password, PASSWORD)
    await password.press('Enter')
    await newcomer.arrive()
    const { account, progress } = await newcomer.state('done')
    expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
    // The session whose token nobody could read any more is gone, too.
    expect(await deviceNames(world, account.userId)).toEqual([])
  })
})

test('without a keyring the practice world keeps the sign-in in a file for its owner only', async ({
  launch,
  username,
}) => {
  const foyer = await launch()
  const data = await dataOf(foyer)
  await pauseWhileJoining(new Newcomer(foyer.window), username)
  expect(keptTokenKind(data)).toBe('file')
  for (const name of ['pass.json', 'journal.jsonl']) {
    expect(statSync(join(data, name)).mode & 0o777, name).toBe(0o600)
  }
  expect(filesWith(data, 'syt_').map((path) => path.slice(data.length + 1))).toEqual(['pass.json'])
})
