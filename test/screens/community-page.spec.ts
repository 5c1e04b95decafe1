import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { makeLink } from '../../cli/link.ts'
import { readManifestText } from '../../core/communities/manifest-text.ts'
import { readManifest, type Manifest } from '../../core/communities/read-manifest.ts'
import { gardenClub } from '../../core/testing/garden-club.ts'
import type { CommunityLink } from '../../core/links/community-link.ts'
import { communityPage } from '../../cli/pages/community-page.ts'
import { openBrowser, type PlainBrowser } from '../fixtures/plain-browser.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PICTURES = 'out/screens'
const sizes = { wide: [960, 720], narrow: [360, 640] } as const

let browser: PlainBrowser
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-page-'))
  mkdirSync(PICTURES, { recursive: true })
  browser = await openBrowser()
})
test.afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

const manifests = {
  galaxy: bundled('galaxy'),
  mathesar: bundled('mathesar'),
  derse: bundled('derse'),
  auxolotl: bundled('auxolotl'),
  garden: manifestOf(gardenClub),
}

for (const [id, manifest] of Object.entries(manifests)) {
  test(`${id}: a page that shuts nobody out, in both lights and when narrow`, async () => {
    const { page } = browser
    await open(manifest)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await page.evaluate(axeSource)
    for (const [size, [width, height]] of Object.entries(sizes)) {
      await page.setViewportSize({ width, height })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const path = join(PICTURES, `community-page.${id}.${size}.${colorScheme}.png`)
        await page.screenshot({ path, fullPage: true })
        expect(await violations(), `${size}, ${colorScheme}`).toEqual([])
      }
      const isTooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect(isTooWide, `${size}: scrolls sideways`).toBe(false)
    }
  })
}

test('says all that the manifest says, in every language', async () => {
  const { page } = browser
  await open(manifests.garden)
  for (const text of [
    /^Messages aren’t encrypted end to end/,
    'Messages are kept for a year, then removed.',
    'No advertising, not even for seeds.',
    'You’ll be asked to agree to them before you join.',
    'The Lobby is the place to begin.',
  ])
    await expect(page.getByText(text)).toBeVisible()
  await expect(page.getByRole('link', { name: 'hello@garden.example.org' })).toHaveAttribute(
    'href',
    'mailto:hello@garden.example.org',
  )
  await page.getByText('Deutsch: So reden wir miteinander').click()
  await expect(page.getByText('Am besten fängst du in der Lobby an.')).toBeVisible()
})

test('a link to the page hands its token on, and a link into another community does not', async () => {
  const { page } = browser
  const button = page.getByRole('link', { name: 'Open in Foyer' })
  await open(bundled('mathesar'))
  const own = (await button.getAttribute('href')) ?? ''
  const parts = own.slice('foyer:?'.length)
  await open(bundled('mathesar'), `#${parts}&token=workshop`)
  expect(await button.getAttribute('href')).toBe(`foyer:?${parts}&token=workshop`)
  await open(bundled('mathesar'), '#join=%23elsewhere%3Aexample.org&token=workshop')
  expect(await button.getAttribute('href')).toBe(own)
})

test('works without scripts: every way in is there', async () => {
  const { page } = browser
  await open(bundled('galaxy'))
  const ways = page.locator('.ways')
  await expect(ways.getByRole('link', { name: 'Open in Foyer' })).toHaveAttribute('href', /^foyer:\?join=/)
  await expect(ways.getByRole('link', { name: 'Download Foyer' })).toHaveAttribute('href', /^https:/)
  const rooms = page.locator('.rooms a')
  await expect(rooms).toHaveCount(8)
  for (const room of await rooms.all())
    expect(await room.getAttribute('href')).toMatch(/^https:\/\/matrix\.to\/#\/%23/)
  // The file itself, as it comes without a script that could add to it.
  const written = readFileSync(join(folder, 'page.html'), 'utf8').replace(/<script>.*<\/script>/s, '')
  for (const text of ['Open in Foyer', 'Download Foyer', 'The rooms']) expect(written).toContain(text)
})

test('the QR code that is drawn is read from a screen', async () => {
  const { page } = browser
  const path = join(folder, 'code.svg')
  const parts = { manifestUrl: null, homeserver: 'matrix.org', token: 'workshop', preset: 'all' }
  const [uri] = makeLink({ community: 'galaxy', ...parts, pageUrl: null, qrPath: path }).split('\n')
  await page.setViewportSize({ width: 480, height: 480 })
  await page.goto(pathToFileURL(path).href)
  const { data, width, height } = PNG.sync.read(await page.screenshot())
  expect(jsqr(new Uint8ClampedArray(data), width, height)?.data).toBe(uri)
})

test('nothing that a manifest says becomes markup, runs, or is fetched', async () => {
  const { page } = browser
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const planted = `</style></script><script>document.title='planted'</script><img src=https://x.example onerror=1>`
  const manifest = readManifestText(
    JSON.stringify({
      version: 2,
      name: planted,
      summary: planted,
      space: { address: '#</script><b>:example.org' },
      rooms: [{ address: '#a"><script>:example.org', label: planted, purpose: planted, notes: [planted] }],
      rules: { url: 'https://example.org/', points: [planted] },
      contact: 'ada@example.org',
    }),
  )
  if (!manifest.ok) throw new Error(JSON.stringify(manifest.reason))
  await open(manifest.value)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(planted)
  expect(await page.title()).toContain('planted')
  expect(await page.title()).not.toBe('planted')
  expect(await page.evaluate(() => document.querySelectorAll('img, b').length)).toBe(0)
  expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([])
})

function bundled(id: string): Manifest {
  return manifestOf(JSON.parse(readFileSync(`assets/communities/${id}.json`, 'utf8')))
}

function manifestOf(file: unknown): Manifest {
  const manifest = readManifest(file)
  if (!manifest.ok) throw new Error(JSON.stringify(manifest.reason))
  return manifest.value
}

async function open(manifest: Manifest, hash = ''): Promise<void> {
  const target: CommunityLink['target'] =
    manifest.space === undefined
      ? { kind: 'manifest', url: 'https://example.org/manifest.json' }
      : { kind: 'room', address: manifest.space.address, via: manifest.space.via }
  const link = { target, homeserver: null, token: null, preset: null }
  const path = join(folder, 'page.html')
  writeFileSync(path, communityPage(manifest, { link, downloadUrl: 'https://foyer.example/' }))
  await browser.page.goto('about:blank')
  await browser.page.goto(`${pathToFileURL(path).href}${hash}`)
}

/** What axe finds, as `rule: element`. */
async function violations(): Promise<string[]> {
  return browser.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } }
    const { violations: found } = await axe.run()
    return found.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(' ')}`))
  })
}
