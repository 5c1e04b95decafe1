import { createServer, type Server } from 'node:net'

/**
 * Finds loopback ports that are free now. All are held open until the last is found, so they differ from one another;
 * another program may still take one before it is used, which then shows as a homeserver that ends at once.
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const holders = await Promise.all(
    Array.from({ length: count }, async () => {
      const holder = createServer()
      await new Promise<void>((resolve, reject) =>
        holder.once('error', reject).listen(0, '127.0.0.1', resolve),
      )
      return holder
    }),
  )
  const ports = holders.map(portOf)
  await Promise.all(holders.map((holder) => new Promise((resolve) => holder.close(resolve))))
  return ports
}

/** The port on which a server listens. Throws if it does not listen. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}
