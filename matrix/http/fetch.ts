import { alarm } from '../clock.ts'

/** The `fetch` that the environment hands in: Electron's session, Node's own, or one that goes through a proxy. */
export type Fetch = typeof globalThis.fetch

/** A request that got an HTTP answer, whatever its status. `body` is null where it wasn't JSON. */
export interface JsonAnswer {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

/** A request that got an HTTP answer of any kind. */
interface TextAnswer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

interface GetOptions {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Five million unless it is told. */
  readonly maxBytes?: number
}

// Summaries and discovery documents are small; whoever sends more is broken or hostile.
const MAX_BODY_BYTES = 5_000_000

/** The most that any answer may have. A list of thousands of rooms has under one megabyte. */
const MAX_ANSWER_BYTES = 10_000_000

/** Statuses whose answers have no body (Fetch standard). */
export const BODILESS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304])

/** The address of an endpoint. A homeserver's base URL may have a path of its own (spec v1.19, server discovery). */
export function endpoint(baseUrl: string, path: string): URL {
  return new URL(baseUrl.replace(/\/+$/, '') + path)
}

/**
 * GETs JSON without a token. Null where no answer came within `timeoutMs` or the connection failed;
 * rejects only when `signal` was aborted.
 */
export async function getJson(fetch: Fetch, url: URL, options: GetOptions = {}): Promise<JsonAnswer | null> {
  const answer = await getText(fetch, url, 'application/json', options)
  return answer && { status: answer.status, body: parseJson(answer.text), headers: answer.headers }
}

/** GETs a text of the type `accept` without a token; null and rejection as with `getJson`. */
export async function getText(
  fetch: Fetch,
  url: URL,
  accept: string,
  options: GetOptions = {},
): Promise<TextAnswer | null> {
  const answer = await getBoundedText(fetch, url, accept, options)
  return answer === 'tooLarge' ? null : answer
}

/** The same, but an answer of more than `maxBytes` is told apart from none. */
export async function getBoundedText(
  fetch: Fetch,
  url: URL,
  accept: string,
  options: GetOptions = {},
): Promise<TextAnswer | 'tooLarge' | null> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 10_000)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  try {
    const response = await fetch(url, {
      signal,
      headers: { accept },
      credentials: 'omit',
    })
    const text = await readBounded(response, options.maxBytes ?? MAX_BODY_BYTES)
    return { status: response.status, text, headers: response.headers }
  } catch (error) {
    if (options.signal?.aborted) throw error
    return error instanceof TooLarge ? 'tooLarge' : null
  }
}

class TooLarge extends TypeError {}

/**
 * The same `fetch`, but it resolves once the whole answer is there, and rejects for one of more than ten megabytes.
 * For matrix-js-sdk, whose time limit ends with an answer's head: a body that never ends would keep it for ever.
 */
export function wholeAnswers(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const { status, statusText, headers } = response
    const text = await readBounded(response, MAX_ANSWER_BYTES)
    return new Response(BODILESS.has(status) ? null : text, { status, statusText, headers })
  }
}

/**
 * The same `fetch`, given up after `ms` milliseconds. Once there is an answer nothing is left of the limit: that of
 * matrix-js-sdk runs on to its end, and thousands of joins would keep thousands of them.
 */
export function inTime(fetch: Fetch, ms: number): Fetch {
  return async (input, init) => {
    const limit = new AbortController()
    const callOff = alarm(ms, () => limit.abort(new DOMException('No answer in time', 'TimeoutError')))
    const outer = init?.signal
    const follow = (): void => limit.abort(outer?.reason)
    // Not AbortSignal.any: Node keeps what that makes for as long as the outer signal is there.
    if (outer?.aborted === true) follow()
    else outer?.addEventListener('abort', follow, { once: true })
    try {
      return await fetch(input, { ...init, signal: limit.signal })
    } finally {
      callOff()
      outer?.removeEventListener('abort', follow)
    }
  }
}

async function readBounded(response: Response, maxBytes: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(response, maxBytes))
}

/** The whole body. Rejects as soon as it has more than `maxBytes`. */
export async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return joined(chunks, size)
    size += value.byteLength
    if (size > maxBytes) {
      // Not waited for: whoever sends too much may also be slow to stop.
      reader.cancel().catch(() => undefined)
      throw new TooLarge('The answer is too large')
    }
    chunks.push(value)
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
