import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { mend } from './fix.ts'

const yaml = `# Our rooms
version: 2
name: Garden Club
space: { address: 'https://matrix.to/#/#garden:example.org' } # the whole garden
rooms:
  # Everybody starts here.
  - address: '#lobby:example.org'
    label: Lobby
    lobby: true
  - address: matrix:r/roses:example.org # thorny
    label: Roses

  # Listed again, by accident.
  - address: '#lobby:example.org'
    label: Lobby # the same
  # Vegetables
  - address: '#gemuese:example.org'
presets:
  - id: flowers
    name: Flowers
    rooms: ['https://matrix.to/#/%23roses%3Aexample.org']
`

describe('mending', () => {
  test('YAML: links become addresses, a doubled entry goes, comments and order stay', () => {
    const { text, changes } = mend(yaml)
    expect(changes).toEqual([
      'Wrote #garden:example.org in place of its link.',
      'Wrote #roses:example.org in place of its link.',
      'Wrote #roses:example.org in place of its link.',
      'Took the second entry of #lobby:example.org away.',
    ])
    expect(text).toBe(
      yaml
        .replace("'https://matrix.to/#/#garden:example.org'", '"#garden:example.org"')
        .replace('matrix:r/roses:example.org', '"#roses:example.org"')
        .replace("'https://matrix.to/#/%23roses%3Aexample.org'", '"#roses:example.org"')
        .replace("  - address: '#lobby:example.org'\n    label: Lobby # the same\n", ''),
    )
    expect(mend(text)).toEqual({ text, changes: [] })
  })

  test('JSON: spacing stays, the comma goes with the entry', () => {
    const json = `{
  "version": 2, "name": "A",
  "rooms": [
    { "address": "#a:b.c", "via": ["b.c"] },
    { "address": "#d:b.c" },
    { "address": "#a:b.c" }
  ]
}
`
    const { text, changes } = mend(json)
    expect(changes).toHaveLength(1)
    expect(text).toBe(json.replace(',\n    { "address": "#a:b.c" }', ''))
    expect(JSON.parse(text)).toEqual(parse(text))
  })

  test('an entry that goes may itself be a link', () => {
    const json =
      '{"version":2,"name":"A","rooms":[{"address":"#a:b.c"},{"address":"https://matrix.to/#/#a:b.c"},{"address":"#d:b.c"}]}'
    expect(mend(json).text).toBe(
      '{"version":2,"name":"A","rooms":[{"address":"#a:b.c"},{"address":"#d:b.c"}]}',
    )
  })

  test.each([
    [
      'says something new',
      '{"version":2,"rooms":[{"address":"#a:b.c","label":"A"},{"address":"#a:b.c","label":"B"}]}',
    ],
    [
      'an ID whose servers would be lost',
      '{"version":2,"space":{"address":"https://matrix.to/#/!a:b.c?via=b.c"}}',
    ],
    ['anchors', 'version: 2\nrooms:\n  - &x { address: "#a:b.c" }\n  - *x\n'],
    ['unreadable', '{"version": 2,'],
    ['not an object', '[1]'],
    ['nothing to do', '{"version":2,"name":"A","space":{"address":"#a:b.c"}}'],
  ])('left alone: %s', (_, text) => {
    expect(mend(text)).toEqual({ text, changes: [] })
  })
})
