import { describe, expect, test } from 'vitest'
import { entry } from '../../core/testing/queue.ts'
import { roomsOf, setUp } from './testing/driving.ts'

describe('the pace', () => {
  test('a room that is not where its link says slows nobody else down', async () => {
    const rooms = roomsOf(30, 12)
    const entries = [...rooms].map(([key, room]) =>
      room.isLocal
        ? entry(key)
        : entry(key, { address: room.roomId, roomId: room.roomId, via: ['own.example'] }),
    )
    const { clock, server, driver } = setUp(
      rooms,
      { local: { burst: 10, interval: 10_000 }, remote: { burst: 5, interval: 100_000 } },
      {},
      entries,
    )
    await clock.runUntil(driver.run())
    expect(server.joined.size).toBe(42)
    expect(driver.view.state.pace.local.interval ?? 0).toBeLessThan(20_000)
  })

  test('waiting for the one that goes alone is waiting, not asking the clock again and again', async () => {
    let changes = 0
    const { clock, driver } = setUp(
      roomsOf(8, 12),
      { local: { burst: 2, interval: 1_000 }, latency: 3_000 },
      { onChange: () => void (changes += 1) },
    )
    await clock.runUntil(driver.run())
    expect(changes).toBeLessThan(500)
  })
})

describe('bugs of our own', () => {
  test.each(['join', 'resolve', 'successor'] as const)(
    'a %s that throws holds nobody up, and is told',
    async (method) => {
      const { clock, server, driver } = setUp(3)
      const works = server[method].bind(server) as (address: string) => Promise<never>
      server[method] = (address: string): Promise<never> =>
        address.includes('room1') ? Promise.reject(new RangeError('bug')) : works(address)
      await expect(clock.runUntil(driver.run(), 600_000)).rejects.toThrow('bug')
      expect(driver.view.phase).toBe('finished')
      const joined = driver.view.state.queue.entries.filter((each) => each.status === 'joined')
      expect(joined).toHaveLength(method === 'join' ? 2 : 3)
    },
  )

  test('a full disk stops the queue before a request leaves unwritten', async () => {
    let isFull = true
    const { clock, server, driver } = setUp(
      2,
      {},
      {
        save: () => {
          if (isFull) throw new Error('ENOSPC')
        },
      },
    )
    await expect(clock.runUntil(driver.run(), 600_000)).rejects.toThrow('ENOSPC')
    expect(driver.view).toMatchObject({ phase: 'stopped', stopReason: 'unknown' })
    expect(server.asked).toEqual([])
    isFull = false
    await clock.runUntil(driver.run(), 600_000)
    expect(server.joined.size).toBe(2)
  })

  test('whoever looks on and stumbles does not stop the joining', async () => {
    const { clock, server, driver } = setUp(
      2,
      {},
      {
        onChange: () => {
          throw new Error('painting')
        },
      },
    )
    await expect(clock.runUntil(driver.run(), 600_000)).rejects.toThrow('painting')
    expect(server.joined.size).toBe(2)
  })
})
