import * as fc from 'fast-check'

/** Something handed in by somebody who means no good. `name` is the file’s. */
export interface HostileInput {
  readonly name: string
  readonly text: string
}

/** What markup of ours would never hold; a page that gets it drawn has won. */
export const MARK = 'foyer-hostile'

/** Hosts inside of somebody's network, in forms that URL parsers take for them. */
export const privateHosts = [
  'localhost',
  '127.0.0.1',
  '127.1',
  '0x7f000001',
  '2130706433',
  '0177.0.0.1',
  '10.1.2.3',
  '192.168.7.7:8448',
  '169.254.169.254',
  '[::1]',
  '[::ffff:10.0.0.1]',
  'printer.local',
  'router.lan',
  'intranet',
] as const

const ATTACKS = [
  `<${MARK} onclick=alert(1)>x</${MARK}>`,
  `<img src=x onerror="document.title='${MARK}'">`,
  `<script>document.body.innerHTML='<${MARK}>'</script>`,
  `"><${MARK} data-${MARK}="1">`,
  `<svg onload="alert(1)"><use href="data:image/svg+xml,x"/></svg>`,
  `<style>body{display:none}</style>`,
  `<iframe src="https://127.0.0.1/"></iframe>`,
  `<a href="javascript:alert(1)">x</a>`,
  `<meta http-equiv="refresh" content="0;url=https://10.0.0.1/">`,
  `<base href="https://10.0.0.1/">`,
  '{{constructor.constructor("alert(1)")()}}',
  '<b>{name}</b> {count} <a>x</a>',
  '$t(app.name) {{x}} %s ${1+1}',
  '\u202Egnp.exe\u202C',
  '\u2066left\u2069 \u200F\u200E',
  'a\u0000b\u0007c\u001B[31m',
  `Z${'\u0301'.repeat(200)}`,
  'раураl.com аdmin',
  '\uD800 alone',
  '🦎'.repeat(300),
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  'long '.repeat(2_000),
] as const

const attack = fc.constantFrom(...ATTACKS)
const words = fc.oneof({ arbitrary: attack, weight: 3 }, fc.string({ unit: 'binary', maxLength: 40 }))
const localpart = fc.oneof(
  fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  fc.constantFrom('__proto__', 'Lobby', 'lоbby'),
)
const host = fc.oneof(
  fc.constantFrom(...privateHosts),
  fc.constantFrom('club.test.invalid', 'a.nowhere.test'),
)
const alias = fc.tuple(localpart, host).map(([local, server]) => `#${local}:${server}`)
const address = fc.oneof(
  { arbitrary: alias, weight: 4 },
  fc.tuple(localpart, host).map(([local, server]) => `!${local}aaaaaaaa:${server}`),
  words.map((text) => `#${text}:club.test`),
  words,
)

const link = fc.oneof(
  address.map((text) => `https://matrix.to/#/${encodeURIComponent(text.toWellFormed())}`),
  address.map((text) => `https://matrix.to/#/${text}`),
  host.map((name) => `https://${name}/#/room/#x:${name}`),
  fc.constantFrom('javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'file:///etc/passwd'),
)

const piece = fc.oneof(
  fc.tuple(words, link).map(([text, url]) => `- [${text}](${url}): ${text}\n`),
  fc.tuple(words, link).map(([text, url]) => `<tr><td>${text}<td><a href="${url}">${text}</a></tr>\n`),
  fc.tuple(words, alias).map(([text, named]) => `| ${text} | ${named} |\n`),
  fc.tuple(words, link).map(([text, url]) => `* [${url} ${text}]\n`),
  words.map((text) => `\n## ${text}\n\n`),
  attack,
  fc.constantFrom(
    '<table>',
    '</table>',
    '{|\n',
    '|}\n',
    '```\n',
    '---\n',
    '<!--',
    '{% raw %}',
    '> > > > ',
    '\n\n',
  ),
)
const pages: fc.Arbitrary<HostileInput> = fc
  .tuple(
    fc.constantFrom('a.md', 'a.html', 'a.rst', 'a.adoc', 'a.wiki', `<${MARK}>.md`, `${'n'.repeat(300)}.md`),
    words,
    fc.array(piece, { minLength: 1, maxLength: 30 }),
  )
  .map(([name, title, pieces]) => ({ name, text: `# ${title}\n\n${pieces.join('')}` }))

const room = fc.record(
  {
    address: fc.oneof({ arbitrary: alias, weight: 5 }, address),
    via: fc.array(host, { maxLength: 3 }),
    label: words,
    purpose: words,
    section: words,
    notes: fc.array(words, { maxLength: 2 }),
    lobby: fc.boolean(),
  },
  { requiredKeys: ['address'] },
)
const url = fc.oneof(
  host.map((name) => `https://${name}/`),
  fc.constantFrom('javascript:alert(1)', 'https://user:pass@example.org/', 'file:///etc/passwd'),
)
const manifests: fc.Arbitrary<HostileInput> = fc
  .record(
    {
      version: fc.constantFrom(2, 2, 2, 1, 99),
      name: words,
      summary: words,
      website: url,
      picture: url,
      colour: fc.constantFrom('#123456', 'red;background:url(https://10.0.0.1/)', 'var(--x)'),
      contact: fc.oneof(url, fc.constant('mailto:a@b?attach=/etc/passwd')),
      space: room,
      rooms: fc.array(room, { maxLength: 8 }),
      rules: fc.record({ url }),
      homeservers: fc.array(fc.record({ name: host }), { maxLength: 3 }),
      welcome: fc.record({ en: fc.record({ title: words, paragraphs: fc.array(words, { maxLength: 3 }) }) }),
    },
    { requiredKeys: ['version', 'name', 'rooms'] },
  )
  .map((manifest) => ({ name: 'a.foyer', text: JSON.stringify(manifest) }))

/* Manifests that Foyer takes, whose words and servers are an enemy's. */
const valid: fc.Arbitrary<HostileInput> = fc
  .tuple(
    fc.array(attack, { minLength: 4, maxLength: 4 }),
    fc.uniqueArray(localpart, { minLength: 1, maxLength: 6 }),
    host,
  )
  .map(([[name = '', label = '', purpose = '', section = ''], localparts, server]) => {
    const short = (text: string): string => `x ${text.slice(0, 150)}`
    const rooms = localparts.map((local) => ({
      address: `#${local}:${server}`,
      label: short(label),
      purpose: short(purpose),
      section: short(section).slice(0, 90),
    }))
    return {
      name: 'a.foyer',
      text: JSON.stringify({ version: 2, name: short(name), rooms, homeservers: [{ name: server }] }),
    }
  })

/** Thought of by hand: what is deep, long or many. */
const byHand: readonly HostileInput[] = [
  { name: 'deep.json', text: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
  { name: 'deep.html', text: `${'<div>'.repeat(50_000)}<a href="https://matrix.to/#/#a:club.test">a</a>` },
  { name: 'bomb.yaml', text: yamlBomb() },
  { name: 'many.foyer', text: JSON.stringify({ version: 2, name: 'Many', rooms: manyRooms(6_000) }) },
  { name: 'full.foyer', text: JSON.stringify({ version: 2, name: 'Full', rooms: manyRooms(5_000) }) },
  { name: 'wide.md', text: `| ${'x | '.repeat(20_000)}\n|${'-|'.repeat(20_000)}\n| #a:club.test |` },
  { name: 'proto.json', text: '{"version":2,"name":"x","__proto__":{"isAdmin":true},"rooms":[]}' },
  { name: 'empty.md', text: '' },
  { name: 'nul.md', text: '\u0000'.repeat(10_000) },
  { name: 'brackets.md', text: '['.repeat(100_000) },
]

function manyRooms(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({ address: `#r${index}:club.test` }))
}

function yamlBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
  for (let level = 1; level < 12; level += 1)
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`)
  return ['version: 2', 'name: bomb', ...lines].join('\n')
}

/** Links as they may be pasted or clicked. */
const links = fc.oneof(
  link,
  alias,
  fc.tuple(link, host).map(([join, server]) => `foyer:?join=${encodeURIComponent(join)}&server=${server}`),
  fc
    .tuple(alias, words)
    .map(
      ([join, token]) =>
        `foyer:?join=${encodeURIComponent(join)}&token=${encodeURIComponent(token.toWellFormed())}`,
    ),
  host.map((name) => `https://${name}/.well-known/matrix/org.foyer.onboarding`),
  host,
  words,
)

/** The same in each run: a hundred pages and manifests, half of them drawn at random. */
export function hostileFiles(): readonly HostileInput[] {
  return [...byHand, ...sample(pages, 45), ...sample(manifests, 20), ...sample(valid, 25)]
}

/** Pages only. */
export function hostilePages(count: number): readonly HostileInput[] {
  return sample(pages, count)
}

/** Manifests only, many of them such as Foyer takes. */
export function hostileManifests(count: number): readonly HostileInput[] {
  return [...sample(valid, Math.ceil(count / 2)), ...sample(manifests, Math.floor(count / 2))]
}

/** Links only. */
export function hostileLinks(count: number): readonly string[] {
  return sample(links, count)
}

const SEED = 20_261_121

function sample<Value>(arbitrary: fc.Arbitrary<Value>, count: number): Value[] {
  return fc.sample(arbitrary, { numRuns: count, seed: SEED })
}
