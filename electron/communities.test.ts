import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readManifests } from './communities.ts'

const manifest = {
  version: 1,
  id: 'club',
  name: 'Club',
  initials: 'C',
  summary: 'People who meet.',
  colour: '#336699',
  language: 'en',
  roomCount: 1,
  sections: [{ id: 'rooms', name: 'Rooms' }],
  rooms: [{ address: '#a:x.example', section: 'rooms' }],
  homeservers: [],
}
let dir = ''

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'foyer-communities-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function write(file: string, content: unknown): void {
  writeFileSync(join(dir, file), typeof content === 'string' ? content : JSON.stringify(content))
}

test('the known ones first, the others by name', () => {
  for (const [id, name] of [
    ['zoo', 'Aardvarks'],
    ['mathesar', 'M'],
    ['bees', 'Bees'],
    ['galaxy', 'G'],
  ] as const)
    write(`${id}.json`, { ...manifest, id, name })
  expect(readManifests(dir, () => undefined).map((each) => each.id)).toEqual([
    'galaxy',
    'mathesar',
    'zoo',
    'bees',
  ])
})

test('a broken one is left out and named, the others still serve', () => {
  write('club.json', manifest)
  write('half.json', '{"version": 1')
  write('old.json', { ...manifest, version: 0 })
  write('notes.txt', 'not a manifest')
  const lines: string[] = []
  expect(readManifests(dir, (line) => lines.push(line))).toHaveLength(1)
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^communities: half\.json is not a valid manifest: ./)
  expect(lines[1]).toMatch(/old\.json/)
})

test('those that come with Foyer are all valid', () => {
  const lines: string[] = []
  const bundled = readManifests(join(import.meta.dirname, '../assets/communities'), (line) =>
    lines.push(line),
  )
  expect(lines).toEqual([])
  expect(bundled.map((each) => each.id).slice(0, 4)).toEqual(['galaxy', 'mathesar', 'derse', 'auxolotl'])
})
