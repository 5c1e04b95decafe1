import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fetch } from '../http/fetch.ts'

/** A real server on this computer that answers for every name, and the way to it. */
export interface NameServer {
  /** Sends `https://name/path` to the server, which reads the name in the Host header. */
  readonly fetch: Fetch
  readonly asked: readonly string[]
  readonly close: () => Promise<void>
}

/** Starts a server; `answer` is told the name and path that were asked for. A name that it throws for has nobody. */
export async function startNameServer(
  answer: (name: string, path: string, response: ServerResponse) => void,
): Promise<NameServer> {
  const asked: string[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const name = String(request.headers['x-name'])
    asked.push(`${name}${request.url}`)
    try {
      answer(name, request.url ?? '', response)
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const fetch: Fetch = (input, init) => {
    const { protocol, host, pathname, search } = new URL(String(input instanceof Request ? input.url : input))
    const headers = { ...(init?.headers as Record<string, string>), 'x-name': `${protocol}//${host}` }
    return globalThis.fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...init, headers })
  }
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { fetch, asked, close }
}
