import { Readable } from 'node:stream'
import { net, type IncomingMessage, type Session } from 'electron'
import type { Fetch } from '../../matrix/http/fetch.ts'

/** Statuses whose answers have no body (Fetch standard). */
const BODILESS = new Set([204, 205, 304])

/**
 * `fetch` by way of a session: its proxy, its certificates, and no cookies. As on Node, and unlike in Electron, an
 * answer that leads elsewhere is handed over where `redirect` is `manual`, so that the way can be looked at step by step.
 */
export function fetchOf(session: Session): Fetch {
  return (input, init) => {
    const url = input instanceof URL ? input.href : input
    if (init?.redirect === 'manual' && typeof url === 'string') return oneStep(session, url, init)
    return session.fetch(url, { ...init, credentials: 'omit' })
  }
}

function oneStep(session: Session, url: string, init: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { signal, method = 'GET', body } = init
    if (signal?.aborted) return reject(reasonOf(signal))
    const request = net.request({ url, method, session, redirect: 'manual', credentials: 'omit' })
    for (const [name, value] of new Headers(init.headers)) request.setHeader(name, value)
    signal?.addEventListener(
      'abort',
      () => {
        reject(reasonOf(signal))
        request.abort()
      },
      { once: true },
    )
    request.on('redirect', (status, _method, location) => {
      resolve(new Response(null, { status, headers: { location } }))
      request.abort()
    })
    request.on('response', (message) => resolve(responseOf(message)))
    request.on('error', reject)
    request.end(typeof body === 'string' ? body : undefined)
  })
}

function responseOf(message: IncomingMessage): Response {
  const headers = new Headers()
  for (const [name, values] of Object.entries(message.headers))
    for (const value of [values].flat()) headers.append(name, value)
  // What Electron hands over is a stream of Node's, also where its types don't say so.
  const body = BODILESS.has(message.statusCode) ? null : Readable.toWeb(message as unknown as Readable)
  return new Response(body, { status: message.statusCode, headers })
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError')
}
