import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { bigSpace } from '../../practice/stand-in/big-space.ts'
import { startStandIn, type StandIn } from '../../practice/stand-in/stand-in.ts'
import { expect, PASSWORD, test as base } from '../fixtures/foyer-test.ts'
import { endFoyer, launchFoyer, type RunningFoyer } from '../fixtures/launch.ts'
import { Newcomer } from '../pages/newcomer.ts'
import { framesDuring, type Frames } from './frames.ts'

/* A space of 5,000 rooms: every list stays quick, Foyer stays small, and the last room costs what the first did. */

const ROOMS = 5_000
/** Milliseconds of work for one frame. */
const FRAME = 50
/** Megabytes of the main process's resident set, at its highest. */
const MEMORY = 250

const test = base.extend<{ standIn: StandIn; foyer: RunningFoyer; rooms: Newcomer }>({
  standIn: async ({ world }, use) => {
    const standIn = await startStandIn(world, 'matrix.org', bigSpace(ROOMS, 'matrix.org'))
    await use(standIn)
    await standIn.close()
  },
  foyer: async ({ standIn, profile }, use) => {
    const foyer = await launchFoyer({ profile, world: standIn.descriptionPath })
    await use(foyer)
    await endFoyer(foyer)
  },
  /** Somebody in front of the whole list. */
  rooms: async ({ foyer, username }, use) => {
    const newcomer = new Newcomer(foyer.window)
    await newcomer.pasteLink('https://matrix.to/#/%23many:matrix.org')
    await newcomer.heading('Have a look around')
    await newcomer.joinCommunity('The Many')
    await newcomer.continueWith('matrix.org')
    await newcomer.createAccount({ username, password: PASSWORD })
    await expect.poll(async () => (await newcomer.state('rooms')).isLoading, { timeout: 120_000 }).toBe(false)
    await use(newcomer)
  },
})
test.describe.configure({ timeout: 600_000 })

test('no frame takes longer than 50 ms while the lists are scrolled and searched', async ({
  foyer,
  rooms: newcomer,
  standIn,
}) => {
  const { window } = foyer
  const worst: Record<string, number> = {}
  const measure = async (name: string, act: () => Promise<void>): Promise<void> => {
    const frames: Frames = await framesDuring(foyer, act)
    expect(frames.count, `frames of ${name}`).toBeGreaterThan(10)
    worst[name] = frames.worst
  }
  const search = window.getByRole('searchbox')
  const { community } = await newcomer.state('rooms')
  expect(community.rooms).toHaveLength(ROOMS)
  // Twenty rooms that the hierarchy leaves out fill in by themselves.
  await expect
    .poll(async () => (await newcomer.state('rooms')).community.rooms.every((room) => room.sight === 'seen'))
    .toBe(true)
  await newcomer.choose('Everything')
  // Each floor of the house is a section of its own.
  const folded = newcomer.button(/^Show all/)
  while ((await folded.count()) > 0) await newcomer.click(folded.first())
  await measure('scrolling rooms', () => scrollThrough(window))
  const last = window.getByRole('listitem').last()
  await expect(last).toHaveAttribute('aria-posinset', (await last.getAttribute('aria-setsize')) ?? 'none')
  await measure('searching rooms', async () => {
    await search.pressSequentially('bees 411', { delay: 60 })
    await newcomer.tick('Bees 411 All')
    await newcomer.tick('Bees 411 All')
    for (let left = 8; left > 0; left -= 1) await search.press('Backspace')
  })
  await newcomer.join()
  await newcomer.heading('The doors are opening')
  await measure('joining', async () => {
    const before = standIn.counts.join
    await expect.poll(() => standIn.counts.join, { timeout: 60_000 }).toBeGreaterThan(before + 1_000)
  })
  await newcomer.click(newcomer.button('Show all 5,000 rooms'))
  await newcomer.heading('All 5,000 rooms')
  await measure('scrolling all rooms while joining', () => scrollThrough(window))
  await measure('searching all rooms while joining', async () => {
    await search.pressSequentially('radio 2', { delay: 60 })
    for (let left = 7; left > 0; left -= 1) await search.press('Backspace')
  })
  console.log('worst frames in ms:', JSON.stringify(worst))
  for (const [name, milliseconds] of Object.entries(worst))
    expect(milliseconds, `worst frame of ${name}`).toBeLessThan(FRAME)
})

test('all of them are joined in a small process, the last as quickly as the first', async ({
  foyer,
  rooms: newcomer,
  standIn,
}) => {
  await newcomer.choose('Everything')
  const { highest } = memoryOf(foyer)
  await newcomer.join()
  const costs: number[] = []
  for (let joins = 500; joins <= ROOMS; joins += 500) {
    const before = { cpu: cpuOf(foyer), joins: standIn.counts.join }
    await expect.poll(() => standIn.counts.join, { timeout: 120_000 }).toBeGreaterThanOrEqual(joins)
    costs.push((cpuOf(foyer) - before.cpu) / Math.max(1, standIn.counts.join - before.joins))
  }
  console.log('MB at most before and after joining:', highest, memoryOf(foyer).highest)
  console.log('ms of processor per join:', costs.map((cost) => cost.toFixed(1)).join(' '))
  await newcomer.window.getByRole('heading', { name: /^You’re in/ }).waitFor({ timeout: 240_000 })
  await newcomer.arrive()
  const { progress } = await newcomer.state('done')
  expect(progress.lines.filter((line) => line.status === 'joined')).toHaveLength(ROOMS)
  expect(new Set(standIn.joined).size).toBe(standIn.counts.join)
  console.log('MB at most at the end:', memoryOf(foyer).highest)
  expect(memoryOf(foyer).highest).toBeLessThan(MEMORY)
  const [first = 0, ...later] = costs
  expect(later.at(-1) ?? Infinity).toBeLessThan(2 * first)
})

async function scrollThrough(window: Page): Promise<void> {
  const { x, y } = await window.evaluate(() => {
    const box = document.querySelector('.scroll')?.getBoundingClientRect()
    return { x: (box?.x ?? 0) + 100, y: (box?.y ?? 0) + 200 }
  })
  await window.mouse.move(x, y)
  for (;;) {
    // Looking whether this was the end has the page laid out, so it isn't done at each step.
    for (let step = 0; step < 8; step += 1) await window.mouse.wheel(0, 1_200)
    const isAtEnd = await window.evaluate(() => {
      const scroll = document.querySelector('.scroll')
      return scroll === null || scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 2
    })
    if (isAtEnd) return
  }
}

/** Megabytes of the main process's resident set. */
function memoryOf({ child }: RunningFoyer): { readonly now: number; readonly highest: number } {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const of = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024)
  return { now: of('VmRSS'), highest: of('VmHWM') }
}

/** Milliseconds of processor time that the main process has used. */
function cpuOf({ child }: RunningFoyer): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  // utime and stime (proc(5)), in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10
}
