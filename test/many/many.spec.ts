import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { bigSpace } from '../../practice/stand-in/big-space.ts'
import { startStandIn, type StandIn } from '../../practice/stand-in/stand-in.ts'
import { expect, PASSWORD, test as base } from '../fixtures/foyer-test.ts'
import { endFoyer, launchFoyer, type RunningFoyer } from '../fixtures/launch.ts'
import { Newcomer } from '../pages/newcomer.ts'
import { framesDuring } from './frames.ts'

/* A space of 5,000 rooms: every list stays quick, and Foyer stays small. */

const ROOMS = 5_000
/** Milliseconds of work for one frame. */
const FRAME = 50
/** Megabytes of the main process's resident set. */
const MEMORY = 250

const test = base.extend<{ standIn: StandIn; foyer: RunningFoyer }>({
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
})

test('a space of 5,000 rooms is looked through, joined and arrived in', async ({
  foyer,
  standIn,
  username,
}) => {
  test.setTimeout(600_000)
  const newcomer = new Newcomer(foyer.window)
  const figures: Record<string, unknown> = {}
  const note = async (name: string, value: unknown): Promise<void> => {
    figures[name] = value
    const usage = await foyer.app.evaluate(() => process.memoryUsage())
    console.log(name, JSON.stringify(value), `${memoryOf(foyer)} MB`, JSON.stringify(usage))
  }
  await note('start', null)
  await newcomer.pasteLink('https://matrix.to/#/%23many:matrix.org')
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('The Many')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await expect
    .poll(async () => (await newcomer.state('rooms')).community.roomCount, { timeout: 60_000 })
    .toBe(ROOMS)
  await note('arrived', standIn.counts)
  await newcomer.choose('Everything')

  await test.step('the list scrolls', async () => {
    await newcomer.click(newcomer.button(/^Show all/))
    await note('scroll', await framesDuring(foyer, () => scrollThrough(foyer.window)))
  })
  await test.step('the list filters', async () => {
    const search = foyer.window.getByRole('searchbox')
    await note(
      'filter',
      await framesDuring(foyer, async () => {
        await search.pressSequentially('bees 41', { delay: 60 })
        await newcomer.reads('Bees 411')
        await newcomer.tick('Bees 411 All')
        await newcomer.tick('Bees 411 All')
        for (let left = 7; left > 0; left -= 1) await search.press('Backspace')
      }),
    )
  })
  await test.step('joining', async () => {
    await newcomer.join()
    await newcomer.heading('The doors are opening')
    await note(
      'joining',
      await framesDuring(foyer, async () => {
        await expect.poll(() => standIn.counts.join, { timeout: 120_000 }).toBeGreaterThan(300)
      }),
    )
    await newcomer.click(newcomer.button(/^All /))
    await note('all rooms', await framesDuring(foyer, () => scrollThrough(foyer.window)))
    const cpu = async (): Promise<number> => {
      const { user, system } = await foyer.app.evaluate(() => process.cpuUsage())
      return (user + system) / 1000
    }
    let before = { cpu: await cpu(), joins: standIn.counts.join, at: Date.now() }
    while (standIn.counts.join < ROOMS) {
      await foyer.window.waitForTimeout(5_000)
      const now = { cpu: await cpu(), joins: standIn.counts.join, at: Date.now() }
      const joins = now.joins - before.joins
      await note(`at ${now.joins}`, {
        perJoin: (now.cpu - before.cpu) / joins,
        wall: (now.at - before.at) / joins,
      })
      before = now
    }
    await newcomer.heading(/^You’re in/)
    await note('done', null)
  })
  console.log(figures, FRAME, MEMORY)
})

async function scrollThrough(window: Page): Promise<void> {
  const { x, y } = await window.evaluate(() => {
    const box = document.querySelector('.scroll')?.getBoundingClientRect()
    return { x: (box?.x ?? 0) + 100, y: (box?.y ?? 0) + 200 }
  })
  await window.mouse.move(x, y)
  for (;;) {
    await window.mouse.wheel(0, 1_200)
    const isAtEnd = await window.evaluate(() => {
      const scroll = document.querySelector('.scroll')
      return scroll === null || scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 2
    })
    if (isAtEnd) return
  }
}

function memoryOf({ child }: RunningFoyer): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024)
}
