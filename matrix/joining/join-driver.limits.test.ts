import { describe, expect, test } from 'vitest'
import { roomsOf, setUp } from './testing/driving.ts'
import { refused, type Fault } from './testing/simulated-homeserver.ts'

const SYNAPSE = { local: { burst: 10, interval: 10_000 }, remote: { burst: 10, interval: 100_000 } }

/** A refusal that something on the way made up, saying so many milliseconds. */
const slip = (retryAfter: number | null): Fault => ({
  answer: { ...refused(429, null, ''), retryAfter },
  actsAnyway: false,
})

/** How often a limit was met: requests under way when the first was refused can't be called back. */
function meetings(moments: readonly number[]): number {
  return moments.filter((moment, index) => moment - (moments[index - 1] ?? -Infinity) > 600).length
}

/** Slips for the requests with these numbers, counted over all rooms. */
function slips(numbers: readonly number[], retryAfter: number | null): () => Fault | null {
  let count = 0
  return () => (numbers.includes(count++) ? slip(retryAfter) : null)
}

describe('a refusal that was a slip of something on the way', () => {
  test.each([
    [0, 1_000],
    [3, 1_000],
    [7, 3_000],
    [4, null],
    [2, 60_000],
  ])('the %ith request, told to wait %s ms: joining is fast again soon', async (nth, wait) => {
    const { clock, server, driver } = setUp(70, { fault: slips([nth], wait) })
    await clock.runUntil(driver.run())
    expect(server.joined.size).toBe(70)
    // As long as it takes without a slip, and at most seven times what it said.
    expect(clock.now()).toBeLessThan(2_500 + 7 * (wait ?? 2_000))
  })

  test.each([
    [0, 36, 35],
    [1, 36, 35],
    [4, 36, 35],
    [8, 36, 35],
    [0, 36, 0],
    [4, 36, 0],
    [0, 0, 33],
    [8, 0, 33],
  ])(
    'the %ith request of %i rooms here and %i elsewhere: Synapse’s limits are learnt at the first meeting all the same',
    async (nth, here, elsewhere) => {
      const { clock, server, driver } = setUp(roomsOf(here, elsewhere), {
        ...SYNAPSE,
        fault: slips([nth], 1_000),
      })
      await clock.runUntil(driver.run())
      expect(server.joined.size).toBe(here + elsewhere)
      expect(meetings(server.refusedAt.local)).toBeLessThanOrEqual(1)
      expect(meetings(server.refusedAt.remote)).toBeLessThanOrEqual(1)
      const bound = Math.max((here + elsewhere - 10) * 10_000, (elsewhere - 10) * 100_000)
      expect(clock.now() / bound).toBeLessThan(1.02)
    },
  )

  test('slips of a bucket that is known slow nobody down', async () => {
    const { clock, server, driver } = setUp(60, { local: SYNAPSE.local, fault: slips([20, 30, 40], 1_000) })
    await clock.runUntil(driver.run())
    expect(server.joined.size).toBe(60)
    expect(server.refusals.local).toBeLessThanOrEqual(1)
    expect(clock.now() / 500_000).toBeLessThan(1.05)
  })
})

describe('limits that are real but not the usual ones', () => {
  test.each([
    [5, 20_000],
    [3, 2_000],
    [15, 1_000],
  ])('%i at once, then one each %i ms: met once more, and then kept', async (burst, interval) => {
    const { clock, server, driver } = setUp(60, { local: { burst, interval } })
    await clock.runUntil(driver.run())
    expect(server.joined.size).toBe(60)
    expect(meetings(server.refusedAt.local)).toBeLessThanOrEqual(2)
    expect(clock.now() / ((60 - burst) * interval)).toBeLessThan(1.1)
  })
})

describe('Dendrite, where one limit counts every kind of request', () => {
  test.each([
    [20, 500],
    [5, 500],
    [2, 500],
  ])(
    '%i places for %i ms: every room is joined, nothing looks like being offline',
    async (count, coolOff) => {
      const phases = new Set<string>()
      const rooms = roomsOf(20, 20)
      rooms.set('#old:x', { roomId: '!old', isLocal: true, successor: '!room0' })
      const { clock, server, driver } = setUp(
        rooms,
        { places: { count, coolOff } },
        { onChange: ({ phase }) => void phases.add(phase) },
      )
      await clock.runUntil(driver.run())
      const { entries } = driver.view.state.queue
      expect(entries.filter((each) => each.status === 'joined')).toHaveLength(41)
      expect(entries.find((each) => each.key === '#old:x')).toMatchObject({
        reason: 'moved',
        roomId: '!room0',
      })
      expect(entries.every((each) => each.roomId !== null)).toBe(true)
      expect([...phases]).toEqual(['running', 'finished'])
      // Each room costs three requests: where it is, the join, and whether it moved.
      const least = (3 * 41 * coolOff) / count
      expect(clock.now()).toBeLessThan(3 * least + 60_000)
      expect(server.turnedAway).toBeLessThan(3 * 41)
    },
  )

  test('a list of rooms that is asked for too fast is asked for later, and joining goes on', async () => {
    const { clock, server, driver } = setUp(5, {
      fault: (roomId) =>
        roomId === '!room0' ? { answer: { kind: 'lost', message: '' }, actsAnyway: true } : null,
    })
    const works = server.joinedRooms.bind(server)
    const askedAt: number[] = []
    server.joinedRooms = async () => {
      askedAt.push(clock.now())
      return askedAt.length === 1 ? { ...refused(429, 'M_LIMIT_EXCEEDED', ''), retryAfter: 7_000 } : works()
    }
    await clock.runUntil(driver.run())
    expect(server.joined.size).toBe(5)
    expect(server.asked).toHaveLength(5)
    expect((askedAt[1] ?? 0) - (askedAt[0] ?? 0)).toBeGreaterThanOrEqual(7_000)
  })
})

describe('strange limits', () => {
  test.each([
    ['says nothing', null, 2_000],
    ['says zero', 0, 2_000],
    ['says less than nothing', -60_000, 2_000],
    ['says an hour', 3_600_000, 3_600_000],
  ])('whoever %s is asked again after a while, and no sooner', async (_name, retryAfter, least) => {
    const { clock, server, driver } = setUp(5, { fault: slips([2], retryAfter) })
    await clock.runUntil(driver.run())
    expect(server.joined.size).toBe(5)
    const counts = Object.values(Object.groupBy(server.asked, (each) => each.roomId))
    const refusedOne = counts.find((asked) => asked?.length === 2)
    expect((refusedOne?.[1]?.at ?? 0) - (refusedOne?.[0]?.at ?? 0)).toBeGreaterThanOrEqual(least)
    expect(clock.now()).toBeLessThan(4 * least + 40_000)
  })

  test('whoever refuses for good neither is hammered nor keeps anybody for ever from stopping', async () => {
    const { clock, server, driver } = setUp(5, { fault: () => slip(0) })
    void driver.run()
    await clock.runUntil(clock.sleep(600_000))
    expect(server.asked.length).toBeLessThan(310)
    await clock.runUntil(driver.pause())
    expect(driver.view.phase).toBe('paused')
  })
})
