import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { manyNames } from '../testing/large-inputs.ts'
import { checkPage } from './check-page.ts'

/* The structures of communities' own pages and the slips they have had, in made-up rooms and words. */

const link = (address: string): string => `https://matrix.to/#/${address}`
const row = (name: string, address: string, purpose: string): string =>
  `| ${name} | ${purpose} | [${address}](${link(address)}) |`
const head = '| Name | Purpose | Link |\n| --- | --- | --- |'
const groups = ['Rust', 'CLI', 'Docs', 'Gnome', 'Haskell'].flatMap((name) => [
  row(`SIG:${name} General`, `#SIG${name.toUpperCase()}-GEN:club.test`, `Help with ${name}`),
  row(`SIG:${name} Governance`, `#SIG${name.toUpperCase()}-GOV:club.test`, `How the ${name} group is run`),
])
const table = (rows: readonly string[]): string =>
  [
    '---',
    'title: Club',
    '---',
    '',
    `Our space: ${link('#club:club.test')}`,
    '',
    '## Groups',
    '',
    head,
    ...rows,
  ].join('\n')
const changed = (from: string, to: string): string => table(groups).replace(from, to)

const columns = (last: string): string =>
  [
    '## Start',
    '',
    `* Join the [main Club room - The Lobby](${link('#club_Lobby:old.test')}).`,
    `* Then the [Lobby room](${link('#club_Lobby:old.test')}) knows more.`,
    '',
    '<table><thead><tr><th>Subjects:</th><th>People:</th></tr></thead><tbody><tr><td>',
    `<a href="${link('#plants:old.test')}">Plants</a> <br>`,
    `<a href="${link('#club:club.test')}">All Club rooms, 70+ rooms</a>`,
    `</td><td><a href="${link('#dev:old.test')}">Developers</a></td></tr></tbody></table>`,
    '',
    '## Quickly',
    '',
    `* ${last}`,
  ].join('\n')

function found(text: string, name = 'page.md'): [number | null, string][] {
  return checkPage(text, { name }).findings.map(({ line, id }) => [line, id])
}

describe('a page', () => {
  test.each([
    ['a table', table(groups)],
    ['columns', columns('Join `#club:club.test` (the space) and say hello in #club_Lobby:old.test (Lobby).')],
    ['no space is no slip, but told', table(groups).replace(/Our space.*/, '')],
    [
      'a list with remarks, people and examples',
      `# Club\n\nOur space: #club:club.test\n\n- #news:club.test (read-only)\n- [Help](${link('#help:club.test')}) (English)\n- Help: #help:club.test\n\nAsk [Ada](${link('@ada:club.test')}). Yours looks like #room:example.org or @you:club.test.\n`,
    ],
    [
      'definitions',
      `# Club\n\nIn one space: ${link('#club:club.test')}\n\n[club-general](${link('#club-general:club.test')})\n: For all else.\n[club-jobs](${link('#club-jobs:club.test')})\n: For jobs – naïve “quotes” and ümlauts.\n`,
    ],
  ])('clean: %s', (name, text) => {
    expect(found(text)).toEqual(name.startsWith('no space') ? [[null, 'no-space']] : [])
  })

  test.each<[string, string, [number | null, string][]]>([
    [
      'a row copied, with the name of the row above',
      changed('SIG:Rust Governance', 'SIG:CLI Governance'),
      [
        [12, 'label-address'],
        [12, 'purpose-label'],
        [14, 'name-twice'],
      ],
    ],
    ['a purpose copied', changed('How the Gnome', 'How the Rust'), [[18, 'purpose-label']]],
    [
      'the space goes by the name of the lobby',
      columns('Join `#club:club.test` (Club Lobby)'),
      [[13, 'two-names']],
    ],
    [
      'the space is all there is of a lobby',
      `# Club\n\nOur space: #club:club.test\n\n- Plants: #plants:club.test\n- Join #club:club.test (Club Lobby)\n`,
      [[6, 'space-as-room']],
    ],
    [
      'an address copied into a second row',
      `# Club\n\nOur space: #club:club.test\n\n${head}\n${row('Plants', '#plants:club.test', '')}\n${row('Music', '#plants:club.test', '')}\n`,
      [[8, 'two-names']],
    ],
    [
      'a wrong encoding, told once',
      `${table(groups)}\n\nIt\u00e2\u20ac\u2122s open.\n\nStart \u201a\u00c4\u00ec here.\n`,
      [[22, 'damaged-text']],
    ],
    [
      'not published',
      table(groups).replace('title: Club', 'title: Club\npublished: false'),
      [[3, 'unpublished']],
    ],
    [
      'institutions have accounts that their people don’t know of',
      `${table(groups)}\n\nIf your university runs a Matrix server, ask there.\n`,
      [[22, 'institution-without-domains']],
    ],
    [
      'a space by its ID, with servers and without',
      `Our Matrix space is ${link('!KQabcdefgh:club.test?via=club.test')}.\n\n- Plants: ${link('!ZZabcdefgh:club.test')}\n`,
      [
        [1, 'id-not-alias'],
        [3, 'id-without-via'],
      ],
    ],
    ['a link that leads nowhere', `${table(groups)}\n\n[Music](${link('music')})\n`, [[22, 'bad-address']]],
    ['nothing at all', '# Club\n\nWe talk elsewhere.\n', [[null, 'nothing-listed']]],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  test('in HTML, with its lines, and its rooms for homeservers to be asked about', () => {
    const html = `<!doctype html>\n<p>Our space: <a href="${link('#club:club.test')}">in</a></p>\n<table><tr><th>Name<th>Link</tr>\n<tr><td>Plants<td><a href="${link('#plants:club.test')}">in</a></tr>\n<tr><td>Music<td><a href="${link('#plants:club.test')}">in</a></tr></table>`
    expect(found(html, 'a.html')).toEqual([[5, 'two-names']])
    const { draft, lineOf, manifest } = checkPage(html, { name: 'a.html' })
    expect(draft?.rooms).toMatchObject([{ address: '#plants:club.test', label: 'Plants' }])
    expect([lineOf(['space']), lineOf(['rooms', 0, 'label']), lineOf([])]).toEqual([2, 4, null])
    expect(manifest?.rooms).toHaveLength(1)
  })

  test('whatever comes, it ends, with lines that the page has', () => {
    const bit = constantFrom(
      '#a:b.club',
      link('#x:y.club'),
      '(Lobby)',
      '\n',
      '- ',
      '| ',
      '---\n',
      'â€™',
      '\r',
      '\u0000',
    )
    assert(
      property(array(bit, { maxLength: 60 }), string({ unit: 'binary' }), (parts, noise) => {
        const text = parts.join('') + noise
        const lines = text.split(/\r\n?|\n/).length
        for (const { line } of checkPage(text, { name: 'a.md' }).findings)
          expect(line === null || (line >= 1 && line <= lines)).toBe(true)
      }),
      { numRuns: 100 },
    )
  }, 30_000)

  test('a room of many names, each with a hint of its own, contradicts nothing', () => {
    expect(checkPage(manyNames(), { name: 'a.md' }).findings.map(({ id }) => id)).toEqual(['no-space'])
  })
})
