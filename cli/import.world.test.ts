import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readManifestText } from '../core/communities/manifest-text.ts'
import { makeRoom } from '../practice/fixtures/make-room.ts'
import { testPython } from '../practice/fixtures/python.ts'
import { startWorld, type PracticeWorld } from '../practice/world.ts'
import { runFoyer } from './testing/run-foyer.ts'

const HOME = 'matrix.org'
let world: PracticeWorld
let folder: string

beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
  folder = mkdtempSync(join(tmpdir(), 'foyer-import-'))
}, 180_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.stop()
})

test('names and join rules that the page leaves out come from a real homeserver', async () => {
  const space = await makeRoom(world, HOME, { alias: 'orchard', name: 'Orchard', isSpace: true })
  await makeRoom(world, HOME, { alias: 'orchard-apples', name: 'Apples' })
  await makeRoom(world, HOME, { alias: 'orchard-pears', name: 'Pears', rule: 'knock' })
  expect(space).toMatch(/^!/)
  const page = join(folder, 'orchard.md')
  const out = join(folder, 'orchard.json')
  writeFileSync(
    page,
    `# Orchard

Our [space](https://matrix.to/#/#orchard:matrix.org)

- #orchard-apples:matrix.org
- [All about pears](https://matrix.to/#/#orchard-pears:matrix.org)
- #orchard-plums:matrix.org
- #inside:192.168.7.7
`,
  )
  const network = ['--proxy', world.proxyUrl, '--ca', world.caPath]
  const run = runFoyer([page, '-o', out, '--from', HOME, ...network], '', {}, 'import')
  expect(await run.exit, run.stderr()).toBe(0)
  const manifest = readManifestText(readFileSync(out, 'utf8'))
  if (!manifest.ok) throw new Error('no manifest')
  expect(manifest.value.rooms.map(({ address, label, notes }) => [address, label, notes])).toEqual([
    ['#orchard-apples:matrix.org', 'Apples', []],
    ['#orchard-pears:matrix.org', 'All about pears', ['a moderator lets people in']],
    ['#orchard-plums:matrix.org', undefined, []],
  ])
  expect(run.stderr()).toContain('Filled in from homeservers: 1 name, 0 purposes, 1 join rule.')
  expect(run.stderr()).toContain('#orchard-plums:matrix.org')
}, 60_000)
