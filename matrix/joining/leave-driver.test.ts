import { describe, expect, test } from 'vitest'
import type { JoinAnswer } from '../../core/joining/answer.ts'
import { leavingAfterRestart, planLeaving, type Leaving } from '../../core/joining/leaving.ts'
import type { LeaveRequests } from './account-requests.ts'
import { LeaveDriver } from './leave-driver.ts'
import { VirtualClock } from './testing/virtual-clock.ts'

const left: JoinAnswer = { kind: 'joined', roomId: '' }
const plan = planLeaving({ entries: [] }, { before: ['!mine'], replaced: ['!a', '!b', '!c'] })

function setUp(
  answer: (roomId: string, nth: number) => JoinAnswer,
  stillThere: ReadonlySet<string> = new Set(),
  leaving: Leaving = plan,
): { clock: VirtualClock; driver: LeaveDriver; asked: string[]; saved: Leaving[] } {
  const clock = new VirtualClock()
  const asked: string[] = []
  const saved: Leaving[] = []
  const requests: LeaveRequests = {
    async leave(roomId) {
      const nth = asked.filter((each) => each === roomId).length
      asked.push(roomId)
      await clock.sleep(20)
      return answer(roomId, nth)
    },
    stillThere: () => Promise.resolve(stillThere),
  }
  const driver = new LeaveDriver(leaving, {
    requests,
    now: clock.now,
    sleep: clock.sleep,
    save: (state) => saved.push(state),
    onChange: () => undefined,
  })
  return { clock, driver, asked, saved }
}

describe('leaving', () => {
  test('leaves one room after the other, each written down before it is asked for', async () => {
    const { clock, driver, asked, saved } = setUp(() => left)
    await clock.runUntil(driver.run())
    expect(asked).toEqual(['!a', '!b', '!c'])
    expect(driver.phase).toBe('finished')
    expect(saved.map(({ steps }) => steps.map((step) => step.status).join(' '))).toEqual([
      'queued queued queued',
      'asked queued queued',
      'left asked queued',
      'left left asked',
      'left left left',
    ])
  })

  test('stops when told to, and what is left stays left', async () => {
    const { clock, driver, asked } = setUp((roomId) => {
      if (roomId === '!b') void driver.cancel()
      return left
    })
    await clock.runUntil(driver.run())
    expect(asked).toEqual(['!a', '!b'])
    expect(driver.phase).toBe('cancelled')
    expect(driver.leaving.steps.map((step) => step.status)).toEqual(['left', 'left', 'queued'])
  })

  test('is stopped in the middle of a wait', async () => {
    const limited: JoinAnswer = {
      kind: 'refused',
      httpStatus: 429,
      errcode: null,
      message: '',
      retryAfter: 50_000,
    }
    const { clock, driver } = setUp(() => limited)
    const running = driver.run()
    void clock.sleep(1_000).then(() => driver.cancel())
    await clock.runUntil(running)
    expect(clock.now()).toBeLessThan(2_000)
    expect(driver.nextAt).toBeNull()
  })

  test('goes on after a stop where the journal stands', async () => {
    const { clock, driver, saved } = setUp(() => left)
    await clock.runUntil(driver.run())
    const middle = saved[2]
    if (middle === undefined) return expect.unreachable()
    const next = setUp(() => left, undefined, leavingAfterRestart(middle))
    await next.clock.runUntil(next.driver.run())
    // Whether the second went through isn't known, so it is asked for once more; the first is not.
    expect(next.asked).toEqual(['!b', '!c'])
  })

  test('a room that answers with errors only has been left if the account isn’t in it', async () => {
    const broken: JoinAnswer = {
      kind: 'refused',
      httpStatus: 500,
      errcode: 'M_UNKNOWN',
      message: '',
      retryAfter: null,
    }
    const { clock, driver } = setUp((roomId) => (roomId === '!c' ? left : broken), new Set(['!b']))
    await clock.runUntil(driver.run())
    expect(driver.leaving.steps.map((step) => step.status)).toEqual(['left', 'failed', 'left'])
  })

  test('stands still when the account may do nothing more', async () => {
    const locked: JoinAnswer = {
      kind: 'refused',
      httpStatus: 401,
      errcode: 'M_USER_LOCKED',
      message: '',
      retryAfter: null,
    }
    const { clock, driver, asked } = setUp(() => locked)
    await clock.runUntil(driver.run())
    expect(asked).toEqual(['!a'])
    expect(driver.phase).toBe('stopped')
  })
})
