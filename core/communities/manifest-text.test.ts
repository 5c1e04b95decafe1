import { describe, expect, test } from 'vitest'
import { endlessManifests } from '../testing/large-inputs.ts'
import { linesOf, MAX_MANIFEST_LENGTH, parseManifestText, readManifestText } from './manifest-text.ts'

const yaml = `# The club’s rooms
version: 2
name: Club
rooms:
  - address: '#lobby:x.example'
    lobby: true
  - address: lobby
    via: [x.example,
      not a server]
`

describe('YAML and JSON', () => {
  test('mean the same', () => {
    const read = readManifestText(
      yaml.replace('address: lobby', "address: '!b'").replace('not a server', 'y'),
    )
    expect(read).toMatchObject({
      ok: true,
      value: {
        name: 'Club',
        rooms: [{ address: '#lobby:x.example', lobby: true }, { via: ['x.example', 'y'] }],
      },
    })
    expect(readManifestText(read.ok ? JSON.stringify(read.value) : '')).toEqual(read)
  })

  test('a byte order mark and Windows line ends are fine', () => {
    expect(
      readManifestText(`\uFEFF${JSON.stringify({ version: 2, name: 'C', rooms: [{ address: '#a:x' }] })}`).ok,
    ).toBe(true)
    expect(readManifestText('version: 2\r\nname: C\r\nspace:\r\n  address: "#a:x"\r\n').ok).toBe(true)
  })

  test('problems come with their lines', () => {
    const read = readManifestText(yaml)
    expect(!read.ok && read.reason.map(({ path, line }) => [path.join('.'), line])).toEqual([
      ['rooms.1.address', 7],
      ['rooms.1.via.1', 9],
    ])
  })

  test('of a field that isn’t there, the line of what should have it', () => {
    const lineOf = linesOf('{\n  "version": 2,\n  "rooms": [\n    {\n      "label": "A"\n    }\n  ]\n}')
    expect(lineOf(['rooms', 0, 'address'])).toBe(4)
    expect(lineOf(['rooms', 0, 'label'])).toBe(5)
    expect(lineOf(['rooms', 7])).toBe(3)
    expect(lineOf(['name'])).toBe(1)
    expect(lineOf([])).toBe(1)
  })

  test.each([
    ['{"version": 2,,}', 1],
    ['version: 2\nname: "half', 2],
    ['a: 1\na: 2', 2],
    ['', 1],
    ['{"version": 2\n', 2],
  ])('%j is told off with its line', (text, line) => {
    const read = readManifestText(text)
    expect(!read.ok && read.reason).toHaveLength(1)
    expect(!read.ok && read.reason[0]?.line).toBe(line)
    expect(!read.ok && read.reason[0]?.message).toMatch(/^\S.*[^.:\s]$/)
  })
})

describe('hostile texts', () => {
  test('too long a one is not even parsed', () => {
    expect(parseManifestText(' '.repeat(MAX_MANIFEST_LENGTH + 1))).toMatchObject({
      ok: false,
      reason: { line: null },
    })
  })

  test('aliases that multiply are stopped', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, index) => {
        const before = 'abcdefgh'[index] ?? ''
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`
      }),
    ].join('\n')
    expect(parseManifestText(bomb)).toMatchObject({ ok: false })
  })

  test.each(Object.entries(endlessManifests))('%s does not crash', (_, text) => {
    expect(readManifestText(text).ok).toBe(false)
  })
})
