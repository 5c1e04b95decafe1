import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPrivateHost } from '../core/addresses/private-host.ts'
import { hostileFiles, hostileManifests, privateHosts } from '../core/testing/hostile.ts'
import { runFoyer } from './testing/run-foyer.ts'

/* A proxy that lets nobody through, and remembers who was asked for. */
const asked: string[] = []
const proxy = createServer((request, response) => {
  asked.push(request.url ?? '')
  response.writeHead(502).end()
})
proxy.on('connect', (request, socket) => {
  asked.push((request.url ?? '').replace(/:443$/, ''))
  socket.end('HTTP/1.1 502 Nobody\r\n\r\n')
})

let folder: string
let network: string[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-hostile-'))
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  network = ['--proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`]
})
afterAll(() => {
  proxy.close()
  rmSync(folder, { recursive: true, force: true })
})

function written(name: string, text: string, index: number): string {
  const path = join(folder, `${index}-${name.replace(/[^a-z.]/g, '').slice(-20)}`)
  writeFileSync(path, text)
  return path
}

test('a hundred hostile pages and manifests are checked without a crash, a pause or a request', async () => {
  const files = hostileFiles()
  expect(files).toHaveLength(100)
  const paths = files.map(({ name, text }, index) => written(name, text, index))
  const run = runFoyer([...paths, '--json'], '', {}, 'check')
  expect([0, 3]).toContain(await run.exit)
  expect(run.stderr()).not.toContain('inside Foyer')
  const report = JSON.parse(run.stdout()) as { targets: { findings: { message: string }[] }[] }
  expect(report.targets).toHaveLength(100)
  expect(asked).toEqual([])
})

test('hostile pages end in a manifest or a sentence', async () => {
  const pages = hostileFiles().filter(({ name }) => /\.(md|html|rst|adoc|wiki)$/.test(name))
  for (const [index, { name, text }] of pages.slice(0, 12).entries()) {
    const run = runFoyer([written(name, text, 1_000 + index)], '', {}, 'import')
    expect([0, 2], `${name}: ${run.stderr()}`).toContain(await run.exit)
    expect(run.stderr()).not.toMatch(/^\s+at .*\.ts:/m)
  }
  expect(asked).toEqual([])
})

test('servers on private networks that a manifest names are asked nothing', async () => {
  const rooms = privateHosts.map((host, index) => ({ address: `#r${index}:${host}`, via: [host] }))
  const homeservers = privateHosts.slice(0, 4).map((name) => ({ name }))
  const planted = [
    ...hostileManifests(6).map(({ text }) => text),
    JSON.stringify({ version: 2, name: 'Inside', rooms, homeservers }),
  ]
  for (const [index, text] of planted.entries()) {
    const path = written('planted.json', text, 2_000 + index)
    const run = runFoyer([path, '--online', ...network], '', {}, 'check')
    expect([0, 3], run.stderr()).toContain(await run.exit)
  }
  const page = written('page.md', rooms.map(({ address }) => `- ${address}`).join('\n'), 3_000)
  await runFoyer([page, '--from', 'matrix.org', ...network], '', {}, 'import').exit
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter(isPrivateHost)).toEqual([])
}, 120_000)
