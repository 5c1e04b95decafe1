import { assert, constantFrom, array, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readManifest } from '../communities/read-manifest.ts'
import { endlessPages, tenMegabytes } from '../testing/large-inputs.ts'
import { importPage } from './import-page.ts'
import { compare } from './testing/compare.ts'
import { pageKeys } from './testing/page-key.ts'

/** What was taken, in short: address, label, section. */
function taken(text: string, name = 'page.md') {
  return importPage(text, { name }).rooms.map(({ room, label, section }) => [room.address, label, section])
}

function found(text: string, name = 'page.md'): string[] {
  const { space, rooms } = importPage(text, { name })
  return [...(space ? [space] : []), ...rooms].map((each) => each.room.address)
}

function link(address: string): string {
  return `https://matrix.to/#/${address}`
}

/* The structures of the five pages, in words of our own. */
const structures: Readonly<
  Record<string, (sections: [string, readonly string[]][], space: string) => string>
> = {
  'Mathesar, Matrix': (sections, space) =>
    [
      '---\ntitle: Club on Matrix\npublished: true\n---\n\n## Joining\n',
      `1. Enter our [Matrix Space](${link(space)}?via=matrix.mathesar.org&via=matrix.org).\n`,
      '    - Another step.\n\n## Chat rooms\n\nA sentence.\n',
      ...sections.map(([name, rooms]) => `### ${name}\n${wikiTable(rooms)}`),
    ].join('\n'),
  'Mathesar, Community': (sections) =>
    sections
      .map(
        ([name, rooms]) =>
          `# Forums\n\n> A note\n{.is-info}\n\n## ${name}\nWe are at \`matrix.mathesar.org\`.\n\nA list:\n\n${wikiTable(rooms)}\n\n# Plans`,
      )
      .join('\n'),
  'de-RSE': (sections, space) =>
    sections
      .map(([name, rooms]) =>
        [
          `# Chat\n\n## ${name}\n\nThey are in one space: ${link(space)}\n\nThese are they:\n`,
          ...rooms.map((room) => `[${room.slice(1, 8)}](${link(room)})\n: What it is (mostly) for.`),
        ].join('\n'),
      )
      .join('\n'),
  Galaxy: (sections, space) => {
    const [lobby, subjects, users] = sections
    const links = (rooms: readonly string[]): string =>
      rooms.map((room) => `          <a href="${link(room)}" >Name &amp; more</a> <br>`).join('\n')
    return [
      `### ‚Äì Start {% link a.md %}\n\n#### ${lobby?.[0]}\n`,
      `* Join the [Lobby](${link(lobby?.[1][0] ?? '')}).\n  * It may be called \`${space}\`.\n`,
      `<div align="center">\n\n  <table border="1">\n    <thead>\n      <tr>\n        <th>${subjects?.[0]}:</th>\n        <th>${users?.[0]}:</th>\n      </tr>`,
      `    </thead>\n    <tbody>\n      <tr>\n        <td>\n${links(subjects?.[1] ?? [])}`,
      `          <strong><a href="${link(space)}" >All our rooms, 70+ rooms</a></strong>\n        </td>\n        <td>\n${links(users?.[1] ?? [])}`,
      '        </td>\n      </tr>\n    </tbody>\n  </table>\n\n</div>\n',
      `### Later\n\n  \`\`\`\n  ${lobby?.[1][0]}\n  \`\`\`\n\nYour ID looks like \`@yourname:matrix.org\`.`,
    ].join('\n')
  },
  Auxolotl: (sections) =>
    sections
      .map(
        ([name, rooms]) =>
          `## ${name}\n\n| Name | Purpose | Link |\n| --- | --- | --- |\n${rooms
            .map((room) => `| A name: ${room.slice(1, 4)} | What for | [${room}](${link(room)})       |`)
            .join('\n')}\n`,
      )
      .join('\n'),
}

function wikiTable(rooms: readonly string[]): string {
  const rows = rooms.map((room) => `| A #name | [\`${room}\`](${link(room)}) | Purpose, see [x](/y) |`)
  return `| Name | Address | Purpose |\n|-|-|-|\n${rows.join('\n')}\n`
}

describe('pages built like those of', () => {
  test.each(pageKeys)('$page: every address, none invented, each in its section', (key) => {
    const page = structures[key.page]?.(Object.entries(key.sections), key.space ?? '') ?? ''
    const { addresses, rooms } = compare(page, key)
    expect(addresses).toBeGreaterThan(5)
    expect(compare(page, key)).toEqual({
      page: key.page,
      addresses,
      found: addresses,
      wrong: 0,
      rightSection: rooms,
      rooms,
    })
  })
})

describe('an address in any of its forms', () => {
  const alias = '#lobby:club.test'
  test.each([
    ['https://matrix.to/#/#lobby:club.test', alias],
    ['https://matrix.to/#/%23lobby%3Aclub.test?via=club.test', alias],
    ['https://matrix.to/#/%2523lobby%253Aclub.test', alias],
    ['https://www.matrix.to/#/#lobby:club.test', alias],
    ['matrix:r/lobby:club.test?action=join', alias],
    ['https://app.element.io/#/room/#lobby:club.test', alias],
    ['https://chat.club.test/#/room/%23lobby:club.test', alias],
    ['https://app.cinny.in/home/%23lobby%3Aclub.test/', alias],
    ['https://archive.matrix.org/r/lobby:club.test/date/2024/01/01', alias],
    ['https://img.shields.io/matrix/lobby:club.test.svg?label=chat', alias],
    ['#lobby:club.test', alias],
    ['matrix:roomid/abcdefghij:club.test?via=club.test', '!abcdefghij:club.test'],
    ['!KQLkDbtIMsvcwUIfNy:club.test', '!KQLkDbtIMsvcwUIfNy:club.test'],
    [`https://matrix.to/#/!${'a'.repeat(43)}?via=club.test`, `!${'a'.repeat(43)}`],
  ])('%s', (written, address) => {
    expect(found(`We are at ${written}.`)).toEqual([address])
    expect(found(`- (${written}), and more`)).toEqual([address])
    if (written.includes('/')) {
      expect(found(`Come [in](${written})!`)).toEqual([address])
      expect(found(`<a href="${written.replaceAll('&', '&amp;')}">in</a>`, 'a.html')).toEqual([address])
      expect(found(`Come [in][1]!\n\n[1]: ${written}`)).toEqual([address])
    }
  })

  test.each([
    'a { color: #fff } #id:hover, !important:foo',
    'see https://docs.club.test/page#part:a.b and mail a#b:club.test',
    '#nocolon and # heading: text.md',
    'ping 10:30 @ home, @ada',
    '#include:stdio.h9 #a:b',
    'https://matrix.to/',
  ])('none in “%s”', (text) => {
    const { rooms, space } = importPage(text, { name: 'a.md' })
    expect([rooms, space]).toEqual([[], null])
  })

  test('a badge in a link is one room, and a badge alone is one, too', () => {
    const badge = '![chat](https://img.shields.io/matrix/lobby:club.test)'
    expect(found(`[${badge}](${link('#lobby:club.test')})\n\n${badge}`)).toEqual(['#lobby:club.test'])
  })
})

describe('what is left out is told with its line', () => {
  test('people, examples, broken links', () => {
    const text = `Ask [Ada](${link('@ada:club.test')}).\n\nLike #room:example.org,\nor https://matrix.to/#/lobby.\n`
    expect(importPage(text, { name: 'a.md' })).toMatchObject({
      manifest: null,
      leftOut: [
        { reason: 'person', line: 1 },
        { reason: 'example', line: 3, written: '#room:example.org' },
        { reason: 'broken', line: 4 },
      ],
    })
  })
})

describe('names, purposes and sections', () => {
  test('in lists', () => {
    const text = `# Rooms\n\n- General: #general:club.test\n- [Help](${link('#help:club.test')}) – ask here\n- #dev:club.test - for *makers*\n`
    expect(importPage(text, { name: 'a.md' }).rooms).toMatchObject([
      { label: 'General', purpose: null, section: 'Rooms', line: 3 },
      { label: 'Help', purpose: 'ask here', line: 4 },
      { label: null, purpose: 'for makers', line: 5 },
    ])
  })

  test('bold paragraphs and captions stand for headings', () => {
    expect(taken(`**Makers**\n\n- #a:club.test\n\n## Others\n\n- #b:club.test`)).toEqual([
      ['#a:club.test', null, 'Makers'],
      ['#b:club.test', null, 'Others'],
    ])
    const html = `<h2>All</h2><table><caption>Makers</caption><tr><th>Room<th>Link<tr><td>Dev<td><a href="${link('#a:club.test')}">in</a></table>`
    expect(taken(html, 'a.html')).toEqual([['#a:club.test', 'Dev', 'Makers']])
  })

  test.each([
    [
      'a.wiki',
      `== Rooms ==\n* [${link('#a:club.test')} Dev] makers\n{|\n! Name !! Link\n|-\n| Help || [${link('#b:club.test')} in]\n|}`,
    ],
    [
      'a.rst',
      `Rooms\n=====\n\n* \`Dev <${link('#a:club.test')}>\`_ makers\n* Help_\n\n.. _Help: ${link('#b:club.test')}\n`,
    ],
    [
      'a.adoc',
      `== Rooms\n\n* ${link('#a:club.test')}[Dev] makers\n\n|===\n|Help |link:${link('#b:club.test')}[in]\n|===\n`,
    ],
  ])('in %s', (name, text) => {
    expect(taken(text, name)).toEqual([
      ['#a:club.test', 'Dev', 'Rooms'],
      ['#b:club.test', 'Help', 'Rooms'],
    ])
  })

  test('text of a wrong encoding is repaired', () => {
    const text = '## Itâ€™s here ‚Äì now\n\n| Name | Link |\n|-|-|\n| CafÃ© | #a:club.test |'
    expect(taken(text)).toEqual([['#a:club.test', 'Café', 'It’s here – now']])
  })

  test('the place that says most speaks for a room, and all its lines are told', () => {
    const text = `Find us at #a:club.test today.\n\n## Rooms\n\n| Name | Link |\n|-|-|\n| Lobby | #a:club.test |\n`
    expect(importPage(text, { name: 'a.md' }).rooms).toMatchObject([
      { label: 'Lobby', section: 'Rooms', lines: [1, 7] },
    ])
  })
})

describe('hostile pages', () => {
  const bits = constantFrom(
    '#a:b.club',
    '!abcdefghij:b.club',
    link('#x:y.club'),
    '[',
    ']',
    '(',
    ')',
    '|',
    '\n',
    '\n\n',
    '# ',
    '- ',
    ': ',
    '<table>',
    '<tr>',
    '<td>',
    '</table>',
    '<a href="',
    '">',
    '<li>',
    '<dl><dt>',
    '<!--',
    '```',
    '> ',
    '**',
    '`',
    '{%',
    '%}',
    '{{',
    '{|',
    '|-',
    '\u202E',
    '\u0000',
    'â€™',
    '\uFFFD',
    '---\n',
    '==',
    '%23',
    '@a:b.c',
    '&#',
    ' ',
  )

  test('whatever comes, it ends in a valid manifest or none', () => {
    const page = array(bits, { maxLength: 80 })
    const name = constantFrom('a.md', 'a.html', 'a.wiki', 'a.rst', 'a.adoc', '')
    assert(
      property(page, name, string({ unit: 'binary' }), (parts, file, noise) => {
        const { manifest } = importPage(parts.join('') + noise, { name: file })
        if (manifest !== null) expect(readManifest(manifest)).toMatchObject({ ok: true })
      }),
      { numRuns: 200 },
    )
  }, 30_000)

  test.each(Object.entries(endlessPages))('%s without end are read to the end', (_, text) => {
    for (const name of ['a.md', 'a.html', 'a.wiki']) {
      const { manifest } = importPage(text, { name })
      if (manifest !== null) expect(readManifest(manifest)).toMatchObject({ ok: true })
    }
  })

  test('of ten megabytes the first 5,000 rooms are taken', () => {
    const page = tenMegabytes()
    expect(page.length).toBeGreaterThan(10_000_000)
    const { rooms, leftOut } = importPage(page, { name: 'a.md' })
    expect(rooms).toHaveLength(5_000)
    expect(leftOut.at(-1)).toMatchObject({ reason: 'tooMany' })
  })

  test('names say nothing hidden, and markup stays text', () => {
    const text = '| Name | Link |\n|-|-|\n| Lob\u202Eby <script>alert(1)</script> | #a:club.test |'
    expect(taken(text)[0]?.[1]).not.toMatch(/[\u202E<]/)
  })
})
