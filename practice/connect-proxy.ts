import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { claimPorts, portOf } from './free-ports.ts'

/** The only way into the world and the only way out of its servers. */
export type ConnectProxy = {
  readonly port: number
  /** Loopback ports that no other world takes while the proxy runs. */
  readonly claimedPorts: readonly number[]
  /** Sets where a server listens; until then it is refused. */
  readonly setPort: (name: string, port: number) => void
  /** Cuts a server off in both directions, open connections included, or lets it back. */
  readonly setReachable: (name: string, isReachable: boolean) => void
  readonly close: () => Promise<void>
}

type Tunnel = { readonly to: string; readonly from: string | undefined; readonly ends: readonly Duplex[] }

/**
 * Starts the proxy on a free loopback port and claims some more for what is behind it. It tunnels `name:443` and
 * `name:8448` of the world's names to their loopback listeners and answers 502 to everything else, so nothing behind it
 * can reach the real servers.
 */
export async function startConnectProxy(portCount: number): Promise<ConnectProxy> {
  const ports = new Map<string, number>()
  const unreachable = new Set<string>()
  const tunnels = new Set<Tunnel>()

  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connect', (request, client: Duplex, head: Buffer) => {
    client.on('error', () => client.destroy())
    const from = callerOf(request.headers['proxy-authorization'])
    const to = targetOf(request.url ?? '')
    const port = to && ports.get(to)
    if (!to || !port || unreachable.has(to) || (from && unreachable.has(from))) return refuse(client)
    const upstream = connect(port, '127.0.0.1')
    const tunnel: Tunnel = { to, from, ends: [client, upstream] }
    tunnels.add(tunnel)
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => (upstream.connecting || upstream.pending ? refuse(client) : client.destroy()))
    for (const end of tunnel.ends) end.once('close', () => drop(tunnel))
  })
  function drop(tunnel: Tunnel): void {
    tunnels.delete(tunnel)
    for (const end of tunnel.ends) end.destroy()
  }
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const claimedPorts = await claimPorts(server, portCount)

  return {
    port: portOf(server),
    claimedPorts,
    setPort: (name, port) => ports.set(name, port),
    setReachable(name, isReachable) {
      if (isReachable) unreachable.delete(name)
      else unreachable.add(name)
      if (isReachable) return
      for (const tunnel of tunnels) if (tunnel.to === name || tunnel.from === name) drop(tunnel)
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      return closed
    },
  }
}

function refuse(client: Duplex): void {
  client.end(
    'HTTP/1.1 502 No such server in the practice world\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  )
}

function targetOf(authority: string): string | undefined {
  const [host, port] = authority.toLowerCase().split(':')
  return port === '443' || port === '8448' ? host : undefined
}

function callerOf(authorization: string | undefined): string | undefined {
  const credentials = authorization?.match(/^Basic (.+)$/i)?.[1]
  return credentials && Buffer.from(credentials, 'base64').toString().split(':')[0]
}
