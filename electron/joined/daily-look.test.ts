import { afterEach, describe, expect, test } from 'vitest'
import { DailyLook, isLookDue, LOOK_EVERY } from './daily-look.ts'

const HOUR = 60 * 60 * 1_000
let looks: DailyLook[] = []
afterEach(() => {
  for (const each of looks) each.stop()
  looks = []
})

/** A clock that is moved by hand; whoever sleeps wakes up when it has gone far enough. */
class HandClock {
  #wall = 1_000_000
  #monotonic = 0
  #sleepers: { readonly at: number; readonly wake: () => void }[] = []
  wall = (): number => this.#wall
  monotonic = (): number => this.#monotonic
  sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve())
      this.#sleepers.push({ at: this.#monotonic + ms, wake: resolve })
    })

  /** The computer is awake for so long, and before that asleep. */
  async pass(awake: number, asleep = 0): Promise<void> {
    this.#wall += asleep
    for (const end = this.#monotonic + awake; this.#monotonic < end;) {
      const step = Math.min(HOUR / 4, end - this.#monotonic)
      this.#monotonic += step
      this.#wall += step
      const due = this.#sleepers.filter(({ at }) => at <= this.#monotonic)
      this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#monotonic)
      for (const { wake } of due) wake()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  setWall(wall: number): void {
    this.#wall = wall
  }
}

async function start(answer: () => boolean = () => true) {
  const clock = new HandClock()
  const at: number[] = []
  const daily = new DailyLook(clock, async () => {
    at.push(clock.monotonic() / HOUR)
    return answer()
  })
  looks.push(daily)
  void daily.run()
  await new Promise((resolve) => setImmediate(resolve))
  return { clock, daily, at }
}

describe('when it is looked', () => {
  test('at the start, and once a day from then on', async () => {
    const { clock, at } = await start()
    await clock.pass(3 * 24.5 * HOUR)
    expect(at).toEqual([0, 24, 48, 72])
  })

  test('once after a long sleep, however often the network comes back', async () => {
    const { clock, daily, at } = await start()
    await clock.pass(2 * HOUR)
    await daily.nudge()
    expect(at).toHaveLength(1)
    await clock.pass(0, 30 * HOUR)
    await daily.nudge()
    await daily.nudge()
    expect(at).toHaveLength(2)
  })

  test('within an hour of waking where nobody says that the computer has', async () => {
    const { clock, at } = await start()
    await clock.pass(2 * HOUR)
    await clock.pass(1.25 * HOUR, 5 * 24 * HOUR)
    expect(at).toHaveLength(2)
  })

  test('where nobody answers, again soon, and then a day later', async () => {
    let isOnline = false
    const { clock, daily, at } = await start(() => isOnline)
    await clock.pass(HOUR)
    expect(at).toEqual([0, 0.25, 0.5, 0.75, 1])
    isOnline = true
    await daily.nudge()
    await clock.pass(20 * HOUR)
    expect(at).toEqual([0, 0.25, 0.5, 0.75, 1, 1])
  })

  test('one look at a time, and none after the end', async () => {
    const { clock, daily, at } = await start()
    daily.stop()
    await clock.pass(3 * 24 * HOUR)
    await daily.nudge()
    expect(at).toHaveLength(1)
  })

  test.each([
    ['a clock that was set back', 1_000_000 - 400 * 24 * HOUR],
    ['a clock that was set forward', 1_000_000 + 400 * 24 * HOUR],
  ])('%s costs at most one look', async (_name, wall) => {
    const { clock, at } = await start()
    await clock.pass(HOUR)
    clock.setWall(wall)
    await clock.pass(23.5 * HOUR)
    expect(at.length).toBeGreaterThanOrEqual(2)
    expect(at.length).toBeLessThanOrEqual(3)
  })
})

test('a day on either clock makes it due', () => {
  const last = { wall: 0, monotonic: 0 }
  expect(isLookDue(last, { wall: LOOK_EVERY, monotonic: 0 })).toBe(true)
  expect(isLookDue(last, { wall: -5, monotonic: LOOK_EVERY })).toBe(true)
  expect(isLookDue(last, { wall: LOOK_EVERY - 1, monotonic: LOOK_EVERY - 1 })).toBe(false)
})
