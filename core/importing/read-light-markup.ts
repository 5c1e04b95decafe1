import type { PageSink } from './page-sink.ts'
import type { PageFormat } from './page-format.ts'

type LightFormat = Exclude<PageFormat, 'markdown' | 'html'>

// What a link looks like: its address, then its text, or the other way round.
const LINKS: Readonly<Record<LightFormat, RegExp>> = {
  mediawiki: /\[(?<url>(?:https?|matrix):[^\s\]]{1,2000})(?:\s(?<text>[^\]\n]{0,300}))?\]/g,
  asciidoc: /(?:link:)?(?<url>(?:https?|matrix):[^\s[\]]{1,2000})\[(?<text>[^\]\n]{0,300})\]/g,
  rst: /`(?<text>[^`<\n]{0,300})<(?<url>(?:https?|matrix):[^>\s]{1,2000})>`__?/g,
}
const UNDERLINE = /^([=\-~^"'`#*+.:_])\1{2,}\s*$/

/** Reads MediaWiki, AsciiDoc and reStructuredText line by line: headings, lists, tables and links. */
export function readLightMarkup(format: LightFormat, text: string, sink: PageSink): void {
  const lines = text.split('\n')
  const references = format === 'rst' ? referencesIn(text) : null
  const underlines: string[] = []
  for (let index = 0; index < lines.length && !sink.isFull; index++) {
    const line = (lines[index] ?? '').slice(0, 20_000)
    const number = index + 1
    const say = (part: string): void => readLine(format, part, number, sink, references)
    if (format === 'rst') {
      const under = UNDERLINE.exec(lines[index + 1] ?? '')
      if (under && line.trim() !== '' && !UNDERLINE.test(line)) {
        const sign = under[1] ?? ''
        if (!underlines.includes(sign)) underlines.push(sign)
        heading(sink, underlines.indexOf(sign) + 1, () => say(line))
        index++
      } else if (!UNDERLINE.test(line)) plain(format, line, sink, say)
    } else {
      const found = format === 'mediawiki' ? /^(={1,6})(.+?)\1\s*$/.exec(line) : /^(={1,6}) (.+)$/.exec(line)
      if (found) heading(sink, (found[1] ?? '').length, () => say(found[2] ?? ''))
      else if (!tablePart(format, line, sink, say)) plain(format, line, sink, say)
    }
  }
}

function heading(sink: PageSink, level: number, say: () => void): void {
  sink.openHeading(Math.min(level, 6))
  say()
  sink.closeHeading()
}

function plain(format: LightFormat, line: string, sink: PageSink, say: (part: string) => void): void {
  const bullet = (format === 'mediawiki' ? /^[*#:;]+\s*/ : /^\s*(?:[*.-]{1,5}|\d+\.)\s+/).exec(line)
  if (bullet) {
    sink.open('item')
    say(line.slice(bullet[0].length))
    sink.close('item')
  } else if (line.trim() === '') sink.open('paragraph')
  else say(`${line}\n`)
}

/* Tables of MediaWiki ({| |- ! | |}) and AsciiDoc (|===, a row per line). */
function tablePart(format: LightFormat, line: string, sink: PageSink, say: (part: string) => void): boolean {
  if (format === 'asciidoc') {
    if (line.startsWith('|===')) {
      sink.close('table')
      sink.open('table')
      return true
    }
    if (!line.startsWith('|')) return false
    sink.open('row')
    for (const cell of line.slice(1).split('|')) cellOf(sink, 'cell', () => say(cell))
    sink.close('row')
    return true
  }
  if (line.startsWith('{|')) sink.open('table')
  else if (line.startsWith('|}')) sink.close('table')
  else if (line.startsWith('|-')) sink.open('row')
  else if (line.startsWith('|+')) cellOf(sink, 'caption', () => say(line.slice(2)))
  else if (/^[!|]/.test(line)) {
    const kind = line.startsWith('!') ? 'headerCell' : 'cell'
    for (const cell of line.slice(1).split(kind === 'cell' ? '||' : /!!|\|\|/)) {
      // `style="…" |` before a cell’s text says how it looks.
      cellOf(sink, kind, () => say(cell.replace(/^[^|[\]]{0,200}="[^|[\]]{0,200}\|/, '')))
    }
  } else return false
  return true
}

function cellOf(sink: PageSink, kind: 'cell' | 'headerCell' | 'caption', say: () => void): void {
  sink.open(kind)
  say()
  sink.close(kind)
}

function readLine(
  format: LightFormat,
  text: string,
  line: number,
  sink: PageSink,
  references: ReadonlyMap<string, string> | null,
): void {
  let at = 0
  for (const match of text.matchAll(LINKS[format])) {
    sayPlain(text.slice(at, match.index), line, sink, references)
    const { url = '', text: label = '' } = match.groups ?? {}
    sink.openLink(url, line)
    sink.text(withoutMarks(label), line)
    sink.closeLink()
    at = match.index + match[0].length
  }
  sayPlain(text.slice(at), line, sink, references)
}

function sayPlain(
  text: string,
  line: number,
  sink: PageSink,
  references: ReadonlyMap<string, string> | null,
): void {
  if (references === null || references.size === 0) {
    sink.text(withoutMarks(text), line)
    return
  }
  let at = 0
  for (const match of text.matchAll(/`([^`\n]{1,200})`_|\b([\w-]{1,100})_(?!\w)/g)) {
    const label = match[1] ?? match[2] ?? ''
    const url = references.get(label.toLowerCase())
    if (url === undefined) continue
    sink.text(withoutMarks(text.slice(at, match.index)), line)
    sink.openLink(url, line)
    sink.text(label, line)
    sink.closeLink()
    at = match.index + match[0].length
  }
  sink.text(withoutMarks(text.slice(at)), line)
}

function referencesIn(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/^\.\. _`?([^`:\n]{1,200})`?: +((?:https?|matrix):\S{1,2000})$/gm)
  return new Map([...found].map((match) => [(match[1] ?? '').toLowerCase(), match[2] ?? '']))
}

// Bold, internal links and templates, as far as they would end up in a name.
function withoutMarks(text: string): string {
  return text
    .replace(/\[\[(?:[^\]|\n]{0,200}\|)?([^\]\n]{0,200})\]\]/g, '$1')
    .replace(/\{\{[^{}\n]{0,500}\}\}/g, '')
    .replace(/'{2,5}|\*\*|``/g, '')
    .replace(/<\/?[a-z][^<>\n]{0,300}>/gi, '')
}
