import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { noHistory, withRun, type History } from '../../cli/checking/history.ts'
import type { Checked } from '../../cli/checking/report.ts'
import { healthPage } from '../../cli/pages/health-page.ts'
import { checkFacts } from '../../core/checking/check-facts.ts'
import type { Facts, RoomReport } from '../../core/checking/facts.ts'
import { details, factsOf, roomReport, serverReport, view } from '../../core/testing/facts.ts'
import { openBrowser, type PlainBrowser } from '../fixtures/plain-browser.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PICTURES = 'out/screens'
const sizes = { wide: [960, 720], narrow: [360, 640] } as const
const DAY = 86_400_000

const from = ['matrix.org', 'tu-dresden.de', 'example.org']

let browser: PlainBrowser
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-health-'))
  mkdirSync(PICTURES, { recursive: true })
  browser = await openBrowser()
})
test.afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

const scenes: Record<string, () => [Facts, History]> = {
  faults: () => withPast(facts(faultyRooms())),
  well: () => withPast(facts(['Lobby', 'Roses', 'Ferns'].map((name) => room(name)))),
  first: () => {
    const now = facts([room('Lobby'), room('Roses')])
    return [now, withRun(noHistory, now)]
  },
}

for (const [name, scene] of Object.entries(scenes)) {
  test(`${name}: a page that shuts nobody out, in both lights, when narrow, without scripts`, async () => {
    const { page } = browser
    await open(...scene())
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ways into Garden Club')
    await page.evaluate(axeSource)
    for (const [size, [width, height]] of Object.entries(sizes)) {
      await page.setViewportSize({ width, height })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const path = join(PICTURES, `health-page.${name}.${size}.${colorScheme}.png`)
        await page.screenshot({ path, fullPage: true })
        expect(await violations(), `${size}, ${colorScheme}`).toEqual([])
      }
      const isTooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect(isTooWide, `${size}: scrolls sideways`).toBe(false)
    }
    expect(await page.locator('script').count()).toBe(0)
  })
}

test('each cell is found by its room and homeserver, red where a newcomer would fail', async () => {
  const { page } = browser
  await open(...(scenes['faults']?.() ?? withPast(facts([]))))
  const row = page.getByRole('row', { name: /Missing/ })
  await expect(row.getByRole('cell').first()).toHaveText(/doesn’t exist.*since 19 Nov/)
  await expect(page.locator('td.bad')).toHaveCount(16)
  await expect(page.getByText('6 of 10 rooms turn newcomers away.')).toBeVisible()
  await expect(
    page.getByRole('img', { name: /^From 100 % on 17 Nov to 40 % on 21 Nov/ }).first(),
  ).toBeVisible()
})

test('what was found stands under its check, once with what to do about it', async () => {
  const { page } = browser
  await open(...(scenes['faults']?.() ?? withPast(facts([]))))
  const moved = page.locator('.advice', { has: page.getByRole('heading', { name: 'The room has moved' }) })
  await expect(moved.getByRole('listitem')).toHaveText([/^#replaced:example\.org was replaced by !new/])
  await expect(moved).toContainText('Write the new room’s address, or point the alias to it.')
  const slow = page.locator('.advice', { hasText: 'How long joining takes' })
  await expect(slow.getByRole('listitem')).toHaveCount(3)
  expect(await page.locator('.advice').filter({ hasText: '`' }).count()).toBe(0)
})

test('nothing that a server or a manifest says becomes markup, runs, or is fetched', async () => {
  const { page } = browser
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const planted = `</style></script><script>document.title='planted'</script><img src=https://x.example onerror=1>`
  const rooms = [
    roomReport('#<b>x</b>:example.org', { label: planted, details: details({ name: planted }) }, [planted]),
  ]
  const now = factsOf(rooms, { servers: [serverReport(planted)] })
  await open(now, withRun(noHistory, now), planted)
  expect(await page.title()).toContain('Ways into </style>')
  expect(await page.evaluate(() => document.querySelectorAll('img, b, script').length)).toBe(0)
  expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([])
})

function room(name: string, some: Partial<RoomReport> = {}): RoomReport {
  const address = `#${name.toLowerCase().replaceAll(' ', '-')}:example.org`
  const views = from.map((server) => view(server, { isHere: server !== 'tu-dresden.de' }))
  return roomReport(address, { label: name, details: details({ roomId: `!${name}`, name }), views, ...some })
}

function everywhere(sight: 'missing' | 'unreachable'): Partial<RoomReport> {
  const own = sight === 'missing' ? 'example.org' : 'offline.example'
  return {
    details: null,
    home: view(own, { sight }),
    views: from.map((server) => view(server, { sight })),
  }
}

function faultyRooms(): RoomReport[] {
  const rule = (some: Parameters<typeof details>[0]): Partial<RoomReport> => ({ details: details(some) })
  return [
    room('Lobby'),
    room('Missing', everywhere('missing')),
    room('Away', { ...everywhere('unreachable'), address: '#away:offline.example' }),
    room('Replaced', { movedTo: { roomId: '!new', name: 'The new one' } }),
    room('Board', rule({ roomId: '!board', name: 'Board', joinRule: 'invite' })),
    room('Seed exchange', rule({ roomId: '!seed', name: 'Seed exchange', joinRule: 'knock' })),
    room(
      'Members',
      rule({ roomId: '!m', name: 'Members', joinRule: 'restricted', allowedRoomIds: ['!space'] }),
    ),
    room(
      'Neighbours',
      rule({ roomId: '!n', name: 'Neighbours', joinRule: 'restricted', allowedRoomIds: ['!x'] }),
    ),
    room('Ferns', {
      views: [
        view('matrix.org'),
        view('tu-dresden.de', { sight: 'unreachable', isHere: null }),
        view('example.org'),
      ],
    }),
  ]
}

function facts(rooms: readonly RoomReport[], at = Date.UTC(2026, 10, 21, 6, 40)): Facts {
  const space = room('Garden', { details: details({ roomId: '!space', name: 'Garden', isSpace: true }) })
  return factsOf(rooms, { at, space, children: [], servers: from.map((name) => serverReport(name)) })
}

/** The facts after four days: on the first two fewer rooms failed. */
function withPast(now: Facts): [Facts, History] {
  const fine = (at: number): Facts => ({ ...now, at, rooms: now.rooms.map((each) => room(each.label ?? '')) })
  const past = [fine(now.at - 4 * DAY), fine(now.at - 3 * DAY), { ...now, at: now.at - 2 * DAY }, now]
  return [now, past.reduce(withRun, noHistory)]
}

async function open(now: Facts, history: History, community = 'Garden Club'): Promise<void> {
  const findings = checkFacts(now, null).map((each, index) => ({ ...each, line: index + 3 }))
  const checked: Checked = { name: 'a.json', kind: 'manifest', community, findings, facts: now, fixed: [] }
  const path = join(folder, 'page.html')
  writeFileSync(path, healthPage({ ...checked, facts: now }, history))
  await browser.page.goto(pathToFileURL(path).href)
}

/** What axe finds, as `rule: element`. */
async function violations(): Promise<string[]> {
  return browser.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } }
    const { violations: found } = await axe.run()
    return found.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(' ')}`))
  })
}
