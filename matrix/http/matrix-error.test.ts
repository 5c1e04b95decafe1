import { ConnectionError, HTTPError, MatrixError } from 'matrix-js-sdk'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { anonymousClient } from '../client.ts'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { failureOf, refusalOf } from './matrix-error.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 12, 0, 0), toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('how long to wait', () => {
  test.each([
    [{ retry_after_ms: 1500 }, '2', 1500],
    [{ retry_after_ms: 0 }, '2', 0],
    [{}, '2', 2_000],
    [{}, '1.5', 1_500],
    [{}, 'Sat, 21 Nov 2026 12:01:00 GMT', 60_000],
    [{}, 'Sat, 21 Nov 2026 11:59:00 GMT', -60_000],
    [{}, 'soon', null],
    [{}, '', null],
    [{}, null, null],
    [{ retry_after_ms: 'soon' }, '3', 3_000],
    [{ retry_after_ms: null }, null, null],
  ])('%j with the header %j: %j', (body, header, expected) => {
    const headers = new Headers(header === null ? {} : { 'Retry-After': header })
    const error = new MatrixError(
      { errcode: 'M_LIMIT_EXCEEDED', ...body },
      429,
      undefined,
      undefined,
      headers,
    )
    expect(failureOf(error).retryAfter).toBe(expected)
  })

  test('until a moment on the server’s clock, however wrong ours is', () => {
    const headers = new Headers({
      'Retry-After': 'Sun, 22 Nov 2026 18:01:00 GMT',
      Date: 'Sun, 22 Nov 2026 18:00:30 GMT',
    })
    const error = new HTTPError('Server returned 429 error', 429, headers)
    expect(failureOf(error).retryAfter).toBe(30_000)
  })

  test('also without a body', () => {
    const error = new HTTPError('Server returned 429 error', 429, new Headers({ 'Retry-After': '7' }))
    expect(failureOf(error)).toMatchObject({ httpStatus: 429, errcode: null, retryAfter: 7_000 })
  })
})

describe('no answer', () => {
  test.each([
    ['the library', new ConnectionError('fetch failed', new Error('x'))],
    ['Electron', new Error('net::ERR_INTERNET_DISCONNECTED')],
    ['Electron, of a tunnel', new Error('net::ERR_TUNNEL_CONNECTION_FAILED')],
    ['undici', new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })],
    ['an aborted request', new DOMException('This operation was aborted', 'AbortError')],
    ['a time-out', new DOMException('The operation timed out', 'TimeoutError')],
    ['half a JSON document', new SyntaxError('Unexpected end of JSON input')],
  ])('%s', (_name, error) => {
    expect(failureOf(error)).toMatchObject({ httpStatus: null, errcode: null, retryAfter: null })
    expect(refusalOf(error).kind).toBe('lost')
  })
})

describe('an answer', () => {
  test('with flows of user-interactive authentication', () => {
    const error = new MatrixError({ errcode: 'M_X', error: 'no', flows: [] }, 401)
    expect(failureOf(error)).toMatchObject({
      httpStatus: 401,
      errcode: 'M_X',
      message: 'no',
      data: { flows: [] },
    })
  })

  test('whose words are no text', () => {
    const error = new MatrixError({ errcode: 'M_X', error: { en: 'no' } as unknown as string }, 400)
    expect(failureOf(error).message).toBe('')
  })

  test('as a refusal', () => {
    expect(refusalOf(new MatrixError({ errcode: 'M_FORBIDDEN', error: 'no' }, 403))).toEqual({
      kind: 'refused',
      httpStatus: 403,
      errcode: 'M_FORBIDDEN',
      message: 'no',
      retryAfter: null,
    })
  })
})

test('anything else is a bug of ours', () => {
  const bug = new RangeError('Invalid array length')
  expect(() => failureOf(bug)).toThrow(bug)
  expect(() => failureOf('text')).toThrow('text')
})

describe('through the library', () => {
  test.each([
    [
      'HTML instead of JSON',
      new Response('<h1>502</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
      502,
      null,
    ],
    ['Dendrite', json({ Err: '' }, 500), 500, null],
    ['an empty body', new Response('', { status: 504 }), 504, null],
    ['a Matrix error', json({ errcode: 'M_NOT_FOUND', error: '' }, 404), 404, 'M_NOT_FOUND'],
    [
      'a strange Content-Type',
      new Response('x', { status: 500, headers: { 'content-type': ';;;' } }),
      500,
      null,
    ],
    [
      'JSON that is none',
      new Response('{', { status: 500, headers: { 'content-type': 'application/json' } }),
      null,
      null,
    ],
  ])('%s', async (_name, response, httpStatus, errcode) => {
    const client = anonymousClient('https://x.example', scripted(() => response).fetch)
    const error = await client.loginFlows().catch((reason: unknown) => reason)
    expect(failureOf(error)).toMatchObject({ httpStatus, errcode })
  })
})
