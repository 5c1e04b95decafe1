import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkManifestText } from './check-manifest.ts'

/** A manifest without fault, of which tests change a part. */
const clean = {
  version: 2,
  name: 'Garden Club',
  space: { address: '#garden:example.org' },
  sections: [
    { id: 'start', name: 'Start here' },
    { id: 'plants', name: 'Plants' },
  ],
  rooms: [
    { address: '#lobby:example.org', label: 'Lobby', section: 'start', lobby: true, suggested: true },
    { address: '#SIGROSE-GEN:example.org', label: 'Group: Roses General', section: 'plants' },
    { address: '#SIGROSE-GOV:example.org', label: 'Group: Roses Governance', section: 'plants' },
    { address: '#SIGFERN-GEN:example.org', label: 'Group: Ferns General', section: 'plants' },
    { address: '#SIGFERN-GOV:example.org', label: 'Group: Ferns Governance', section: 'plants' },
    { address: '#SIGMOSS-GEN:example.org', label: 'Group: Moss General', section: 'plants' },
    { address: '#SIGMOSS-GOV:example.org', label: 'Group: Moss Governance', section: 'plants' },
    { address: '#SIGOAK-GEN:example.org', label: 'Group: Oaks General', section: 'plants' },
    { address: '#SIGOAK-GOV:example.org', label: 'Group: Oaks Governance', section: 'plants' },
    { address: '#SIGHERB-GEN:example.org', label: 'Group: Herbs General', section: 'plants' },
    { address: '#SIGHERB-GOV:example.org', label: 'Group: Herbs Governance', section: 'plants' },
  ],
  homeservers: [{ name: 'tu.example', about: 'institution', domains: ['tu.example'] }],
}
type Clean = typeof clean
type Rooms = Record<string, unknown>[]

/** The clean manifest with its rooms changed. */
function withRooms(change: (rooms: Rooms) => Rooms): object {
  return { ...clean, rooms: change(structuredClone(clean.rooms)) }
}

function found(manifest: object): string[] {
  return checkManifestText(JSON.stringify(manifest, undefined, 1)).findings.map((each) => each.id)
}

/** One room of the clean manifest, by its place, changed. */
function changed(at: number, fields: object): object {
  return withRooms((rooms) => rooms.map((room, index) => (index === at ? { ...room, ...fields } : room)))
}

/** The clean manifest with one room more. */
function added(...more: object[]): object {
  return withRooms((rooms) => [...rooms, ...(more as Rooms)])
}

const without = (...names: (keyof Clean)[]): object =>
  Object.fromEntries(Object.entries(clean).filter(([name]) => !names.some((each) => each === name)))

describe('a manifest alone', () => {
  test('a clean one raises nothing', () => {
    expect(found(clean)).toEqual([])
  })

  test.each<[string[], object]>([
    [['nothing-listed'], without('space', 'rooms', 'sections')],
    [['no-space'], without('space')],
    [['schema'], without('name')],
    [['schema'], { ...clean, colour: 'red' }],
    [['schema'], changed(2, { section: 'herbs' })],
    [['bad-address'], changed(1, { address: '@ada:example.org' })],
    [['bad-address'], changed(1, { address: '#roses' })],
    [['address-is-link'], changed(1, { address: 'https://matrix.to/#/#SIGROSE-GEN:example.org' })],
    [['address-is-link'], { ...clean, space: { address: 'matrix:r/garden:example.org' } }],
    [['room-twice'], added({ address: '#lobby:example.org', label: 'Lobby' })],
    [['two-names'], added({ address: '#lobby:example.org', label: 'All 70 rooms', section: 'plants' })],
    [['space-as-room'], changed(1, { address: '#garden:example.org', label: 'Everything' })],
    [['private-server'], { ...clean, space: { address: '#garden:127.0.0.1:8448' } }],
    [['private-server'], { ...clean, space: { address: '#garden:example.org', via: ['nas.local'] } }],
    [['id-without-via'], changed(1, { address: '!opaque' })],
    [['id-not-alias'], { ...clean, space: { address: '!opaque:example.org', via: ['example.org'] } }],
    [['case-twin'], added({ address: '#Lobby:example.org', label: 'Another' })],
    [['look-alike'], changed(0, { address: '#l\u043ebby:example.org' })],
    [['damaged-text'], changed(1, { purpose: 'It\u00e2\u20ac\u2122s about roses' })],
    [['damaged-text'], { ...clean, summary: 'Growing \u201a\u00c4\u00ec together' }],
    [['empty-section'], { ...clean, sections: [...clean.sections, { id: 'herbs', name: 'Herbs' }] }],
    [[], { ...clean, sections: [...clean.sections, { id: 'rest', name: 'Everything else' }] }],
    [['no-lobby'], changed(0, { lobby: false })],
    [['many-lobbies'], changed(1, { lobby: true })],
    [['empty-preset'], { ...clean, presets: [{ id: 'none', name: 'None' }] }],
    [
      ['institution-without-domains'],
      { ...clean, homeservers: [{ name: 'tu.example', about: 'institution' }] },
    ],
    [['misspelt-field'], { ...clean, sumary: 'A garden' }],
    [['misspelt-field'], changed(1, { isSuggested: true })],
    [['misspelt-field'], changed(1, { prupose: 'Thorns' })],
    [[], { ...clean, forum: 'https://forum.example.org', emoji: '🌱' }],
    [['no-suggestion'], withRooms((rooms) => rooms.map((room) => ({ ...room, suggested: false })))],
  ])('%j', (ids, manifest) => {
    expect(found(manifest)).toEqual(ids)
  })

  test('a label copied from the row above: twice there, and fitting the other address', () => {
    const swapped = changed(4, { label: 'Group: Roses Governance' })
    expect(checkManifestText(JSON.stringify(swapped)).findings).toMatchObject([
      { id: 'name-twice', address: '#SIGFERN-GOV:example.org' },
      { id: 'label-address', address: '#SIGFERN-GOV:example.org' },
    ])
  })

  test.each<[string, string, string, string[]]>([
    [
      'one looks like another',
      'Lobby',
      'L\u043ebby',
      ['“L\u043ebby” looks like “Lobby”, which is another room’s name.'],
    ],
    [
      'of two alphabets',
      'Herbs',
      'R\u043eses',
      ['“R\u043eses” mixes letters of two alphabets within a word.'],
    ],
    [
      'two letters for one',
      'Modern',
      'Modem',
      ['“Modem” looks like “Modern”, which is another room’s name.'],
    ],
    [
      'a capital for a small letter',
      'Lilies',
      'LiIies',
      ['“LiIies” looks like “Lilies”, which is another room’s name.'],
    ],
    ['acronyms', 'AI', 'AL', []],
    ['other languages', '\u0427\u0430\u0442 Rust', '\u03bcBiome', []],
    ['accents', 'Cafe', 'Caf\u00e9', []],
  ])('look-alike names: %s', (_, one, other, messages) => {
    const { findings } = checkManifestText(
      JSON.stringify({
        ...clean,
        sections: [],
        rooms: [
          { address: '#one:example.org', label: one, lobby: true },
          { address: '#two:example.org', label: other },
        ],
      }),
    )
    expect(findings.filter(({ id }) => id === 'look-alike-name').map(({ message }) => message)).toEqual(
      messages,
    )
  })

  test('a community whose name pretends to be another’s', () => {
    expect(found({ ...clean, name: 'G\u0430rden Club' })).toEqual(['look-alike-name'])
  })

  test('two labels exchanged', () => {
    const exchanged = withRooms((rooms) =>
      rooms.map((room, index) =>
        index === 2
          ? { ...room, label: 'Group: Ferns Governance' }
          : index === 4
            ? { ...room, label: 'Group: Roses Governance' }
            : room,
      ),
    )
    expect(found(exchanged)).toEqual(['label-address', 'label-address'])
  })

  test('a purpose copied with another room’s subject in it', () => {
    const rooms = ['Roses', 'Ferns', 'Moss', 'Oaks'].map((plant, index) => ({
      address: `#${plant.toLowerCase()}-gov:example.org`,
      label: `${plant} Governance`,
      purpose: `How the ${index === 3 ? 'Ferns' : plant} group is run.`,
      lobby: index === 0,
    }))
    const { findings } = checkManifestText(JSON.stringify({ ...clean, sections: [], rooms }))
    expect(findings.map(({ id, address }) => [id, address])).toEqual([
      ['purpose-label', '#oaks-gov:example.org'],
    ])
  })

  test.each([
    [
      'a list of topics whose addresses abbreviate',
      ['JavaScript', 'js'],
      ['Python', 'py'],
      ['Kubernetes', 'k8s'],
    ],
    [
      'a main room called after the community',
      ['General', 'gardeners'],
      ['Off Topic', 'general-offtopic'],
      ['Help', 'q-a'],
    ],
    [
      'labels that share a word',
      ['Design', 'ux'],
      ['Design Review', 'design-review'],
      ['Product', 'product'],
    ],
    ['labels in another language', ['Gemüse', 'vegetables'], ['Rosen', 'roses'], ['Farne', 'ferns']],
  ])('no false alarm: %s', (_, ...rows) => {
    const rooms = rows.map(([label, alias], index) => ({
      address: `#${alias}:example.org`,
      label,
      lobby: index === 0,
    }))
    expect(found({ ...clean, sections: [], rooms })).toEqual([])
  })

  test('version 1 is read, and said to be old', () => {
    const old = { version: 1, name: 'A', language: 'en', rooms: [{ address: '#a:b.c', isLobby: true }] }
    expect(found(old)).toEqual(['no-space', 'old-version'])
  })

  test.each(['', '[1, 2]', '{"version": 2,', 'a: b: c', 'null'])('unreadable: %j', (text) => {
    expect(checkManifestText(text).findings.map((each) => each.id)).toEqual(['unreadable'])
  })

  test('lines of JSON and YAML', () => {
    const yaml =
      'version: 2\nname: A\nspace: { address: "#s:b.c" }\nrooms:\n  - address: "#a:b.c"\n    lobby: true\n  - address: oops\n'
    expect(checkManifestText(yaml).findings).toMatchObject([{ id: 'bad-address', line: 7 }])
    const json = JSON.stringify(
      { version: 2, name: 'A', rooms: [{ address: '#a:b.c' }, { address: 'oops' }] },
      null,
      1,
    )
    expect(checkManifestText(json).findings.find((each) => each.id === 'bad-address')?.line).toBe(9)
  })

  test('thousands of rooms don’t take long', () => {
    const rooms = Array.from({ length: 5000 }, (_, index) => ({
      address: `#room-${index}:example.org`,
      label: `Room number ${index}`,
      purpose: 'Talk about room number and number room, and nothing else but number',
    }))
    const before = process.threadCpuUsage()
    checkManifestText(JSON.stringify({ ...clean, sections: [], rooms: rooms.slice(0, 1000) }))
    checkManifestText(JSON.stringify({ ...clean, sections: [], rooms }))
    // Of this thread, as the machine may have more to do. In microseconds.
    expect(process.threadCpuUsage(before).user).toBeLessThan(3_000_000)
  })
})

const bundledDir = join(import.meta.dirname, '../../assets/communities')

describe('the bundled manifests', () => {
  test.each(readdirSync(bundledDir).filter((file) => file.endsWith('.json')))('%s has no error', (file) => {
    const { findings } = checkManifestText(readFileSync(join(bundledDir, file), 'utf8'))
    expect(findings.filter((each) => each.severity === 'error')).toEqual([])
  })
})
