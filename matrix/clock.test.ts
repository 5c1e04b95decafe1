import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WakefulClock } from './clock.ts'

/** A computer whose own clock stands still while it sleeps, and one whose clock doesn't. */
function computer({ standsStill }: { standsStill: boolean }) {
  let awake = 1_000
  let boot = 500_000
  const clock = new WakefulClock(
    () => awake,
    () => boot,
  )
  return {
    clock,
    run: (ms: number) => {
      awake += ms
      boot += ms
    },
    sleep: (ms: number) => {
      boot += ms
      if (!standsStill) awake += ms
    },
    coarse: (ms: number) => {
      boot += ms
    },
  }
}

describe('a clock that goes on while the computer sleeps', () => {
  test.each([true, false])('once and not twice, where the process’s own stands still: %s', (standsStill) => {
    const { clock, run, sleep } = computer({ standsStill })
    const before = clock.now()
    run(10_000)
    clock.now()
    sleep(3_600_000)
    run(300)
    expect(clock.now() - before).toBe(3_610_300)
    run(1_000)
    expect(clock.now() - before).toBe(3_611_300)
  })

  test('the coarseness of the time since boot is no sleep, nor is its drift', () => {
    const { clock, run, coarse } = computer({ standsStill: true })
    const before = clock.now()
    for (let second = 0; second < 100; second += 1) {
      run(1_000)
      coarse(second % 2 === 0 ? 990 : -900)
      clock.now()
    }
    expect(clock.now() - before).toBe(100_000)
  })
})

describe('waiting on it', () => {
  let bootLead = 0
  beforeEach(() => {
    bootLead = 0
    vi.resetModules()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    vi.doMock('node:os', () => ({ uptime: () => (performance.now() + bootLead) / 1_000 }))
  })
  afterEach(() => {
    vi.doUnmock('node:os')
    vi.useRealTimers()
  })

  test('a time limit of two minutes is over soon after waking up', async () => {
    const { alarm } = await import('./clock.ts')
    const ring = vi.fn()
    alarm(120_000, ring)
    await vi.advanceTimersByTimeAsync(10_000)
    bootLead = 3_600_000
    await vi.advanceTimersByTimeAsync(4_000)
    expect(ring).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(ring).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(200_000)
    expect(ring).toHaveBeenCalledTimes(1)
  })

  test('it rings on time where nobody sleeps, and not at all when called off', async () => {
    const { alarm } = await import('./clock.ts')
    const ring = vi.fn()
    alarm(12_345, ring)
    const never = vi.fn()
    const callOff = alarm(12_345, never)
    await vi.advanceTimersByTimeAsync(12_344)
    expect(ring).not.toHaveBeenCalled()
    callOff()
    await vi.advanceTimersByTimeAsync(1)
    expect(ring).toHaveBeenCalledTimes(1)
    expect(never).not.toHaveBeenCalled()
  })
})
