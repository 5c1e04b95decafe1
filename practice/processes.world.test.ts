import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { join, signUp } from './fixtures/newcomer.ts'
import { testPython } from './fixtures/python.ts'
import { startWorld } from './world.ts'

const lineSchema = z.tuple([z.string()])
const childSchema = z.object({ pids: z.array(z.int()), directory: z.string() })

const STARTING = 300_000

test('two worlds run side by side, and stop leaves nothing behind', { timeout: STARTING }, async () => {
  const options = { python: testPython(), limits: 'default' } as const
  const worlds = await Promise.all([startWorld(options), startWorld(options)])
  const pids = worlds.flatMap((world) => world.pids())
  expect(new Set(pids).size).toBe(12)
  for (const world of worlds) {
    const newcomer = await signUp(world.client, 'matrix.org', { username: 'twin' })
    expect(await join(world.client, newcomer, '#general:auxolotl.org')).toMatch(/^!/)
  }
  await Promise.all(worlds.map((world) => world.stop()))
  expect(pids.filter(isAlive)).toEqual([])
  expect(worlds.filter((world) => existsSync(world.directory))).toEqual([])
})

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`after ${signal} to its process a world leaves nothing behind`, { timeout: STARTING }, async () => {
    const script = fileURLToPath(new URL('fixtures/run-world.ts', import.meta.url))
    const child = spawn(process.execPath, [script, testPython()], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = lineSchema.parse(await once(createInterface(child.stdout), 'line'))
    const { pids, directory } = childSchema.parse(JSON.parse(line))
    expect(pids.filter(isAlive)).toHaveLength(6)
    child.kill(signal)
    await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([])
    await expect.poll(() => existsSync(directory), { timeout: 10_000 }).toBe(false)
  })
}

test('starting can be given up', { timeout: STARTING }, async () => {
  const lines: string[] = []
  const signal = AbortSignal.timeout(1000)
  await expect(
    startWorld({ python: testPython(), limits: 'raised', signal, log: (line) => lines.push(line) }),
  ).rejects.toThrow()
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
