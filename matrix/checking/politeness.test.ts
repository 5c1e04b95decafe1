import { describe, expect, test } from 'vitest'
import { getJson } from '../http/fetch.ts'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { Politeness } from './politeness.ts'

const BASE = 'https://one.example'
const { signal } = new AbortController()

/** Politeness on a clock that waiting moves. */
function polite(answer: Parameters<typeof scripted>[0]): {
  politeness: Politeness
  waits: number[]
  asked: number[]
} {
  let now = 0
  const waits: number[] = []
  const asked: number[] = []
  const { fetch } = scripted((request, nth) => {
    asked.push(now)
    return answer(request, nth)
  })
  const politeness = new Politeness(
    fetch,
    () => now,
    async (ms) => {
      waits.push(ms)
      now += ms
    },
  )
  return { politeness, waits, asked }
}

function question(politeness: Politeness, base = BASE): () => Promise<string | null> {
  return async () => {
    const answer = await getJson(politeness.fetch, new URL(`${base}/x`))
    return answer?.status === 200 ? 'answered' : null
  }
}

const tooFast = (seconds: string): Response =>
  json({ errcode: 'M_LIMIT_EXCEEDED' }, 429, { 'retry-after': seconds })

describe('politeness', () => {
  test('a refusal is waited out, and the question asked again', async () => {
    const { politeness, waits } = polite((_, nth) => (nth === 0 ? tooFast('7') : json({})))
    expect(await politeness.ask(BASE, signal, question(politeness))).toEqual({
      value: 'answered',
      isLimited: false,
    })
    expect(waits).toEqual([7_000])
  })

  test('the next question to that host waits too, one to another doesn’t', async () => {
    const { politeness, asked } = polite(({ url }, nth) =>
      url.host === 'one.example' && nth < 3 ? tooFast('9') : json({}),
    )
    expect(await politeness.ask(BASE, signal, question(politeness))).toEqual({ value: null, isLimited: true })
    const other = 'https://two.example'
    expect(await politeness.ask(other, signal, question(politeness, other))).toMatchObject({
      value: 'answered',
    })
    expect(asked).toEqual([0, 9_000, 18_000, 18_000])
    await politeness.ask(BASE, signal, question(politeness))
    expect(asked.at(-1)).toBe(27_000)
  })

  test('an answer that is no refusal isn’t asked for again, and an hour isn’t waited for', async () => {
    const plain = polite(() => json({}, 404))
    expect(await plain.politeness.ask(BASE, signal, question(plain.politeness))).toEqual({
      value: null,
      isLimited: false,
    })
    expect(plain.asked).toHaveLength(1)
    const long = polite(() => tooFast('3600'))
    await long.politeness.ask(BASE, signal, question(long.politeness))
    expect(long.waits).toEqual([20_000, 20_000])
  })
})
