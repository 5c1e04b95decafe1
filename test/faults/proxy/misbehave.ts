import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Garbling, LimitShape, Misbehaviour } from './fault.ts'

/** What the homeserver answered. */
export interface ServerAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Null where the homeserver wasn't asked, or didn't answer. */
  readonly answer: ServerAnswer | null
  /** Where a redirect points. */
  readonly target: string
}

const HTML =
  '<!doctype html><html><head><title>Welcome</title></head><body><h1>Please sign in</h1></body></html>'
const HUGE_BYTES = 40_000_000
const DRIP_MS = 150

/** The whole body of a request or an answer. Rejects when the connection is lost before its end. */
export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Passes an answer on. Resolves once all of it is handed over; rejects when the client has gone. */
export function sendWhole(response: ServerResponse, { status, headers, body }: ServerAnswer): Promise<void> {
  return new Promise((resolve, reject) => {
    response.once('close', () => reject(new Error('The client has gone')))
    response.writeHead(status, plain(headers, body.length))
    response.end(body, resolve)
  })
}

/** The same answer with a header in UTF-8, as some servers send it; Node writes each character as a byte. */
export function withForeignHeader(answer: ServerAnswer): ServerAnswer {
  const name = Buffer.from('Grüße aus 東京').toString('latin1')
  return { ...answer, headers: { ...answer.headers, 'x-served-by': name } }
}

/** Does what the fault says, instead of passing the answer on. Resolves when that is done, or the client has gone. */
export async function answerAmiss(fault: Misbehaviour, exchange: Exchange): Promise<void> {
  const { request, response, answer, target } = exchange
  switch (fault.kind) {
    case 'status':
      return send(response, fault.status, pages[fault.page])
    case 'garbled':
      return send(response, 200, [
        fault.body === 'html' ? 'text/html' : JSON_TYPE,
        garbled(fault.body, answer),
      ])
    case 'limit':
      return limit(response, fault.says)
    case 'redirect':
      return void response.writeHead(fault.status, { location: target, 'content-length': 0 }).end()
    case 'tls':
      return void request.socket.destroy()
    case 'hang':
      // Nothing more: the client ends it.
      return
    case 'drop':
      if (fault.when !== 'midBody' || answer === null) return void request.socket.destroy()
      response.writeHead(answer.status, plain(answer.headers, answer.body.length))
      response.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)), () =>
        request.socket.destroy(),
      )
      return
    case 'drip':
      return drip(response, answer)
  }
}

const JSON_TYPE = 'application/json'

/** A type of content, and the text. */
type Page = readonly [type: string, text: string]

const pages: Readonly<Record<'html' | 'matrix' | 'dendrite' | 'nothing', Page>> = {
  html: ['text/html', HTML],
  matrix: [JSON_TYPE, JSON.stringify({ errcode: 'M_UNKNOWN', error: 'Internal server error' })],
  dendrite: [JSON_TYPE, '{"Err":""}'],
  nothing: ['text/plain', ''],
}

const limits: Readonly<Record<LimitShape, readonly [headers: Record<string, string>, body: object]>> = {
  seconds: [{ 'retry-after': '1' }, {}],
  date: [{}, {}],
  milliseconds: [{}, { retry_after_ms: 700 }],
  nothing: [{}, {}],
  zero: [{ 'retry-after': '0' }, { retry_after_ms: 0 }],
  negative: [{ 'retry-after': '-3' }, { retry_after_ms: -3_000 }],
  words: [{ 'retry-after': 'soon' }, { retry_after_ms: 'soon' }],
  hour: [{ 'retry-after': '3600' }, { retry_after_ms: 3_600_000 }],
  dendrite: [{}, { retry_after_ms: 500 }],
  html: [{ 'retry-after': '1' }, {}],
}

function limit(response: ServerResponse, says: LimitShape): void {
  const [headers, body] = limits[says]
  if (says === 'date') response.setHeader('retry-after', new Date(Date.now() + 2_000).toUTCString())
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (says === 'html') return send(response, 429, ['text/html', HTML])
  const text = JSON.stringify({ errcode: 'M_LIMIT_EXCEEDED', error: 'Too Many Requests', ...body })
  send(response, 429, [JSON_TYPE, text])
}

function garbled(how: Garbling, answer: ServerAnswer | null): string {
  const right = answer?.body.toString() ?? '{}'
  switch (how) {
    case 'truncated':
      return right.slice(0, Math.max(1, Math.floor(right.length * 0.6)))
    case 'huge':
      // Whitespace is allowed before JSON, so it would be the right answer for whoever reads all of it.
      return ' '.repeat(HUGE_BYTES) + right
    case 'html':
      return HTML
    case 'nothing':
      return ''
    case 'emptyObject':
      return '{}'
    case 'wrongTypes':
      return JSON.stringify(Object.fromEntries(FIELDS.map((name) => [name, { not: ['this'] }])))
    case 'list':
      return '[]'
    case 'null':
      return 'null'
  }
}

/** Fields of the answers that Foyer reads. */
const FIELDS = [
  'room_id',
  'joined_rooms',
  'access_token',
  'user_id',
  'device_id',
  'rooms',
  'servers',
  'versions',
  'm.homeserver',
  'replacement_room',
  'next_batch',
  'flows',
]

async function drip(response: ServerResponse, answer: ServerAnswer | null): Promise<void> {
  response.writeHead(answer?.status ?? 200, { 'content-type': JSON_TYPE })
  while (!response.destroyed) {
    response.write(' ')
    await new Promise((resolve) => setTimeout(resolve, DRIP_MS))
  }
}

function send(response: ServerResponse, status: number, [type, text]: Page): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text)
}

// The body is whole here, however it came.
function plain(headers: IncomingHttpHeaders, length: number): IncomingHttpHeaders {
  const { 'transfer-encoding': _, connection: __, ...others } = headers
  return { ...others, 'content-length': String(length) }
}
