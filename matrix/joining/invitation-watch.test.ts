import { describe, expect, test } from 'vitest'
import type { AskInvitations, Invitations } from './account-requests.ts'
import { watchInvitations } from './invitation-watch.ts'
import { VirtualClock } from './testing/virtual-clock.ts'

type Answer = Awaited<ReturnType<AskInvitations>>
const told = (next: string, ...invited: string[]): Invitations => ({
  invited: new Set(invited),
  knocked: new Set(),
  next,
})

/** Watches until the answers are used up. Each takes its time, as a question that is kept open does. */
async function watch(
  answers: readonly { readonly answer: Answer; readonly after: number }[],
): Promise<{ invited: string[]; asked: { since: string | null; at: number }[] }> {
  const clock = new VirtualClock()
  const end = new AbortController()
  const asked: { since: string | null; at: number }[] = []
  const invited: string[] = []
  await clock.runUntil(
    watchInvitations(
      {
        now: clock.now,
        sleep: clock.sleep,
        roomIds: () => ['!a'],
        onInvited: (roomIds) => invited.push(...roomIds),
        ask: async (since) => {
          const next = answers[asked.length]
          asked.push({ since, at: clock.now() })
          if (next === undefined) {
            end.abort()
            return told('')
          }
          await clock.sleep(next.after)
          return next.answer
        },
      },
      end.signal,
    ),
  )
  return { invited, asked }
}

describe('watching for invitations', () => {
  test('goes on from answer to answer, also with what was there before', async () => {
    const { invited, asked } = await watch([
      { answer: told('one', '!a'), after: 10 },
      { answer: told('two'), after: 30_000 },
      { answer: told('three', '!b'), after: 12_000 },
    ])
    expect(invited).toEqual(['!a', '!b'])
    expect(asked.map(({ since }) => since)).toEqual([null, 'one', 'two', 'three'])
  })

  test('never asks more than once in five seconds, whatever the server answers', async () => {
    const { asked } = await watch(
      Array.from({ length: 20 }, (_, nth) => ({ answer: told(String(nth)), after: 0 })),
    )
    expect(asked.map(({ at }) => at)).toEqual(Array.from({ length: 21 }, (_, nth) => nth * 5_000))
  })

  test('waits longer and longer where nobody answers, and as long as it is told', async () => {
    const lost = { answer: { kind: 'lost', message: '' } as const, after: 0 }
    const { asked } = await watch([lost, lost, lost, lost, lost, lost, lost])
    expect(asked.map(({ at }) => at / 1_000)).toEqual([0, 5, 15, 35, 75, 155, 275, 395])
    const limited = {
      kind: 'refused',
      httpStatus: 429,
      errcode: null,
      message: '',
      retryAfter: 90_000,
    } as const
    const refused = await watch([{ answer: limited, after: 0 }])
    expect(refused.asked[1]?.at).toBe(90_000)
  })

  test('ends with the session', async () => {
    const dead = {
      kind: 'refused',
      httpStatus: 401,
      errcode: 'M_UNKNOWN_TOKEN',
      message: '',
      retryAfter: null,
    } as const
    const { asked } = await watch([{ answer: dead, after: 0 }])
    expect(asked).toHaveLength(1)
  })
})
