import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'

/**
 * Where worlds look for ports, in blocks: below what Linux (32768), macOS and Windows (49152) hand out by themselves, so
 * that no connection takes one in passing.
 */
const FIRST_PORT = 20_000
const BLOCK_SIZE = 10
const BLOCKS = 1_000

/**
 * Lets `owner` listen on the first loopback port of a block that nobody uses, and returns `count` more ports of it, at
 * most nine. They are the owner's for as long as it listens: whoever else looks for ports finds the first one taken
 * and leaves the block alone. So nothing has to be cleared away, however a world ends. `start` is the number of the
 * block to look at first.
 */
export async function claimPorts(
  owner: Server,
  count: number,
  start: number = randomInt(BLOCKS),
): Promise<number[]> {
  for (let turn = 0; turn < BLOCKS; turn += 1) {
    const first = FIRST_PORT + ((start + turn) % BLOCKS) * BLOCK_SIZE
    if (!(await listens(owner, first))) continue
    const ports = Array.from({ length: count }, (_, index) => first + 1 + index)
    // A world that was killed may take a moment to end, and other programs know nothing of blocks.
    if (await areFree(ports)) return ports
    await close(owner)
  }
  throw new Error(`there are no free ports from ${FIRST_PORT} on`)
}

/** The port on which a server listens. Throws if it does not listen. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

async function areFree(ports: readonly number[]): Promise<boolean> {
  const each = await Promise.all(
    ports.map(async (port) => {
      const probe = createServer()
      const isFree = await listens(probe, port)
      if (isFree) await close(probe)
      return isFree
    }),
  )
  return each.every(Boolean)
}

/** False where the port is taken, or may not be had. */
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const refuse = (): void => resolve(false)
    server.once('error', refuse).listen(port, '127.0.0.1', () => {
      server.off('error', refuse)
      resolve(true)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
