import { describe, expect, test } from 'vitest'
import type { JoinAnswer } from '../../core/joining/answer.ts'
import type { QuietKind, QuietStart } from '../../core/joining/quiet.ts'
import type { Entered } from '../../core/joining/entered.ts'
import type { JoinQueue, QueueEntry } from '../../core/joining/queue.ts'
import { entry } from '../../core/testing/queue.ts'
import type { QuietRequests, RuleEffect } from './account-requests.ts'
import { QuietDriver } from './quiet-driver.ts'
import { VirtualClock } from './testing/virtual-clock.ts'

const entered = { before: [], replaced: [] }
const wanted: QuietStart = { isWanted: true, marks: [] }

/** An account whose rules can be looked at. `answer` says what goes wrong with a request, if anything. */
class Account implements QuietRequests {
  readonly kept = new Map<string, RuleEffect | 'set'>()
  readonly asked: string[] = []
  readonly at: number[] = []
  readonly #clock: VirtualClock
  readonly #answer: (name: string, nth: number) => JoinAnswer | null

  constructor(clock: VirtualClock, answer: (name: string, nth: number) => JoinAnswer | null = () => null) {
    this.#clock = clock
    this.#answer = answer
  }

  async rules(): ReturnType<QuietRequests['rules']> {
    const refused = await this.#ask('rules')
    if (refused !== null && refused.kind !== 'joined') return refused
    return new Map([...this.kept].flatMap(([key, effect]) => (effect === 'set' ? [] : [[key, effect]])))
  }

  async isFree(kind: QuietKind, roomId: string): Promise<boolean> {
    await this.#ask(`look ${kind}`)
    return !this.kept.has(`${kind} ${roomId}`)
  }

  async set(kind: QuietKind, roomId: string): Promise<JoinAnswer> {
    const refused = await this.#ask(`set ${roomId}`)
    if (refused !== null) return refused
    this.kept.set(kind === 'rule' ? roomId : `${kind} ${roomId}`, kind === 'rule' ? 'mentions' : 'set')
    return { kind: 'joined', roomId }
  }

  async remove(kind: QuietKind, roomId: string): Promise<JoinAnswer> {
    await this.#ask(`remove ${roomId}`)
    this.kept.delete(kind === 'rule' ? roomId : `${kind} ${roomId}`)
    return { kind: 'joined', roomId }
  }

  async #ask(name: string): Promise<JoinAnswer | null> {
    const nth = this.asked.filter((each) => each === name).length
    this.asked.push(name)
    this.at.push(this.#clock.now())
    await this.#clock.sleep(5)
    return this.#answer(name, nth)
  }
}

const joined = (...roomIds: string[]): QueueEntry[] =>
  roomIds.map((roomId) => entry(roomId, { roomId, status: 'joined', tries: 1 }))
const limited = (retryAfter: number): JoinAnswer => ({
  kind: 'refused',
  httpStatus: 429,
  errcode: 'M_LIMIT_EXCEEDED',
  message: '',
  retryAfter,
})

function setUp(
  entries: readonly QueueEntry[],
  answer?: ConstructorParameters<typeof Account>[1],
  quiet: QuietStart = wanted,
): { clock: VirtualClock; account: Account; driver: QuietDriver; saved: QuietStart[] } {
  const clock = new VirtualClock()
  const account = new Account(clock, answer)
  const saved: QuietStart[] = []
  const driver = new QuietDriver(
    quiet,
    { queue: { entries }, entered },
    {
      requests: account,
      now: clock.now,
      sleep: clock.sleep,
      save: (state) => saved.push(state),
      onChange: () => undefined,
    },
  )
  return { clock, account, driver, saved }
}

describe('a quiet start', () => {
  test('reads what is there, leaves it alone, and announces rules before they go out', async () => {
    const entries = joined('!a', '!b', '!c')
    const { clock, account, driver, saved } = setUp(entries)
    account.kept.set('!b', 'other')
    driver.follow({ queue: { entries }, entered }, true)
    await clock.runUntil(driver.settled())
    expect(account.asked).toEqual(['rules', 'set !a', 'set !c'])
    expect(driver.quiet.marks.map(({ roomId, status }) => [roomId, status])).toEqual([
      ['!a', 'set'],
      ['!c', 'set'],
      ['!b', 'theirs'],
    ])
    // One line in the journal for all of them, and one at the end.
    expect(saved).toHaveLength(2)
    expect(saved[0]?.marks.map(({ roomId, status }) => [roomId, status])).toEqual([
      ['!a', 'asked'],
      ['!c', 'asked'],
    ])
  })

  test('what was asked for before a stop is set, unless the newcomer has set something else since', async () => {
    const entries = joined('!a', '!b')
    const quiet: QuietStart = {
      isWanted: true,
      marks: ['!a', '!b'].map((roomId) => ({ kind: 'rule', roomId, status: 'asked' })),
    }
    const { clock, account, driver } = setUp(entries, undefined, quiet)
    account.kept.set('!a', 'mentions').set('!b', 'other')
    driver.follow({ queue: { entries }, entered }, true)
    await clock.runUntil(driver.settled())
    expect(account.kept.get('!b')).toBe('other')
    driver.turn(false)
    await clock.runUntil(driver.settled())
    expect([...account.kept]).toEqual([['!b', 'other']])
  })

  test('a rule that the newcomer has changed since is not taken back', async () => {
    const entries = joined('!a', '!b')
    const { clock, account, driver } = setUp(entries)
    driver.follow({ queue: { entries }, entered }, true)
    await clock.runUntil(driver.settled())
    account.kept.set('!a', 'other')
    driver.turn(false)
    expect(driver.isBusy).toBe(true)
    await clock.runUntil(driver.settled())
    expect([...account.kept]).toEqual([['!a', 'other']])
    expect(driver.isBusy).toBe(false)
    expect(driver.hasFailed).toBe(false)
  })

  test('one refusal by a limit, and everything else comes after the last room', async () => {
    const queued = entry('!late', { roomId: '!late' })
    const during = [...joined('!a', '!b'), queued]
    const { clock, account, driver } = setUp(during, (name, nth) =>
      name === 'set !a' && nth === 0 ? limited(60) : null,
    )
    driver.follow({ queue: { entries: during }, entered }, true)
    void clock
      .sleep(90_000)
      .then(() => driver.follow({ queue: { entries: joined('!a', '!b', '!late') }, entered }, true))
    await clock.runUntil(driver.settled())
    expect(account.asked).toEqual(['rules', 'set !a', 'set !a', 'set !b', 'set !late'])
    expect(account.at[2]).toBeGreaterThanOrEqual(90_000)
  })

  test.each([
    [
      'a server that has no such thing',
      { kind: 'refused', httpStatus: 404, errcode: null, message: '', retryAfter: null },
      1,
    ],
    [
      'a token that is dead',
      { kind: 'refused', httpStatus: 401, errcode: 'M_UNKNOWN_TOKEN', message: '', retryAfter: null },
      1,
    ],
    ['no answer', { kind: 'lost', message: '' }, 4],
  ] as const)('%s ends it, and it says so', async (_name, answer, times) => {
    const entries = joined('!a')
    const { clock, account, driver } = setUp(entries, () => answer)
    driver.follow({ queue: { entries }, entered }, true)
    await clock.runUntil(driver.settled())
    expect(account.asked).toHaveLength(times)
    expect(driver.isBusy).toBe(false)
    expect(driver.hasFailed).toBe(true)
  })

  test('a room that is refused for good doesn’t hold up the others', async () => {
    const entries = joined('!a', '!b')
    const { clock, account, driver } = setUp(entries, (name) =>
      name === 'set !a'
        ? { kind: 'refused', httpStatus: 400, errcode: null, message: '', retryAfter: null }
        : null,
    )
    driver.follow({ queue: { entries }, entered }, true)
    await clock.runUntil(driver.settled())
    expect([...account.kept.keys()]).toEqual(['!b'])
    expect(driver.hasFailed).toBe(true)
  })

  test('a full disk ends it before anything goes out unwritten, and nothing else', async () => {
    const entries = joined('!a', '!b')
    const { clock, account } = setUp(entries)
    const driver = new QuietDriver(
      wanted,
      { queue: { entries }, entered },
      {
        requests: account,
        now: clock.now,
        sleep: clock.sleep,
        save: () => {
          throw new Error('ENOSPC')
        },
        onChange: () => undefined,
      },
    )
    driver.follow({ queue: { entries }, entered }, true)
    await clock.runUntil(driver.settled())
    expect(account.asked).toEqual(['rules'])
    expect(driver.isBusy).toBe(false)
    expect(driver.hasFailed).toBe(true)
  })

  test('nothing goes out while joining is paused', async () => {
    const entries = joined('!a', '!b')
    const { clock, account, driver } = setUp(entries)
    driver.follow({ queue: { entries }, entered }, false)
    await clock.runUntil(driver.settled())
    expect(account.asked).toEqual([])
  })

  // A join's answer may come at any moment, also right after the last rule was set.
  test.each(Array.from({ length: 16 }, (_, moments) => moments))(
    'a room that comes %i moments after the last rule is not forgotten',
    async (moments) => {
      const clock = new VirtualClock()
      const account = new Account(clock)
      const view = (...roomIds: string[]): { queue: JoinQueue; entered: Entered } => ({
        queue: { entries: joined(...roomIds) },
        entered,
      })
      let isComing = false
      const comes = async (): Promise<void> => {
        for (let moment = 0; moment < moments; moment += 1) await Promise.resolve()
        driver.follow(view('!a', '!b'), true)
      }
      const driver = new QuietDriver(wanted, view('!a'), {
        requests: account,
        now: clock.now,
        sleep: clock.sleep,
        save: () => undefined,
        onChange: () => {
          if (isComing) return
          isComing = true
          void comes()
        },
      })
      driver.follow(view('!a'), true)
      await clock.runUntil(clock.sleep(1_000))
      expect(account.asked.filter((each) => each.startsWith('set'))).toEqual(['set !a', 'set !b'])
      expect(driver.isBusy).toBe(false)
    },
  )
})
