import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { channelOf, STATE_CHANNEL } from '../../core/bridge/channels.ts'
import { StateFeed } from '../../core/bridge/state-feed.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'
import { preview, states, welcome } from '../../renderer/testing/states.ts'
import { launchFoyer, type RunningFoyer } from '../fixtures/launch.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PICTURES = 'out/screens'
/** The window as it opens, and the narrowest one. */
const sizes = { wide: [960, 680], narrow: [360, 640] } as const

// Half of the screens for each worker, as there are many of them.
test.describe.configure({ mode: 'parallel' })

let foyer: RunningFoyer
let profile: string

test.beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'foyer-'))
  foyer = await launchFoyer({ profile })
  await foyer.window.evaluate(axeSource)
  mkdirSync(PICTURES, { recursive: true })
})
test.afterAll(async () => {
  await foyer.app.close()
  rmSync(profile, { recursive: true, force: true })
})

for (const [name, state] of Object.entries(states)) {
  test(`${name}: nothing that shuts anybody out, in both lights and when narrow`, async () => {
    await show(state)
    for (const [size, [width, height]] of Object.entries(sizes)) {
      await resize(width, height)
      for (const colorScheme of ['light', 'dark'] as const) {
        await foyer.window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await foyer.window.screenshot({ path: join(PICTURES, `${name}.${size}.${colorScheme}.png`) })
        expect(await violations(foyer.window), `${size}, ${colorScheme}`).toEqual([])
      }
      expect(await isTooWide(foyer.window), `${size}: scrolls sideways`).toBe(false)
    }
    await expect(foyer.window.getByRole('heading', { level: 1 })).toHaveCount(1)
  })
}

test('the check finds what it is there to find', async () => {
  // Not behind a question, nor where the page is cut off: what nobody can reach counts as hidden.
  await show(preview)
  await resize(...sizes.wide)
  await foyer.window.evaluate(() => {
    const planted = document.createElement('button')
    planted.id = 'planted'
    planted.style.setProperty('position', 'fixed')
    planted.style.setProperty('inset', '0 auto auto 0')
    planted.style.setProperty('background', '#fff')
    document.body.append(planted)
  })
  expect(await violations(foyer.window)).toContain('button-name: #planted')
  await foyer.window.evaluate(() => document.getElementById('planted')?.remove())
})

/** Puts a state on a fresh screen: a form that stands there already would keep what it began with. */
async function show(state: OnboardingState): Promise<void> {
  const other = foyer.window.getByRole('heading', {
    name: state.step === 'welcome' ? 'Have a look around' : 'Come in. Who are you here to see?',
    level: 1,
  })
  // Once more where Foyer has told its own state meanwhile, as it does when it opens.
  await expect(async () => {
    await push(state.step === 'welcome' ? preview : welcome)
    await other.waitFor({ timeout: 3_000 })
  }).toPass()
  await expect(async () => {
    await push(state)
    await other.waitFor({ state: 'detached', timeout: 3_000 })
  }).toPass()
}

/** Shows a state as the shell would: through the bridge, whose place the test takes. */
async function push(state: OnboardingState): Promise<void> {
  const channels = { get: channelOf('getState'), told: STATE_CHANNEL }
  await foyer.app.evaluate(
    ({ BrowserWindow, ipcMain }, { channels: { get, told }, state: shown, change }) => {
      ipcMain.removeHandler(get)
      ipcMain.handle(get, () => shown)
      BrowserWindow.getAllWindows()[0]?.webContents.send(told, change)
    },
    { channels, state, change: new StateFeed().whole(state) },
  )
  await foyer.window.waitForFunction(
    (step) => window.foyer.getState().then((now) => now.step === step),
    state.step,
  )
}

async function resize(width: number, height: number): Promise<void> {
  await foyer.app.evaluate(
    ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
    [width, height] as const,
  )
  await foyer.window.waitForFunction(([w]) => window.innerWidth === w, [width] as const)
}

async function violations(window: Page): Promise<string[]> {
  const results = await window.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }
    return (await axe.run()).violations.map(({ id, nodes }) => ({
      id,
      targets: nodes.map((node) => String(node.target)),
    }))
  })
  return results.map(({ id, targets }) => `${id}: ${targets.join(', ')}`)
}

function isTooWide(window: Page): Promise<boolean> {
  return window.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.scroll, .wall')].some(
      ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
    ),
  )
}
