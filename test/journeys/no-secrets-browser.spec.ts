import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { noFaults } from '../../practice/oauth/faults.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { missingForKeyring, openKeyring } from '../fixtures/keyring.ts'
import { dataOf } from '../fixtures/launch.ts'
import { filesWith, keptTokenKind } from '../fixtures/profile.ts'
import { AccountPages } from '../pages/account-pages.ts'
import { Newcomer } from '../pages/newcomer.ts'

test.use({ delegates: true })

test('no token, code, verifier or password of a whole run is found anywhere', async ({
  launchWithBrowser,
  profile,
  world,
  username,
}) => {
  test.skip(missingForKeyring().length > 0, 'There is no keyring to be had here.')
  const { oauth } = world
  if (oauth === null) throw new Error('matrix.org delegates nothing')
  // Short, so that there are many.
  Object.assign(oauth.faults, noFaults(), { accessTokenLifetime: 3 })
  const keyring = await openKeyring()
  const folder = mkdtempSync(join(tmpdir(), 'foyer-report-'))
  try {
    const { foyer, browser } = await launchWithBrowser({ env: keyring.env })
    const newcomer = new Newcomer(foyer.window)
    await recordStates(foyer.window)
    const places = new Map<string, string>()

    await newcomer.lookAround('Galaxy')
    await newcomer.joinCommunity('Galaxy')
    await newcomer.continueWith('matrix.org')
    const pages = new AccountPages(await browser.nextPage())
    places.set('the memory while waiting', await memoryOf(foyer.window))
    await pages.createAccount(username, PASSWORD)
    await pages.consent()
    await newcomer.heading('Which rooms would you like?')
    const data = await dataOf(foyer)
    expect(keptTokenKind(data)).toBe('keyring')
    await newcomer.choose('Everything')
    await newcomer.join()
    await newcomer.click(newcomer.button('Pause'))
    await newcomer.reads('Paused. Everything so far is kept.')
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    places.set('the memory while joining', await memoryOf(foyer.window))
    places.set('the page while joining', await foyer.window.content())
    places.set('the pass on disk', readFileSync(join(data, 'pass.json'), 'utf8'))
    await newcomer.click(newcomer.button('Carry on'))
    await newcomer.arrive()

    places.set('the states', await recordedStates(foyer.window))
    places.set('the memory at the end', await memoryOf(foyer.window))
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
      places.set(name, readFileSync(path, 'utf8'))
    }
    await foyer.app.close()
    places.set('the log', foyer.output())

    const secrets = [...oauth.secrets(), PASSWORD]
    // An access and a refresh token at sign-in and at each refresh, the code and its verifier.
    expect(secrets.length).toBeGreaterThan(6)
    expect(places.get('the states')).toContain('"step":{"value":"browser"}')
    expect(places.get('the memory while joining')).toContain(username)
    expect(places.get('the log')).toContain('onboarding: joining')
    for (const secret of secrets) {
      for (const [place, text] of places) expect(text.includes(secret), place).toBe(false)
      expect(filesWith(profile, secret)).toEqual([])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await keyring.close()
  }
})

/** Remembers every state that the screens are told, not only those that a test happens to look at. */
async function recordStates(page: Page): Promise<void> {
  await page.evaluate(() => {
    const told = Object.assign(document.createElement('template'), { states: [] as unknown[] })
    document.head.append(told)
    window.foyer.onChange((change) => told.states.push(change))
  })
}

function recordedStates(page: Page): Promise<string> {
  return page.evaluate(() => {
    const template = document.head.querySelector('template')
    return template !== null && 'states' in template ? (template.states as string[]).join('\n') : ''
  })
}

/** Everything in the page's memory, as Chromium writes it down. */
async function memoryOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return chunks.join('')
}
