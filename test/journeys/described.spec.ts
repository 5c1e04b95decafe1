import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { agreementTo } from '../../core/onboarding/said.ts'
import { gardenClub } from '../../core/testing/garden-club.ts'
import { hostileClub } from '../../core/testing/hostile-club.ts'
import { plantGarden } from '../../practice/fixtures/garden.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

const HOME = 'matrix.org'

test('a manifest that says everything: read, asked and agreed to with the keyboard alone, also over a restart', async ({
  world,
  launch,
  profile,
  username,
}) => {
  await plantGarden(world)
  const path = join(profile, 'Garden Club.foyer')
  writeFileSync(path, JSON.stringify(gardenClub))

  let foyer = await launch({ switches: [path] })
  let newcomer = new Newcomer(foyer.window)
  await newcomer.heading('Have a look around')
  await newcomer.reads(/^Messages aren’t encrypted end to end/)
  await newcomer.reads('Messages are kept for a year, then removed.')
  await newcomer.reads('No advertising, not even for seeds.')
  await newcomer.reads('hello@garden.example.org')
  await picture(newcomer, 'preview')
  await press(newcomer.button('Join Garden Club'), 'Enter')
  await newcomer.heading('Where should your account live?')
  await newcomer.continueWith(HOME)
  await newcomer.fillInAccount({ username, password: PASSWORD })
  await newcomer.click(newcomer.button('Create account'))
  await newcomer.heading('Who shall people see?')
  await press(newcomer.button('Skip'), 'Enter')

  await newcomer.heading('What brings you here?')
  await press(foyer.window.getByRole('checkbox', { name: /^Vegetables/ }), 'Space')
  await press(foyer.window.getByRole('radio', { name: /^Not for now/ }), 'Space')
  await picture(newcomer, 'interests')
  await press(newcomer.button('See my rooms'), 'Enter')
  await newcomer.heading('Which rooms would you like?')
  await expect(foyer.window.getByRole('radio', { name: /^Essential/ })).toBeChecked()
  await newcomer.reads('in German')
  await newcomer.reads('bridged to IRC')
  await expect.poll(async () => (await newcomer.state('rooms')).isLoading).toBe(false)
  await newcomer.reads('Please agree to the rules first.')
  await picture(newcomer, 'rooms')
  await newcomer.button('Join 3 rooms').press('Enter')
  await newcomer.state('rooms')

  // Back among the questions the answers are there still.
  await foyer.window.keyboard.press('Escape')
  await newcomer.heading('What brings you here?')
  await expect(foyer.window.getByRole('checkbox', { name: /^Vegetables/ })).toBeChecked()
  await press(newcomer.button('See my rooms'), 'Enter')
  await press(foyer.window.getByRole('checkbox', { name: /^I have read and agree/ }), 'Space')
  await expect
    .poll(async () => (await newcomer.state('rooms')).said?.agreedTo)
    .toBe(agreementTo(gardenClub.rules))
  await foyer.app.close()

  foyer = await launch({ switches: ['--lang=de'] })
  newcomer = new Newcomer(foyer.window)
  await newcomer.heading('Which rooms would you like?')
  await expect(foyer.window.getByRole('checkbox', { name: /^I have read and agree/ })).toBeChecked()
  await expect.poll(async () => (await newcomer.state('rooms')).isLoading).toBe(false)
  await press(newcomer.button('Join 3 rooms'), 'Enter')
  await newcomer.arrive()
  await newcomer.reads('So reden wir miteinander')
  await picture(newcomer, 'arrival')
  const { account, progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(3)
})

test('a manifest that means no good is shown as text, is told from whom it mimics, and joins nothing', async ({
  launch,
  profile,
}) => {
  const path = join(profile, 'Galaxy.foyer')
  writeFileSync(path, JSON.stringify(hostileClub))
  const foyer = await launch({ switches: [path] })
  const newcomer = new Newcomer(foyer.window)
  await newcomer.heading('Have a look around')
  await newcomer.reads('Not the Galaxy of Foyer’s front doors')
  await newcomer.reads('<img src=x onerror=alert(1)>')
  await newcomer.reads('#lobby:evil.example')
  await expect(foyer.window.locator('.floor :is(img, b, i, h1 h1, script)')).toHaveCount(0)
  const { community, account } = await newcomer.state('preview')
  expect(account).toBeNull()
  expect(JSON.stringify(community)).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
})

/** Goes there as people without a mouse do, and presses a key. */
async function press(target: Locator, key: string): Promise<void> {
  const page = target.page()
  await target.waitFor()
  const isFocused = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement)
  for (let tabs = 0; tabs < 60 && !(await isFocused()); tabs++) {
    await page.keyboard.press('Tab')
    // Within a group of radios the arrows lead on.
    if (!(await isFocused()) && (await target.evaluate(isBesideFocus))) await page.keyboard.press('ArrowDown')
  }
  await expect(target).toBeFocused()
  await page.keyboard.press(key)
}

function isBesideFocus(element: Element): boolean {
  const focused = document.activeElement
  const isRadio = (each: Element | null): each is HTMLInputElement =>
    each instanceof HTMLInputElement && each.type === 'radio'
  return isRadio(element) && isRadio(focused) && element.name === focused.name
}

async function picture({ window }: Newcomer, name: string): Promise<void> {
  mkdirSync('out/journeys', { recursive: true })
  for (const colorScheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await window.screenshot({ path: join('out/journeys', `described-${name}.${colorScheme}.png`) })
  }
}
