import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { shield } from '../../core/testing/pictures.ts'
import { WEB_HOST } from '../../practice/servers.ts'
import { expect, test } from '../fixtures/foyer-test.ts'
import { Newcomer } from '../pages/newcomer.ts'

const at = (path: string): string => `https://${WEB_HOST}${path}`

test('a community’s own picture is its sign; whatever is none leaves the initials', async ({
  world,
  launch,
  profile,
}) => {
  const { pages } = world.website
  pages.set('/sign', { location: at('/sign.png') })
  pages.set('/sign.png', { body: Buffer.from(shield, 'base64'), type: 'image/png' })
  pages.set('/drawing.svg', {
    body: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    type: 'image/png',
  })
  pages.set('/inside', { location: `https://127.0.0.1:${world.website.port}/sign.png` })
  // A head that is right, and nothing behind it.
  const broken = Buffer.from(shield, 'base64')
  broken.fill(0, 60, 400)
  pages.set('/broken.png', { body: broken, type: 'image/png' })

  const { window } = await launch()
  const newcomer = new Newcomer(window)
  const sign = window.locator('.wall .face')
  await newcomer.heading(/^Come in/)
  await open(window, profile, '/sign')
  await newcomer.heading('Have a look around')
  await expect(sign.locator('canvas')).toBeVisible()
  await expect(sign).toHaveText('')
  expect(await inks(window)).toBeGreaterThan(1_000)
  for (const theme of ['light', 'dark'] as const) await picture(window, theme)
  // Nobody is asked for anything but the picture on screen.
  expect(await read(window, '/broken.png')).toBeNull()

  for (const path of ['/drawing.svg', '/inside', '/nowhere', '/broken.png']) {
    await newcomer.back()
    await newcomer.heading(/^Come in/)
    await open(window, profile, path)
    await newcomer.heading('Have a look around')
    const bytes = await read(window, path)
    expect(bytes === null).toBe(path !== '/broken.png')
    await expect(sign).toHaveText('S')
    await expect(sign.locator('canvas')).toBeHidden()
  }
})

async function open(page: Page, profile: string, path: string): Promise<void> {
  const file = join(profile, 'signed.foyer')
  const rooms = [{ address: '#mathesar:matrix.mathesar.org' }]
  writeFileSync(file, JSON.stringify({ version: 2, name: 'Signed', picture: at(path), rooms }))
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open a file' }).click()
  await (await choosing).setFiles(file)
}

function read(page: Page, path: string): Promise<number | null> {
  return page.evaluate(async (address) => (await window.foyer.readPicture(address))?.length ?? null, at(path))
}

/** How many points of the sign aren't white. */
function inks(page: Page): Promise<number> {
  return page.locator('.wall .face canvas').evaluate((canvas) => {
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 96, 96)
    return data.filter((value, place) => place % 4 === 0 && value < 250).length
  })
}

async function picture(page: Page, theme: 'light' | 'dark'): Promise<void> {
  mkdirSync('out/own-sign', { recursive: true })
  await page.emulateMedia({ colorScheme: theme })
  await page.screenshot({ path: `out/own-sign/${theme}.png` })
}
