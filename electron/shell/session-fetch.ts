import { Readable } from 'node:stream'
import { net, type IncomingMessage, type Session } from 'electron'
import { BODILESS, type Fetch } from '../../matrix/http/fetch.ts'
import { following } from '../../matrix/http/redirects.ts'

/**
 * `fetch` by way of a session: its proxy, its certificates, and no cookies. As on Node, an answer that leads elsewhere is
 * handed over where `redirect` is `manual`, and otherwise followed on the web only.
 *
 * Not Electron's own `session.fetch`, which follows a server's redirect to a file of this computer (seen with Electron
 * 33), lets a header outside Latin-1 or a status of 999 end in an uncaught exception, takes half as much processor time
 * again, and leaves 12 kB behind for each joined room where this leaves 3.
 */
export function fetchOf(session: Session): Fetch {
  const step = following((input, init = {}) => ask(session, addressOf(input), init))
  return async (input, init = {}) => {
    const { body = null } = init
    return isPlain(body) && !(input instanceof Request)
      ? step(input, init)
      : step(addressOf(input), await plain(new Request(input, init), init))
  }
}

/** What Electron takes as a body. */
type PlainBody = string | Buffer | null

function isPlain(body: unknown): body is PlainBody {
  return body === null || typeof body === 'string' || Buffer.isBuffer(body)
}

async function plain(request: Request, init: RequestInit): Promise<RequestInit> {
  const { method, headers, signal } = request
  const bytes = Buffer.from(await request.arrayBuffer())
  return { ...init, method, headers, signal, body: bytes.length === 0 ? null : bytes }
}

function addressOf(input: Parameters<Fetch>[0]): string {
  if (typeof input === 'string') return input
  return input instanceof URL ? input.href : input.url
}

/** One request, one answer. */
function ask(session: Session, url: string, init: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { signal, method = 'GET', body = null } = init
    if (signal?.aborted) return reject(reasonOf(signal))
    const request = net.request({ url, method, session, redirect: 'manual', credentials: 'omit' })
    for (const [name, value] of new Headers(init.headers)) request.setHeader(name, value)
    const giveUp = (): void => {
      if (signal) reject(reasonOf(signal))
      request.abort()
    }
    signal?.addEventListener('abort', giveUp, { once: true })
    const done = (): void => signal?.removeEventListener('abort', giveUp)
    const fail = (error: unknown): void => {
      done()
      reject(error instanceof Error ? error : new TypeError(String(error)))
    }
    request.on('redirect', (status, _method, location) => {
      done()
      resolve(new Response(null, { status, headers: { location } }))
      request.abort()
    })
    request.on('response', (message) => {
      // Not the request's own end, which comes once it has gone out.
      streamOf(message).once('close', done)
      try {
        resolve(responseOf(message))
      } catch (error) {
        fail(error)
        request.abort()
      }
    })
    request.on('error', fail)
    request.end(isPlain(body) ? (body ?? undefined) : undefined)
  })
}

/** Throws for a status that there isn't. */
function responseOf(message: IncomingMessage): Response {
  const headers = new Headers()
  for (const [name, values] of Object.entries(message.headers)) {
    // A header is Latin-1 to the Fetch standard, and none that Foyer reads needs more.
    for (const value of [values].flat()) if (isLatin(value)) headers.append(name, value)
  }
  const body = BODILESS.has(message.statusCode) ? null : Readable.toWeb(streamOf(message))
  return new Response(body, { status: message.statusCode, headers })
}

function isLatin(text: string): boolean {
  return Buffer.from(text, 'latin1').toString('latin1') === text
}

/** What Electron hands over is a stream of Node's, also where its types don't say so. */
function streamOf(message: IncomingMessage): Readable {
  return message as unknown as Readable
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError')
}
