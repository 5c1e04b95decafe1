import createMarkdown, { type Env, type MarkdownIt, type Token } from 'markdown-it'
import { definitionLists } from './markdown-definitions.ts'
import type { Block, PageSink } from './page-sink.ts'
import { HtmlReader } from './read-html.ts'

const BLOCKS: Readonly<Record<string, Block>> = {
  paragraph: 'paragraph',
  blockquote: 'paragraph',
  bullet_list: 'list',
  ordered_list: 'list',
  list_item: 'item',
  table: 'table',
  tr: 'row',
  td: 'cell',
  th: 'headerCell',
  dl: 'definitions',
  dt: 'term',
  dd: 'definition',
}

// Inline markup is read in pieces of at most this length, as the time that it takes isn’t linear.
const LONGEST_INLINE = 4_000

/**
 * Reads Markdown with tables, definition lists and raw HTML. What Jekyll, Kramdown and wikis add to it is passed over.
 * The inline markup of a block is only looked at where it could hold an address, so that long pages take little time.
 */
export function readMarkdown(text: string, sink: PageSink): void {
  const markdown = createMarkdown({ html: true, linkify: false, maxNesting: 40 }).use(definitionLists)
  // Inline markup is left to `readInline`.
  markdown.core.ruler.disable(['inline', 'linkify', 'replacements', 'smartquotes', 'text_join'])
  const environment: Env = {}
  const tokens = markdown.parse(withoutAdditions(text), environment)
  const references = Object.values(environment.references ?? {})
  const mayHoldAddress = references.some(({ href }) => CANDIDATE.test(href))
    ? (content: string) => CANDIDATE.test(content) || content.includes(']')
    : (content: string) => CANDIDATE.test(content)

  const html = new HtmlReader(sink)
  // Cells matter as a whole row: the name stands beside the address.
  let isRowRead = false
  let line = 1
  for (const [index, token] of tokens.entries()) {
    if (sink.isFull) return
    // Cells have no place of their own; they stand on their row's line.
    line = token.map === null ? line : token.map[0] + 1
    if (token.type === 'tr_open') isRowRead = rowHolds(tokens, index, mayHoldAddress)
    if (token.type === 'inline') {
      const isHeading = tokens[index - 1]?.type === 'heading_open'
      const isDefinition = /^d[td]_open$/.test(tokens[index - 1]?.type ?? '')
      const isRead =
        mayHoldAddress(token.content) ||
        ((isRowRead || isHeading || isDefinition) && MARKUP.test(token.content))
      if (isRead) readInline(markdown, token.content, line, environment, sink, html)
      else sink.text(token.content, line)
    } else readBlock(token, line, sink, html)
    if (token.type === 'tr_close') isRowRead = false
  }
}

const MARKUP = /[\\`*_[\]<&!#@~]/
const CANDIDATE = /[#!@]|%2|matrix|<b|\*\*|__/i

function rowHolds(
  tokens: readonly Token[],
  start: number,
  mayHoldAddress: (content: string) => boolean,
): boolean {
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index]
    if (token === undefined || token.type === 'tr_close') return false
    // Table heads are few, and name what stands below them.
    if (token.type === 'th_open' || (token.type === 'inline' && mayHoldAddress(token.content))) return true
  }
  return false
}

function readBlock(token: Token, line: number, sink: PageSink, html: HtmlReader): void {
  if (token.type === 'heading_open') sink.openHeading(Number(token.tag.slice(1)))
  else if (token.type === 'heading_close') sink.closeHeading()
  else if (token.type === 'html_block') html.read(token.content, line)
  else if (token.type === 'fence' || token.type === 'code_block') {
    sink.open('code')
    sink.text(token.content, line + (token.type === 'fence' ? 1 : 0))
    sink.close('code')
  } else {
    const block = BLOCKS[token.type.replace(/_(open|close)$/, '')]
    // The one paragraph of a tight list’s item is no paragraph of its own.
    if (block === undefined || token.hidden) return
    if (token.nesting > 0) sink.open(block)
    if (token.nesting < 0) sink.close(block)
  }
}

function readInline(
  markdown: MarkdownIt,
  content: string,
  firstLine: number,
  environment: Env,
  sink: PageSink,
  html: HtmlReader,
): void {
  let line = firstLine
  for (const part of inParts(content)) {
    const children: Token[] = []
    markdown.inline.parse(part, markdown, environment, children)
    for (const child of children) {
      switch (child.type) {
        case 'softbreak':
          line++
          sink.text('\n', line)
          break
        case 'hardbreak':
          line++
          sink.lineBreak()
          break
        case 'link_open':
          sink.openLink(String(child.attrGet('href') ?? ''), line)
          break
        case 'link_close':
          sink.closeLink()
          break
        case 'image':
          sink.image(String(child.attrGet('src') ?? ''), child.content, line)
          break
        case 'html_inline':
          html.read(child.content, line)
          break
        case 'strong_open':
        case 'strong_close':
          sink.strong(child.nesting > 0)
          break
        default:
          sink.text(child.content, line)
      }
    }
  }
}

function inParts(content: string): string[] {
  const parts: string[] = []
  let rest = content
  while (rest.length > LONGEST_INLINE) {
    const space = Math.max(rest.lastIndexOf('\n', LONGEST_INLINE), rest.lastIndexOf(' ', LONGEST_INLINE))
    const end = space > LONGEST_INLINE / 2 ? space + 1 : LONGEST_INLINE
    parts.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...parts, rest]
}

// Liquid, Kramdown’s and Wiki.js’s attribute lists, and template variables. Their length stays, for the lines.
function withoutAdditions(text: string): string {
  if (!/\{[%{:.#]/.test(text)) return text
  return text
    .replace(/\{%[^\n{}]{0,1000}%\}/g, (found) => ' '.repeat(found.length))
    .replace(/\{\{[^\n{}]{0,1000}\}\}/g, (found) => ' '.repeat(found.length))
    .replace(/\{(?::\s?|[.#])[^\n{}]{0,500}\}/g, (found) => ' '.repeat(found.length))
}
