import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { claimPorts, portOf } from './free-ports.ts'

const open = new Set<Server>()

afterEach(() => Promise.all([...open].map(close)))

/** Five ports and their owner's, first looked for in one and the same place. */
async function claim(): Promise<number[]> {
  const owner = createServer()
  open.add(owner)
  const ports = await claimPorts(owner, 5, 999)
  return [portOf(owner), ...ports]
}

async function close(server: Server): Promise<void> {
  open.delete(server)
  await new Promise((resolve) => server.close(resolve))
}

test('who looks at the same moment gets other ports', async () => {
  const all = (await Promise.all(Array.from({ length: 10 }, claim))).flat()
  expect(new Set(all).size).toBe(60)
})

test('they are where no connection is given one of its own accord', async () => {
  for (const port of [...(await claim()), ...(await claim())]) {
    expect(port).toBeGreaterThanOrEqual(20_000)
    expect(port).toBeLessThan(30_000)
  }
})

test('where somebody listens already, the whole block is left alone', async () => {
  const before = await claim()
  const [owner] = open
  const stranger = createServer()
  open.add(stranger)
  await new Promise<void>((resolve) => stranger.listen(before[3], '127.0.0.1', resolve))
  if (owner !== undefined) await close(owner)
  expect(await claim()).not.toContain(before[0])
})
