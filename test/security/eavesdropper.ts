import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this computer that a leaking page would reach, over TCP and UDP. */
export interface Eavesdropper {
  /** `127.0.0.1:<port>` over TCP. */
  readonly host: string
  /** The same over UDP. */
  readonly udpHost: string
  /** What arrived so far. */
  readonly heard: readonly string[]
  readonly close: () => void
}

/** Listens on free ports. Bare connections count too, as a connection alone tells that somebody is there. */
export async function eavesdrop(): Promise<Eavesdropper> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    response.end()
  }).on('connection', () => heard.push('a connection'))
  const datagrams = createSocket('udp4').on('message', () => heard.push('a datagram'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => datagrams.bind(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    udpHost: `127.0.0.1:${datagrams.address().port}`,
    heard,
    close: () => {
      server.close()
      datagrams.close()
    },
  }
}
