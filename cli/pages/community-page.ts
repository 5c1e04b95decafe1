import { createElement as h, type ReactNode } from 'react'
import { viaServers, type RoomAddress } from '../../core/addresses/room-address.ts'
import { contactKind, contactLink, contactText } from '../../core/communities/contact.ts'
import { distinct } from '../../core/communities/description.ts'
import type { Manifest } from '../../core/communities/read-manifest.ts'
import { foyerUri, type CommunityLink } from '../../core/links/community-link.ts'
import { bestLanguage } from '../../core/text/best-language.ts'
import { staticPage } from './static-page.ts'
import { pageWords as words } from './words.ts'

/** What the page offers beside the community itself. */
export interface CommunityPageOptions {
  readonly link: CommunityLink
  /** Where Foyer is to be had; without it the page doesn't offer to download it. */
  readonly downloadUrl: string | null
}

/** The page a community can put up: what it is, the rooms, and the ways in. Works without a script. */
export function communityPage(manifest: Manifest, { link, downloadUrl }: CommunityPageOptions): string {
  const language = manifest.languages?.[0] ?? 'en'
  const rooms = manifest.sections.map(({ id, name }) => ({
    name,
    rooms: manifest.rooms.filter((room) => room.section === id),
  }))
  const hidden = manifest.roomCount - manifest.rooms.length
  return staticPage({
    title: words.title(manifest.name),
    description: manifest.summary ?? words.title(manifest.name),
    language: 'en',
    colour: manifest.colour ?? null,
    styles: STYLES,
    script: scriptFor(link),
    body: h(
      'main',
      null,
      h('h1', { lang: language }, manifest.name),
      line(manifest.summary, 'quiet'),
      ways(manifest, link, downloadUrl),
      h('h2', null, words.whatTitle),
      ...words.what.map((text) => h('p', { key: text }, text)),
      ...privacyOf(manifest),
      ...rulesOf(manifest),
      ...welcomeOf(manifest),
      ...(manifest.rooms.length === 0 ? [] : [h('h2', { key: 'rooms' }, words.roomsTitle)]),
      ...rooms
        .filter((section) => section.rooms.length > 0)
        .map((section) =>
          h(
            'section',
            { key: section.name },
            section.name === '' ? null : h('h3', { lang: language }, section.name),
            h('ul', { className: 'rooms' }, ...section.rooms.map((room) => roomLine(room, language))),
          ),
        ),
      line(hidden > 0 ? words.more(hidden) : undefined, 'quiet'),
      contactOf(manifest),
    ),
  })
}

/** A link that every Matrix client understands (matrix.to). */
export function matrixToLink(room: RoomAddress): string {
  const via = room.address.startsWith('!') ? viaServers(room).map((server) => `via=${server}`) : []
  const query = via.length === 0 ? '' : `?${via.join('&')}`
  return `https://matrix.to/#/${encodeURIComponent(room.address)}${query}`
}

function ways({ space }: Manifest, link: CommunityLink, downloadUrl: string | null): ReactNode {
  return h(
    'div',
    { className: 'ways' },
    h('a', { className: 'main way', id: 'open', href: foyerUri(link) }, words.open),
    downloadUrl === null ? null : h('a', { className: 'way', href: downloadUrl }, words.download),
    space === undefined ? null : h('a', { className: 'way', href: matrixToLink(space) }, words.otherClient),
    h(
      'p',
      { className: 'small quiet' },
      [words.openHint, ...(downloadUrl === null ? [] : [words.afterDownload])].join(' '),
    ),
  )
}

function roomLine(room: Manifest['rooms'][number], language: string): ReactNode {
  return h(
    'li',
    { key: room.address },
    h('a', { href: matrixToLink(room), lang: room.language ?? language }, room.label ?? room.address),
    room.label === undefined ? null : h('span', { className: 'address small quiet' }, room.address),
    line(room.purpose, 'quiet', language),
    room.notes.length === 0 ? null : h('p', { className: 'small quiet' }, room.notes.join(' · ')),
  )
}

function privacyOf({ privacy }: Manifest): ReactNode[] {
  const notes = [
    ...(privacy?.public === true ? [words.isPublic] : []),
    ...(privacy?.encrypted === false ? [words.isUnencrypted] : []),
    ...(privacy?.encrypted === true ? [words.isEncrypted] : []),
    ...(privacy?.notes ?? []),
  ]
  if (notes.length === 0) return []
  return [
    h('h2', { key: 'privacy' }, words.privacyTitle),
    ...distinct(notes).map((note) => h('p', { key: note, dir: 'auto' }, note)),
  ]
}

function rulesOf({ rules }: Manifest): ReactNode[] {
  if (rules === undefined) return []
  return [
    h('h2', { key: 'rules' }, rules.name ?? words.rulesTitle),
    h(
      'ul',
      { key: 'points', className: 'points' },
      ...distinct(rules.points).map((each) => h('li', { key: each, dir: 'auto' }, each)),
    ),
    h('p', { key: 'whole' }, h('a', { href: rules.url }, words.wholeRules)),
    rules.accept ? h('p', { key: 'agree', className: 'small quiet' }, words.mustAgree) : null,
  ]
}

/** The community's own words in each language that it has them in, the most used one open. */
function welcomeOf({ welcome, languages }: Manifest): ReactNode[] {
  const texts = Object.entries(welcome ?? {})
  const first = bestLanguage(Object.keys(welcome ?? {}), languages) ?? texts[0]?.[0]
  return texts
    .toSorted(([one], [other]) => Number(other === first) - Number(one === first))
    .flatMap(([language, { title, paragraphs }]) => {
      const text = distinct(paragraphs).map((each) => h('p', { key: each, dir: 'auto' }, each))
      if (language === first)
        return [h('section', { key: language, lang: language }, h('h2', { dir: 'auto' }, title), ...text)]
      const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
      return [
        h('details', { key: language, lang: language }, h('summary', null, `${name}: ${title}`), ...text),
      ]
    })
}

function contactOf({ contact }: Manifest): ReactNode {
  const link = contactLink(contact ?? null)
  if (contact === undefined || link === null) return null
  const before = words.contact[contactKind(contact)]
  return h('p', { className: 'quiet' }, before, h('a', { href: link }, contactText(contact)), '.')
}

function line(text: string | undefined, className: string, language?: string): ReactNode {
  return text === undefined
    ? null
    : h('p', { className, ...(language === undefined ? {} : { lang: language }) }, text)
}

/*
 * A link to this page may carry more, such as a registration token for a workshop: `#join=…&token=…`. Without a script
 * the button opens Foyer all the same, only without it. A link into another community changes nothing.
 */
function scriptFor(link: CommunityLink): string {
  const own = foyerUri({ ...link, homeserver: null, token: null, preset: null }).slice('foyer:?'.length)
  const join = own.split('&')[0] ?? ''
  const quoted = JSON.stringify(join).replaceAll('<', '\\u003c')
  return `{const h=location.hash.slice(1),j=${quoted};if(h===j||h.startsWith(j+"&"))document.getElementById("open").href="foyer:?"+h}`
}

const STYLES = `
.ways { display: flex; flex-wrap: wrap; gap: var(--s3); margin-block: var(--s5) }
.ways p { flex-basis: 100%; margin: 0 }
.way { padding: var(--s3) var(--s5); min-block-size: var(--target); border: var(--stroke) solid var(--edge);
  border-radius: var(--round-control); color: var(--ink); text-decoration: none; font-weight: var(--weight-strong) }
.way:hover { background: var(--wash) }
.way.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
.way.main:hover { background: var(--accent-hi) }
h3 { margin: var(--s5) 0 var(--s2); font-size: var(--text-name); line-height: var(--line-name) }
.rooms li { padding-block: var(--s3); border-block-start: var(--stroke) solid var(--hair) }
.rooms a { font-weight: var(--weight-strong); overflow-wrap: anywhere }
.rooms p { margin-block: var(--s1) 0 }
.address { display: block; overflow-wrap: anywhere }
details { margin-block: var(--s3) }
summary { cursor: pointer; min-block-size: var(--target); padding-block: var(--s2); overflow-wrap: anywhere }
.points { list-style: disc; padding-inline-start: var(--s5) }
`
