import { describe, expect, test } from 'vitest'
import { idFrom } from './names.ts'
import { readManifest } from './read-manifest.ts'

const room = { address: '#a:x.example' }
const least = { version: 2, name: 'Club', rooms: [room] }

function read(change: object = {}) {
  const manifest = readManifest({ ...least, ...change })
  if (!manifest.ok) throw new Error(JSON.stringify(manifest.reason))
  return manifest.value
}

/** What the first complaint says, and where it points. */
function complaint(change: object): { path: string; message: string } | null {
  const manifest = readManifest({ ...least, ...change })
  if (manifest.ok) return null
  const [problem] = manifest.reason
  return { path: problem?.path.join('.') ?? '', message: problem?.message ?? '' }
}

describe('what a manifest leaves out is filled in', () => {
  test('everything that can be', () => {
    expect(read()).toEqual({
      version: 2,
      id: 'club',
      name: 'Club',
      initials: 'C',
      languages: [],
      sections: [{ id: 'rooms', name: '' }],
      rooms: [
        {
          address: '#a:x.example',
          section: 'rooms',
          via: [],
          lobby: false,
          suggested: false,
          priority: 0,
          notes: [],
        },
      ],
      roomCount: 1,
      presets: [],
      questions: [],
      homeservers: [],
    })
  })

  test('sections are the rooms’, in their order; those without one come first', () => {
    const rooms = ['Tools', 'Teaching', 'Tools'].map((section, index) => ({
      address: `#${index}:x`,
      section,
    }))
    const sections = read({ rooms: [...rooms, room] }).sections
    expect(sections.map((each) => [each.id, each.name])).toEqual([
      ['rooms', ''],
      ['Tools', 'Tools'],
      ['Teaching', 'Teaching'],
    ])
    expect(read({ rooms, sections: [] }).sections.map((each) => each.id)).toEqual(['Tools', 'Teaching'])
  })

  test('a room without a section stands in the first', () => {
    expect(read({ sections: [{ id: 'start', name: 'Start' }] }).rooms[0]?.section).toBe('start')
  })

  test('rooms stand by priority, and else as they were written', () => {
    const rooms = [0, 5, 0, 9].map((priority, index) => ({ address: `#${index}:x`, priority }))
    expect(read({ rooms }).rooms.map((each) => each.address)).toEqual(['#3:x', '#1:x', '#0:x', '#2:x'])
  })

  test('a space alone is enough; its rooms are the rest', () => {
    const manifest = read({ rooms: [], space: { address: '#space:x' } })
    expect(manifest).toMatchObject({ sections: [{ id: 'rest', name: '' }], roomCount: 0 })
  })

  test('the count of rooms is never less than those listed', () => {
    expect(read({ rooms: [room, { address: '#b:x' }], roomCount: 1 }).roomCount).toBe(2)
    expect(read({ roomCount: 70 }).roomCount).toBe(70)
  })

  test.each([
    ['Café Größe!', 'cafe-grosse'],
    ['de-RSE', 'de-rse'],
    ['Матрица', 'community'],
    ['x'.repeat(80), 'x'.repeat(64)],
    ['-- --', 'community'],
  ])('%s is called %s', (name, id) => {
    expect(idFrom(name)).toBe(id)
  })
})

describe('a bad manifest is refused, and says where', () => {
  test.each([
    [{ id: 'Club!' }, 'id'],
    [{ id: '../etc' }, 'id'],
    [{ name: '' }, 'name'],
    [{ name: '\u202E\u200B ' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ initials: 'ABCD' }, 'initials'],
    [{ colour: 'red' }, 'colour'],
    [{ colour: '#33669' }, 'colour'],
    [{ website: 'http://x.example' }, 'website'],
    [{ website: 'javascript:alert(1)' }, 'website'],
    [{ website: 'https://ada:secret@x.example/' }, 'website'],
    [{ website: 'https://x.example\\@y.example' }, 'website'],
    [{ picture: 'data:image/png;base64,AAAA' }, 'picture'],
    [{ picture: 'mxc://x.example/../../y' }, 'picture'],
    [{ rules: { url: 'https://x.example/a b' } }, 'rules.url'],
    [{ languages: ['English'] }, 'languages.0'],
    [{ contact: 'javascript:alert(1)' }, 'contact'],
    [{ contact: 'mailto:ada@x.example?bcc=all@x.example' }, 'contact'],
    [{ roomCount: 0 }, 'roomCount'],
    [{ roomCount: 5001 }, 'roomCount'],
    [{ roomCount: 1.5 }, 'roomCount'],
    [{ space: { address: 'space' } }, 'space.address'],
    [{ space: { address: '!space', via: ['not a server'] } }, 'space.via.0'],
    [{ homeservers: [{ name: 'x example', about: 'own' }] }, 'homeservers.0.name'],
    [{ homeservers: [{ name: 'x.example', about: 'mine' }] }, 'homeservers.0.about'],
    [{ privacy: 'secret' }, 'privacy'],
    [{ rooms: [{ address: 'a:x' }] }, 'rooms.0.address'],
    [{ rooms: [{ address: '@ada:x' }] }, 'rooms.0.address'],
    [{ rooms: [{ address: '#lob\u202Eby:x' }] }, 'rooms.0.address'],
    [{ rooms: [{ ...room, via: Array.from({ length: 11 }, () => 'x') }] }, 'rooms.0.via'],
    [{ rooms: [{ ...room, purpose: 'x'.repeat(501) }] }, 'rooms.0.purpose'],
    [{ rooms: [{ ...room, section: 'other' }], sections: [{ id: 'a', name: 'A' }] }, 'rooms.0.section'],
    [{ rooms: [room, room] }, 'rooms.1'],
    [{ rooms: [] }, 'rooms'],
    [{ presets: [{ id: 'all', name: 'All' }] }, 'presets.0.id'],
    [{ presets: [{ id: 'dev', name: 'Dev', rooms: ['#b:x'] }] }, 'presets.0.rooms.0'],
    [{ presets: [{ id: 'dev', name: 'Dev', sections: ['b'] }] }, 'presets.0.sections.0'],
    [{ questions: [{ text: 'Why?', answers: [{ text: 'So' }] }] }, 'questions.0.answers'],
    [
      { questions: [{ text: 'Why?', answers: [{ text: 'A' }, { text: 'B', rooms: ['#b:x'] }] }] },
      'questions.0.answers.1.rooms.0',
    ],
    [
      {
        questions: Array.from({ length: 4 }, () => ({ text: '?', answers: [{ text: 'A' }, { text: 'B' }] })),
      },
      'questions',
    ],
    [{ welcome: { English: { title: 'T', paragraphs: [] } } }, 'welcome.English'],
    [{ welcome: { en: { title: 'T', paragraphs: [''] } } }, 'welcome.en.paragraphs.0'],
  ])('%j', (change, path) => {
    expect(complaint(change)?.path).toBe(path)
  })

  test.each([null, [], 'text', 5])('%j is no manifest at all', (value) => {
    expect(readManifest(value)).toMatchObject({ ok: false, reason: [{ path: [], message: 'not an object' }] })
  })

  test.each([
    [3, 'made for a newer Foyer'],
    [0, 'no version that Foyer knows; this is version 2'],
    ['2', 'no version that Foyer knows; this is version 2'],
    [undefined, 'no version that Foyer knows; this is version 2'],
  ])('version %j', (version, message) => {
    expect(complaint({ version })).toEqual({ path: 'version', message })
  })
})

test('5000 rooms fit, one more does not', () => {
  const rooms = Array.from({ length: 5001 }, (_, index) => ({ address: `#a${index}:x.example` }))
  expect(complaint({ rooms: rooms.slice(1) })).toBeNull()
  expect(complaint({ rooms })?.path).toBe('rooms')
})

test('addresses of every kind', () => {
  const addresses = ['#a:x.example:8448', '#ä b:x.example', '!old:x.example', '!v12without_server']
  expect(complaint({ rooms: addresses.map((address) => ({ address })) })).toBeNull()
})

test('unknown fields are kept wherever they are, and never reach a prototype', () => {
  const file = JSON.parse(
    '{"version":2,"name":"Club","x-own":{"a":[1]},"__proto__":{"isAdmin":true},"rooms":[{"address":"#a:x","colour":"red"}]}',
  ) as object
  const manifest = readManifest(file)
  expect(manifest.ok && manifest.value).toMatchObject({ 'x-own': { a: [1] }, rooms: [{ colour: 'red' }] })
  expect(manifest.ok && (manifest.value as { isAdmin?: boolean }).isAdmin).toBeUndefined()
})

test('hidden characters are taken out of what is shown', () => {
  expect(read({ name: 'Cl\u202Eub\n', summary: ' a\u0000b ' })).toMatchObject({ name: 'Club', summary: 'ab' })
})

describe('version 1', () => {
  const first = {
    version: 1,
    id: 'club',
    name: 'Club',
    initials: 'C',
    summary: 'People who meet.',
    colour: '#336699',
    language: 'de',
    roomCount: 4,
    sections: [{ id: 'start', name: 'Start' }],
    rooms: [{ ...room, section: 'start', isLobby: true, isSuggested: false, notes: ['bridged'] }],
    homeservers: [{ name: 'x.example', about: 'own' }],
    rules: { url: 'https://x.example/rules' },
    privacy: 'public',
    reading: { title: 'Hello', paragraphs: ['Come in.'] },
    'x-own': 1,
  }

  test('is brought to the present one, nothing lost', () => {
    const manifest = readManifest(first)
    expect(manifest.ok && manifest.value).toMatchObject({
      version: 2,
      languages: ['de'],
      rooms: [{ lobby: true, suggested: false, notes: ['bridged'] }],
      rules: { url: 'https://x.example/rules', points: [], accept: false },
      privacy: { public: true, notes: [] },
      welcome: { de: { title: 'Hello', paragraphs: ['Come in.'] } },
      roomCount: 4,
      'x-own': 1,
    })
    expect(manifest.ok && manifest.value).not.toHaveProperty('reading')
    expect(manifest.ok && manifest.value.rooms[0]).not.toHaveProperty('isLobby')
  })

  test('its word for mixed privacy says nothing', () => {
    const manifest = readManifest({ ...first, privacy: 'mixed' })
    expect(manifest.ok && manifest.value.privacy).toBeUndefined()
  })

  test.each([
    [{ rooms: 'many' }, 'rooms'],
    [{ rooms: [null] }, 'rooms.0'],
    [{ privacy: 'secret' }, 'privacy'],
    [{ language: 7 }, 'languages.0'],
  ])('%j is refused like any other', (change, path) => {
    const manifest = readManifest({ ...first, ...change })
    expect(!manifest.ok && manifest.reason[0]?.path.join('.')).toBe(path)
  })
})
