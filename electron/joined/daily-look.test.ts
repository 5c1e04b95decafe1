import { afterEach, describe, expect, test } from 'vitest'
import { DailyLook } from './daily-look.ts'

const HOUR = 60 * 60 * 1_000
let looks: DailyLook[] = []
afterEach(() => {
  for (const each of looks) each.stop()
  looks = []
})

/** A clock that is moved by hand; whoever sleeps wakes up when it has gone far enough. */
class HandClock {
  #now = 0
  #sleepers: { readonly at: number; readonly wake: () => void }[] = []
  monotonic = (): number => this.#now
  sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve())
      this.#sleepers.push({ at: this.#now + ms, wake: resolve })
    })

  async pass(ms: number): Promise<void> {
    for (const end = this.#now + ms; this.#now < end;) {
      this.#now += Math.min(HOUR / 4, end - this.#now)
      const due = this.#sleepers.filter(({ at }) => at <= this.#now)
      this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now)
      for (const { wake } of due) wake()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** The computer sleeps: time passes, and nobody wakes up. */
  skip(ms: number): void {
    this.#now += ms
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
    clock.skip(5 * 24 * HOUR)
    await daily.nudge()
    await daily.nudge()
    await clock.pass(HOUR)
    expect(at).toHaveLength(2)
  })

  test('where nobody answers, again soon, and then a day later', async () => {
    let isOnline = false
    const { clock, daily, at } = await start(() => isOnline)
    await clock.pass(HOUR)
    expect(at).toEqual([0, 0.25, 0.5, 0.75, 1])
    isOnline = true
    await daily.nudge()
    await clock.pass(24.5 * HOUR)
    expect(at.slice(5)).toEqual([1, 25])
  })

  test('one at a time', async () => {
    const clock = new HandClock()
    let count = 0
    let end = (): void => undefined
    const daily = new DailyLook(clock, () => {
      count += 1
      return new Promise<boolean>((resolve) => {
        end = () => resolve(true)
      })
    })
    looks.push(daily)
    void daily.run()
    void daily.nudge()
    void daily.nudge()
    expect(count).toBe(1)
    end()
    await daily.settled()
    await daily.nudge()
    expect(count).toBe(1)
  })

  test('never again after the end', async () => {
    const { clock, daily, at } = await start()
    daily.stop()
    await clock.pass(3 * 24 * HOUR)
    await daily.nudge()
    expect(at).toHaveLength(1)
  })
})
