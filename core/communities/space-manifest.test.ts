import { assert, jsonValue, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { community, facts, room } from '../testing/communities.ts'
import {
  communityFromAddress,
  communityFromManifest,
  withSpaceChildren,
  type Community,
} from './community.ts'
import { readManifest } from './read-manifest.ts'
import {
  bytesOf,
  isOpenedBySpace,
  onlyRoomsOf,
  readSpaceManifest,
  withSpaceManifest,
} from './space-manifest.ts'

const manifest = {
  version: 2,
  name: 'Garden Club',
  space: { address: '#garden:example.org' },
  rooms: [
    { address: '#roses:example.org', label: 'Roses', section: 'Plants', suggested: true },
    { address: '#lobby:example.org', label: 'Lobby', section: 'Start here', lobby: true, priority: 9 },
    { address: '!lobby:example.org', label: 'The same', section: 'Start here' },
  ],
}

describe('readSpaceManifest', () => {
  test('reads a manifest and an address of one, and nothing else', () => {
    expect(readSpaceManifest(manifest)).toMatchObject({ kind: 'manifest', manifest: { name: 'Garden Club' } })
    const url = 'https://example.org/foyer.json'
    expect(readSpaceManifest({ url })).toEqual({ kind: 'url', url })
    for (const content of [{}, null, 'x', [], { url: 'http://example.org/' }, { url: 7 }, { version: 99 }])
      expect(readSpaceManifest(content)).toBeNull()
  })

  test('takes no more than an event can hold', () => {
    expect(readSpaceManifest({ ...manifest, more: 'x'.repeat(66_000) })).toBeNull()
  })

  test('never throws', () => {
    assert(
      property(jsonValue(), (content) => {
        readSpaceManifest(content)
      }),
    )
  })

  test('counts bytes as UTF-8 does', () => {
    for (const text of ['abc', 'Gemüse', '花', '🌻', '\ud800', '50%'])
      expect(bytesOf(text)).toBe(Buffer.byteLength(JSON.stringify(text)))
  })
})

describe('withSpaceManifest', () => {
  test('brings sections, order, labels and lobby; name, space and keys stay', () => {
    const known = withSpaceChildren(opened(), [
      {
        address: '!extra:example.org',
        via: [],
        facts: seen('!extra:example.org', 'Extra'),
        isSuggested: true,
        within: null,
        path: [],
      },
      {
        address: '!lobby:example.org',
        via: [],
        facts: seen('!lobby:example.org', 'Hello'),
        isSuggested: false,
        within: null,
        path: [],
      },
    ])
    const merged = withSpaceManifest(known, described())
    expect(merged).toMatchObject({ id: '#garden:example.org', name: 'Seen Name', space: known.space })
    expect(merged.sections.map(({ id }) => id)).toEqual(['Plants', 'Start here', 'rest'])
    expect(
      merged.rooms.map(({ key, label, section, isLobby, name }) => [key, label, section, isLobby, name]),
    ).toEqual([
      ['!lobby:example.org', 'Lobby', 'Start here', true, 'Hello'],
      ['#roses:example.org', 'Roses', 'Plants', false, null],
      ['!extra:example.org', null, 'rest', false, 'Extra'],
    ])
  })

  test('may be done again without changing anything', () => {
    const once = withSpaceManifest(opened(), described())
    expect(withSpaceManifest(once, described())).toEqual(once)
  })

  test('adds no room for whoever has agreed to others', () => {
    const known = community([room('!lobby:example.org', { roomId: '!lobby:example.org' })])
    const merged = withSpaceManifest(known, onlyRoomsOf(known, described()))
    expect(merged.rooms.map(({ key, label }) => [key, label])).toEqual([['!lobby:example.org', 'Lobby']])
    expect(merged.roomCount).toBe(1)
  })
})

test('only a space opened by its address is asked', () => {
  expect(isOpenedBySpace(opened())).toBe(true)
  expect(isOpenedBySpace(described())).toBe(false)
  expect(isOpenedBySpace(communityFromAddress({ address: '#room:example.org', via: [] }, facts()))).toBe(
    false,
  )
})

function opened(): Community {
  const link = { address: '#garden:example.org', via: [] }
  return communityFromAddress(link, facts({ isSpace: true, name: 'Seen Name', sight: 'seen' }))
}

/** Of the manifest, once the alias of the lobby is looked up. */
function described(): Community {
  const read = readManifest(manifest)
  if (!read.ok) throw new Error(read.reason[0]?.message)
  const plain = communityFromManifest(read.value)
  const withId = plain.rooms.map((each) =>
    each.address === '#lobby:example.org' ? { ...each, roomId: '!lobby:example.org' } : each,
  )
  return { ...plain, rooms: withId }
}

function seen(roomId: string, name: string) {
  return facts({ sight: 'seen', roomId, name })
}
