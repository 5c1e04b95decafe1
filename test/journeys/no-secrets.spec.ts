import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askAdmin } from '../../practice/admin.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { missingForKeyring, openKeyring } from '../fixtures/keyring.ts'
import { dataOf } from '../fixtures/launch.ts'
import { filesWith } from '../fixtures/profile.ts'
import { Places } from '../fixtures/secrets.ts'
import { Newcomer } from '../pages/newcomer.ts'

/** Synapse's access tokens begin with `syt_`. */
const SECRETS = [PASSWORD, 'syt_']

function expectNoSecrets(text: string, where: string): void {
  for (const secret of SECRETS) expect(text.includes(secret), `${secret} in ${where}`).toBe(false)
}

test('neither password nor token is left anywhere, and the screens never see the token', async ({
  launch,
  profile,
  username,
}) => {
  const foyer = await launch()
  const page = foyer.window
  const newcomer = new Newcomer(page)
  // Every state that the screens are told, not only those that a test happens to look at.
  await page.evaluate(() => {
    const told = Object.assign(document.createElement('template'), { states: [] as unknown[] })
    document.head.append(told)
    window.foyer.onChange((change) => told.states.push(change))
  })
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.pauseEverything()
  expectNoSecrets(JSON.stringify(await newcomer.state('joining')), 'the state while joining')
  expectNoSecrets(await page.content(), 'the page while joining')
  await newcomer.click(newcomer.button('Carry on'))
  await newcomer.arrive()

  expectNoSecrets(JSON.stringify(await newcomer.state('done')), 'the last state')
  const told = await page.evaluate(() => {
    const template = document.head.querySelector('template')
    return template !== null && 'states' in template ? (template.states as string[]).join('\n') : ''
  })
  expect(told).toContain('"step":{"value":"createAccount"}')
  expect(told).toContain('"step":{"value":"joining"}')
  expectNoSecrets(told, 'the states that the screens were told')

  const folder = mkdtempSync(join(tmpdir(), 'foyer-report-'))
  try {
    for (const [button, name] of [
      ['Save a report', 'report.txt'],
      ['Save the report as data, for programs', 'report.json'],
    ] as const) {
      const path = join(folder, name)
      await foyer.app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, path)
      await newcomer.click(newcomer.button(button))
      await newcomer.reads(`Report saved to ${path}`)
      const report = readFileSync(path, 'utf8')
      expect(report).toContain(`@${username}:matrix.org`)
      expectNoSecrets(report, name)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }

  const data = await dataOf(foyer)
  expect(filesWith(data, username)).not.toEqual([])
  await foyer.app.close()
  expectNoSecrets(foyer.output(), 'the log')
  expect(foyer.output()).toContain('onboarding: joining')
  for (const secret of SECRETS) expect(filesWith(profile, secret), secret).toEqual([])
})

test('an invite code and a password that were typed are not even left in the page’s memory', async ({
  launch,
  profile,
  world,
  username,
}) => {
  test.skip(missingForKeyring().length > 0, 'There is no keyring to be had here.')
  const code = `invite-${username}`
  await askAdmin(world, 'auxolotl.org', '/v1/registration_tokens/new', { body: { token: code } })
  const keyring = await openKeyring()
  try {
    const foyer = await launch({ env: keyring.env })
    const newcomer = new Newcomer(foyer.window)
    const places = await Places.of(foyer)
    await newcomer.lookAround('Auxolotl')
    await newcomer.joinCommunity('Auxolotl')
    await newcomer.continueWith('auxolotl.org')
    await newcomer.createAccount({ username, password: PASSWORD, token: code })
    await newcomer.pauseEverything()
    await places.add('while joining')
    await newcomer.click(newcomer.button('Carry on'))
    await newcomer.arrive()
    await places.close(newcomer)
    expect(places.text('the memory while joining')).toContain(username)
    const secrets = { 'the password': PASSWORD, 'the access token': 'syt_', 'the invite code': code }
    expect(places.holding(secrets, profile)).toEqual([])
  } finally {
    await keyring.close()
  }
})
