import { describe, expect, test } from 'vitest'
import { room as listed } from '../../core/testing/communities.ts'
import { nothingInside, type Inside } from './join-ports.ts'
import { setUp } from './testing/driving.ts'

const space: [string, { roomId: string; isLocal: boolean }] = [
  '#space:x',
  { roomId: '!space', isLocal: true },
]
const room = (name: string): [string, { roomId: string; isLocal: boolean }] => [
  `#${name}:x`,
  { roomId: `!${name}`, isLocal: true },
]

function seen(...names: string[]): Inside {
  const rooms = names.map((name) => listed(`#${name}:x`, { sight: 'seen', joinRule: 'public' }))
  return { rooms, spaces: [] }
}

describe('rooms that show themselves inside', () => {
  test('also those that only members of another room see', async () => {
    const looks: number[] = []
    const { clock, server, driver } = setUp(
      new Map([space, room('members'), room('theirs')]),
      {},
      {
        roomsInside: () => {
          looks.push(server.joined.size)
          return Promise.resolve(server.joined.has('!members') ? seen('members', 'theirs') : seen('members'))
        },
      },
      ['#space:x'],
    )
    await clock.runUntil(driver.run())
    expect(server.joined).toEqual(new Set(['!space', '!members', '!theirs']))
    // Once more for each time that something was joined since.
    expect(looks).toEqual([1, 2, 3])
    expect(driver.view.phase).toBe('finished')
  })

  test('are asked for again where nobody answers, and left in the end', async () => {
    let looks = 0
    const { clock, server, driver } = setUp(
      new Map([space, room('members')]),
      {},
      { roomsInside: () => Promise.resolve(looks++ === 0 ? seen('members') : null) },
      ['#space:x'],
    )
    await clock.runUntil(driver.run(), 600_000)
    expect(server.joined.size).toBe(2)
    expect(looks).toBe(5)
    expect(driver.view.phase).toBe('finished')
  })

  test('are no reason to wait when joining is paused, and are looked for anew when it goes on', async () => {
    const walks: AbortSignal[] = []
    const { clock, server, driver } = setUp(
      new Map([space, room('members')]),
      {},
      {
        roomsInside: (_, signal) => {
          walks.push(signal)
          // Each walk through this space takes an hour; the second pause comes after it.
          if (walks.length > 2) return Promise.resolve(seen('members'))
          return clock.sleep(3_600_000, signal).then(() => null)
        },
      },
      ['#space:x'],
    )
    for (const walk of [1, 2]) {
      const running = driver.run()
      await clock.runUntil(clock.sleep(60_000))
      expect([walks.length, walks.at(-1)?.aborted, driver.view.phase]).toEqual([walk, false, 'running'])
      const pausedAt = clock.now()
      await clock.runUntil(driver.pause())
      expect([clock.now() - pausedAt, driver.view.phase]).toEqual([0, 'paused'])
      await running
    }
    await clock.runUntil(driver.run())
    expect(server.joined).toEqual(new Set(['!space', '!members']))
    expect(driver.view.phase).toBe('finished')
  })

  test('the last look around ends as soon as joining is paused, too', async () => {
    let looks = 0
    const { clock, driver } = setUp(
      new Map([space, room('members')]),
      {},
      {
        roomsInside: (_, signal) => {
          looks += 1
          if (looks !== 2) return Promise.resolve(seen('members'))
          return clock.sleep(3_600_000, signal).then(() => null)
        },
      },
      ['#space:x'],
    )
    const running = driver.run()
    await clock.runUntil(clock.sleep(60_000))
    expect(looks).toBe(2)
    const pausedAt = clock.now()
    await clock.runUntil(driver.pause())
    expect(clock.now()).toBe(pausedAt)
    await running
    await clock.runUntil(driver.run())
    expect([looks, driver.view.phase]).toEqual([3, 'finished'])
  })

  test('are no reason to look twice where nothing was joined', async () => {
    let looks = 0
    const roomsInside = (): Promise<Inside> => {
      looks += 1
      return Promise.resolve(nothingInside)
    }
    const { clock, driver } = setUp(new Map([space]), {}, { roomsInside }, ['#space:x'])
    await clock.runUntil(driver.run())
    expect(looks).toBe(1)
  })
})
