import type { CommunityRoom } from '../communities/community.ts'
import { room } from './communities.ts'

/** What is large or has no end, for tests of what comes of it and for measuring how long it takes. */

function link(address: string): string {
  return `https://matrix.to/#/${address}`
}

/** Markup that is opened again and again and never closed: each makes some careless reader slow. */
export const endlessPages: Readonly<Record<string, string>> = {
  brackets: '['.repeat(200_000),
  images: '![a'.repeat(100_000),
  quotes: '> '.repeat(100_000),
  tables: '<table><tr><td>'.repeat(100_000),
  tags: '<div>'.repeat(200_000),
  links: `<a href="${link('#a:b.club')}">`.repeat(20_000),
  comments: '<!--'.repeat(100_000),
  hashes: '#a:b.club'.repeat(50_000),
  sigils: '#!@'.repeat(200_000),
  stars: '*a **a '.repeat(30_000),
  liquid: '{% '.repeat(200_000),
  lists: Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}- #a:b.club`).join('\n'),
  terms: '#a:b.club\n: b\n'.repeat(20_000),
}

/** Texts handed in as manifests that a careless reader would be busy with for ever; none is a manifest. */
export const endlessManifests: Readonly<Record<string, string>> = {
  'deep JSON': '['.repeat(500_000),
  'much YAML': 'a: [b, c]\n'.repeat(150_000),
  'deep YAML': `a: ${'['.repeat(100_000)}`,
  'deep blocks': Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  tags: 'a: !!js/function "function () {}"\nversion: !!binary "AAAA"',
  'many documents': '---\n'.repeat(10_000),
  'merge keys': 'a: &a {b: 1}\n<<: *a\n__proto__: {c: 1}',
}

/** A Markdown page of a little over ten megabytes: a table of 90,000 rooms. */
export function tenMegabytes(): string {
  const row = (index: number): string =>
    `| Room ${index} | [\`#r${index}:x.club\`](${link(`#r${index}:x.club`)}) | Discussion about something that matters |\n`
  return `| Name | Address | Purpose |\n|-|-|-|\n${Array.from({ length: 90_000 }, (_, index) => row(index)).join('')}`
}

/** A Markdown page of 900 rooms, each under three names with hints of others in them. */
export function manyNames(): string {
  return Array.from({ length: 900 }, (_, at) =>
    [0, 1, 2]
      .map((nth) => `- Name ${at} ${nth}: #r${at}:club.test (Other ${nth} of ${at} and more words still)`)
      .join('\n'),
  ).join('\n')
}

/** A Markdown page with a list of so many rooms. */
export function longList(rooms: number): string {
  const lines = Array.from(
    { length: rooms },
    (_, index) => `- [Room ${index}](${link(`#room-${index}:club.test`)})`,
  )
  return ['# Large', ...lines].join('\n')
}

/** 5,000 rooms whose long names begin alike. */
export function manyLongNames(): readonly CommunityRoom[] {
  return Array.from({ length: 5_000 }, (_, index) =>
    room(`#${index}:x`, { name: `Room ${index} `.repeat(20) }),
  )
}
