import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readManifestText } from '../core/communities/manifest-text.ts'
import { pageAddresses } from './fixtures/page-addresses.ts'
import { communities } from './seed/communities.ts'
import { galaxy } from './seed/galaxy.ts'
import { aliasOf } from './seed/seed-rooms.ts'

function readManifest(path: string) {
  const manifest = readManifestText(readFileSync(new URL(path, import.meta.url), 'utf8'))
  if (!manifest.ok) throw new Error(manifest.reason[0]?.message)
  return manifest.value
}

const seeded = new Set(
  communities.flatMap(({ space, rooms }) =>
    [...(space ? [space] : []), ...rooms].map((room) => aliasOf(room)),
  ),
)

for (const [id, page] of Object.entries(pageAddresses)) {
  const manifest = readManifest(`../assets/communities/${id}.json`)

  test(`${id}: the manifest lists exactly the addresses of its page`, () => {
    expect(manifest.rooms.map((room) => room.address).toSorted()).toEqual([...page.rooms].toSorted())
    expect(manifest.space?.address).toBe(page.space)
    expect(manifest.id).toBe(id)
  })

  test(`${id}: one lobby, suggested, and every section has a room or waits for the space's`, () => {
    const lobbies = manifest.rooms.filter((room) => room.lobby)
    expect(lobbies).toHaveLength(1)
    expect(lobbies[0]?.suggested).toBe(true)
    const used = new Set(manifest.rooms.map((room) => room.section))
    expect(manifest.sections.map((section) => section.id).filter((each) => !used.has(each))).toEqual(
      id === 'galaxy' ? ['rest'] : [],
    )
  })

  test(`${id}: counts the rooms right`, () => {
    expect(manifest.roomCount).toBe(id === 'galaxy' ? 71 : page.rooms.length)
  })

  test(`${id}: every address of the page is in the practice world`, () => {
    const { space } = page
    const aliases = [...page.rooms, ...(space?.startsWith('#') ? [space] : [])]
    expect(aliases.filter((alias) => !seeded.has(alias))).toEqual([])
  })
}

test('no alias is seeded twice', () => {
  const all = communities.flatMap(({ space, rooms }) => [...(space ? [space] : []), ...rooms])
  expect(seeded.size).toBe(all.length)
})

test('Galaxy has 71 rooms, each odd kind once', () => {
  const listed = galaxy.rooms.filter((room) => !room.isOutsideSpace)
  expect(listed).toHaveLength(71)
  expect(listed.filter((room) => room.rule && room.rule !== 'public').map((room) => room.rule)).toEqual([
    'restricted',
    'knock',
    'invite',
  ])
  expect(listed.filter((room) => room.movedTo)).toHaveLength(1)
})

test('Odd Rooms is a manifest, and only two of its addresses lead nowhere', () => {
  const manifest = readManifest('communities/odd-rooms.json')
  const missing = manifest.rooms.map((room) => room.address).filter((address) => !seeded.has(address))
  expect(missing).toEqual(['#nobody-home:tu-dresden.de', '#lost:offline.example'])
})
