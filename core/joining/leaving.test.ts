import { describe, expect, test } from 'vitest'
import { entry } from '../testing/queue.ts'
import type { JoinAnswer } from './answer.ts'
import { roomsEntered, withReplaced } from './entered.ts'
import {
  enteredAfterLeaving,
  leavingAfterRestart,
  nextLeave,
  planLeaving,
  queueAfterLeaving,
  withLeaveAnswer,
  withLeaveAsked,
  withStillThere,
  type Leaving,
} from './leaving.ts'

const queue = {
  entries: [
    entry('#space', { roomId: '!space', status: 'joined' }),
    entry('#a:x', { roomId: '!a', status: 'joined' }),
    entry('#old:x', { roomId: '!old', status: 'joined' }),
    entry('#knock:x', { roomId: '!knock', status: 'asked' }),
    entry('#lost:x', { roomId: '!lost', status: 'arriving' }),
    entry('#queued:x', { roomId: '!queued' }),
  ],
}
const entered = { before: ['!old'], replaced: ['!replaced'] }
const left: JoinAnswer = { kind: 'joined', roomId: '' }
const refused = (httpStatus: number, retryAfter: number | null = null): JoinAnswer => ({
  kind: 'refused',
  httpStatus,
  errcode: null,
  message: '',
  retryAfter,
})

describe('which rooms', () => {
  test('what this pass joined, replaced or lost or knocked at, the space last, never those of before', () => {
    const { steps } = planLeaving(queue, entered)
    expect(steps.map((step) => step.roomId)).toEqual(['!replaced', '!a', '!knock', '!lost', '!space'])
  })

  test('none where it was never known which rooms are the newcomer’s', () => {
    expect(planLeaving(queue, { before: null, replaced: [] }).steps).toEqual([])
  })

  test('rooms count as this pass’s once joined, unless the newcomer was in them', () => {
    expect(roomsEntered({ before: ['!old'], replaced: [] }, queue)).toEqual(['!space', '!a'])
    expect(roomsEntered({ before: null, replaced: [] }, queue)).toEqual([])
  })

  test('a room whose entry went on to another one is remembered', () => {
    const moved = (entries: typeof queue.entries): typeof queue.entries =>
      entries.map((each) =>
        each.roomId === '!a' || each.roomId === '!old' ? { ...each, roomId: '!new' } : each,
      )
    const after = withReplaced(entered, queue, { entries: moved(queue.entries) })
    expect(after.replaced).toEqual(['!replaced', '!a'])
    expect(withReplaced(entered, queue, { entries: [...queue.entries] })).toBe(entered)
  })
})

describe('how fast', () => {
  // A bucket of three that leaks one each 5 s, as Synapse counts messages; it says exactly how long to wait.
  test('after two refusals no request goes out before its time', () => {
    const rooms = Array.from({ length: 12 }, (_, index) => `!${index}`)
    let leaving = planLeaving({ entries: [] }, { before: [], replaced: rooms })
    let now = 0
    let level = 0
    let at = 0
    let refusals = 0
    for (;;) {
      const action = nextLeave(leaving, now)
      if (action.kind === 'finished') break
      if (action.kind === 'wait') {
        now = action.until
        continue
      }
      leaving = withLeaveAsked(leaving, action.roomId)
      level = Math.max(0, level - (now - at) / 5_000)
      at = now
      const isFull = level > 2
      if (isFull) refusals += 1
      else level += 1
      const answer = isFull ? refused(429, (level - 2) * 5_000) : left
      now += 40
      leaving = withLeaveAnswer(leaving, action.roomId, answer, now)
    }
    expect(leaving.steps.every((step) => step.status === 'left')).toBe(true)
    expect(refusals).toBeLessThanOrEqual(2)
    // Nine rooms beyond the burst take nine intervals, and not much more.
    expect(now).toBeLessThan(9 * 5_000 * 1.05)
  })

  test('goes on at once where nothing limits it', () => {
    const plan = planLeaving(queue, entered)
    const one = withLeaveAnswer(withLeaveAsked(plan, '!replaced'), '!replaced', left, 500)
    expect(nextLeave(one, 500)).toEqual({ kind: 'leave', roomId: '!a' })
  })
})

describe('answers', () => {
  const plan = planLeaving({ entries: [] }, { before: [], replaced: ['!a'] })
  const answered = (leaving: Leaving, answer: JoinAnswer): Leaving =>
    withLeaveAnswer(withLeaveAsked(leaving, '!a'), '!a', answer, 0)

  test.each([
    ['a yes', left, 'left'],
    ['not in the room', refused(403), 'left'],
    ['no such room', refused(404), 'left'],
    ['a refusal by the limit', refused(429, 1_000), 'queued'],
    ['an error', refused(500), 'asked'],
    ['no answer', { kind: 'lost', message: '' } as const, 'asked'],
  ] as const)('%s: %#', (_name, answer, status) => {
    expect(answered(plan, answer).steps[0]?.status).toBe(status)
  })

  test('whoever never answers is given up, unless the account turns out not to be there', () => {
    let leaving = plan
    for (let tries = 0; tries < 5; tries += 1) leaving = answered(leaving, refused(500))
    expect(leaving.steps[0]?.status).toBe('failed')
    expect(nextLeave(leaving, 0)).toEqual({ kind: 'finished' })
    expect(withStillThere(leaving, new Set(['!a']))).toEqual(leaving)
    expect(withStillThere(leaving, new Set()).steps[0]?.status).toBe('left')
    expect(leavingAfterRestart(leaving).steps[0]).toMatchObject({ status: 'queued', tries: 0 })
  })
})

test('rooms that were left may be joined again, and are no longer this pass’s', () => {
  const plan = planLeaving(queue, entered)
  const leaving = withLeaveAnswer(withLeaveAsked(plan, '!a'), '!a', left, 0)
  expect(queueAfterLeaving(queue, leaving).entries.map((each) => each.reason)).toEqual([
    null,
    'left',
    null,
    null,
    null,
    null,
  ])
  expect(enteredAfterLeaving(entered, leaving)).toEqual(entered)
  const replaced = withLeaveAnswer(withLeaveAsked(plan, '!replaced'), '!replaced', left, 0)
  expect(enteredAfterLeaving(entered, replaced).replaced).toEqual([])
})
