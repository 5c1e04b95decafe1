import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { dataOf } from '../fixtures/launch.ts'
import { filesWith } from '../fixtures/profile.ts'
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
  await newcomer.choose('Everything')
  await newcomer.join()
  await newcomer.click(newcomer.button('Pause'))
  await newcomer.reads('Paused. Everything so far is kept.')
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
