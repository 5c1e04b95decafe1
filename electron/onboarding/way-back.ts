import { createServer, type Server } from 'node:http'
import { callbackHeaders, callbackPage, type CallbackOutcome } from './callback-page.ts'

/** A door on this computer through which the browser comes back (RFC 8252 section 7.3). */
export interface WayBack {
  /** Where a page has to send the browser. */
  readonly redirectUri: string
  /** The address with which the browser comes back with this `state`; null when `signal` ends it first. */
  readonly arrival: (state: string, signal: AbortSignal) => Promise<URL | null>
  /** Nothing is taken in any more; for a moment latecomers still read why. */
  readonly close: () => void
}

/** How long a second callback, or a page that is reloaded, still gets its sentence. */
const LINGER_MS = 10_000
const LOOPBACKS = ['127.0.0.1', '::1']

/**
 * Opens the door on a free port of 127.0.0.1, or of [::1] where that can't be had; null where neither can. What comes
 * for another state is told so and changes nothing: anybody on this computer may knock.
 */
export async function openWayBack(
  listen: (server: Server, host: string) => Promise<number> = listenOn,
): Promise<WayBack | null> {
  let expected: { readonly state: string; readonly arrive: (url: URL) => void } | null = null
  let seen: string | null = null
  let origin = ''

  const take = (url: URL): CallbackOutcome => {
    const state = url.searchParams.get('state')
    if (state !== null && state === seen) return 'again'
    if (expected === null || state !== expected.state) return 'old'
    seen = state
    expected.arrive(url)
    expected = null
    return url.searchParams.has('error') ? 'denied' : 'done'
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin)
    // A page elsewhere that has its name point here must find nothing.
    if (
      `http://${request.headers.host}` !== origin ||
      request.method !== 'GET' ||
      url.pathname !== '/callback'
    ) {
      response.writeHead(404, { connection: 'close' }).end()
      return
    }
    response.writeHead(200, callbackHeaders).end(callbackPage(take(url)))
  })
  for (const host of LOOPBACKS) {
    const port = await listen(server, host).catch(() => null)
    if (port === null) continue
    origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    return {
      redirectUri: `${origin}/callback`,
      arrival: (state, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(null), { once: true })
          if (signal.aborted) return resolve(null)
          expected = { state, arrive: resolve }
        }),
      close() {
        expected = null
        setTimeout(() => {
          server.close()
          server.closeAllConnections()
        }, LINGER_MS).unref()
        server.unref()
      },
    }
  }
  return null
}

function listenOn(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no port'))
      else resolve(address.port)
    })
  })
}
