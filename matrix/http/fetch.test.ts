import { getEventListeners } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { inTime, wholeAnswers, type Fetch } from './fetch.ts'

const answering =
  (response: Response): Fetch =>
  () =>
    Promise.resolve(response)

describe('a whole answer', () => {
  test('keeps its status, headers and text', async () => {
    const headers = { 'retry-after': '3', 'content-type': 'application/json' }
    const answer = await wholeAnswers(answering(new Response('{"a":"ä"}', { status: 429, headers })))('x')
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
      429,
      '3',
      { a: 'ä' },
    ])
  })

  test('may have no body', async () => {
    const answer = await wholeAnswers(answering(new Response(null, { status: 204 })))('x')
    expect([answer.status, await answer.text()]).toEqual([204, ''])
  })

  test('is not there before its body is', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => stream.error(new TypeError('terminated')),
    })
    await expect(wholeAnswers(answering(new Response(body)))('x')).rejects.toThrow('terminated')
  })

  test('has an end', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(stream) {
        sent += 1_000_000
        stream.enqueue(new Uint8Array(1_000_000))
      },
    })
    await expect(wholeAnswers(answering(new Response(body)))('x')).rejects.toThrow('too large')
    expect(sent).toBeLessThan(15_000_000)
  })
})

describe('a request with a time limit', () => {
  const hanging: Fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
    })

  test('is given up when no answer comes', async () => {
    await expect(inTime(hanging, 5)('x')).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('is given up by whoever asked, too', async () => {
    const asker = new AbortController()
    const answer = inTime(hanging, 60_000)('x', { signal: asker.signal })
    asker.abort()
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('leaves no timer behind once it is answered', async () => {
    vi.useFakeTimers()
    try {
      const answer = await inTime(() => Promise.resolve(new Response('{}')), 60_000)('x')
      expect(await answer.json()).toEqual({})
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('leaves nothing at the signal of whoever asked', async () => {
    const asker = new AbortController()
    const used: AbortSignal[] = []
    const answers: Fetch = (_, init) => {
      if (init?.signal) used.push(init.signal)
      return Promise.resolve(new Response('{}'))
    }
    await inTime(answers, 60_000)('x', { signal: asker.signal })
    expect(getEventListeners(asker.signal, 'abort')).toEqual([])
    asker.abort()
    expect(used.map(({ aborted }) => aborted)).toEqual([false])
  })

  test('knows that whoever asks has given up before', async () => {
    const gaveUp = inTime(async (_, init) => {
      init?.signal?.throwIfAborted()
      return new Response('{}')
    }, 60_000)
    await expect(gaveUp('x', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  })
})
