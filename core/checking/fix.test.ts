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

  test('an ID’s servers go from its link to via, below the comment on its line', () => {
    const link = 'https://matrix.to/#/!KQa:b.c?via=b.c&via=d.e'
    const block = `version: 2\nspace:\n  address: ${link} # the space\n  since: 2021 # kept\nrooms:\n- address: ${link}\n`
    expect(mend(block).text).toBe(
      block
        .replace(`${link} # the space`, '"!KQa:b.c" # the space\n  via: ["b.c","d.e"]')
        .replace(`- address: ${link}`, '- address: "!KQa:b.c"\n  via: ["b.c","d.e"]'),
    )
    const json = `{"version":2,"space":{"address":"${link}","more":1}}`
    expect(mend(json)).toEqual({
      text: json.replace(`"${link}"`, '"!KQa:b.c", "via": ["b.c","d.e"]'),
      changes: ['Wrote !KQa:b.c in place of its link, and its servers under via.'],
    })
    for (const text of [mend(block).text, mend(json).text]) expect(mend(text)).toEqual({ text, changes: [] })
  })

  test('damaged text is read as it was meant, in whatever field', () => {
    const damaged = 'It\u00e2\u20ac\u2122s a club \u201a\u00c4\u00ec open to all'
    const text = `name: Club # ours\nversion: 2\nsummary: ${damaged}\nmotto: [a, "caf\u00c3\u00a9"]\n`
    expect(mend(text)).toEqual({
      text: text.replace(damaged, '"It’s a club – open to all"').replace('caf\u00c3\u00a9', 'café'),
      changes: [
        `Wrote “It’s a club – open to all” in place of “${damaged}”.`,
        'Wrote “café” in place of “caf\u00c3\u00a9”.',
      ],
    })
    const lost = 'name: Club\nversion: 2\nsummary: It\uFFFDs lost\n'
    expect(mend(lost)).toEqual({ text: lost, changes: [] })
  })

  test.each([
    [
      'says something new',
      '{"version":2,"rooms":[{"address":"#a:b.c","label":"A"},{"address":"#a:b.c","label":"B"}]}',
    ],
    [
      'an ID whose servers would be lost',
      '{"version":2,"space":{"address":"https://matrix.to/#/!a:b.c?via=b.c","via":["d.e"]}}',
    ],
    ['anchors', 'version: 2\nrooms:\n  - &x { address: "#a:b.c" }\n  - *x\n'],
    ['unreadable', '{"version": 2,'],
    ['not an object', '[1]'],
    ['nothing to do', '{"version":2,"name":"A","space":{"address":"#a:b.c"}}'],
  ])('left alone: %s', (_, text) => {
    expect(mend(text)).toEqual({ text, changes: [] })
  })
})
