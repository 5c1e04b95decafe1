import { expect, test } from 'vitest'
import { MatrixError } from 'matrix-js-sdk'
import { Tempo } from './tempo.ts'

const never = (): Promise<never> => new Promise(() => undefined)

test('a request under way is not waited for when nobody wants its answer any more', async () => {
  const stop = new AbortController()
  const answer = new Tempo({ sleep: never, signal: stop.signal }).ask(never)
  stop.abort()
  expect(await answer).toBeNull()
})

test('one that fails afterwards troubles nobody', async () => {
  const stop = new AbortController()
  let fail: (error: Error) => void = () => undefined
  const answer = new Tempo({ sleep: never, signal: stop.signal }).ask(
    () => new Promise((_, reject) => (fail = reject)),
  )
  stop.abort()
  expect(await answer).toBeNull()
  fail(new Error('too late'))
})

test('answers come, refusals for haste are waited out, and others are none', async () => {
  const slept: number[] = []
  const sleep = (ms: number): Promise<void> => {
    slept.push(ms)
    return Promise.resolve()
  }
  const { signal } = new AbortController()
  const answers = [new MatrixError({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 700 }, 429), 'yes']
  const tempo = new Tempo({ sleep, signal })
  const next = async (): Promise<unknown> => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer
  }
  expect(await tempo.ask(next)).toBe('yes')
  expect(slept).toEqual([700])
  expect(await tempo.ask(() => Promise.reject(new MatrixError({ errcode: 'M_FORBIDDEN' }, 403)))).toBeNull()
})
