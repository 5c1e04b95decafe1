import { Tokenizer, TokenizerMode, type Token } from 'parse5'
import type { Block, PageSink } from './page-sink.ts'

const BLOCKS: Readonly<Record<string, Block>> = {
  p: 'paragraph',
  div: 'paragraph',
  section: 'paragraph',
  article: 'paragraph',
  blockquote: 'paragraph',
  figure: 'paragraph',
  address: 'paragraph',
  center: 'paragraph',
  main: 'paragraph',
  details: 'paragraph',
  pre: 'code',
  ul: 'list',
  ol: 'list',
  li: 'item',
  dl: 'definitions',
  dt: 'term',
  dd: 'definition',
  table: 'table',
  caption: 'caption',
  summary: 'caption',
  tr: 'row',
  td: 'cell',
  th: 'headerCell',
}

// What isn’t the page’s own text. HTML, 13.2.6: these are read as text up to their end tag.
const UNREAD: Readonly<Record<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>> = {
  script: TokenizerMode.SCRIPT_DATA,
  style: TokenizerMode.RAWTEXT,
  noembed: TokenizerMode.RAWTEXT,
  noframes: TokenizerMode.RAWTEXT,
  iframe: TokenizerMode.RAWTEXT,
  xmp: TokenizerMode.RAWTEXT,
  textarea: TokenizerMode.RCDATA,
}

/** Reads HTML in one piece or several, as inside Markdown. Works by tags alone, so its time is linear in any case. */
export class HtmlReader {
  readonly #sink: PageSink
  #firstLine = 1
  #unread: string | null = null
  #title: string | null = null
  #isInTitle = false
  #tokenizer: Tokenizer

  constructor(sink: PageSink) {
    this.#sink = sink
    this.#tokenizer = this.#newTokenizer()
  }

  /** What the page calls itself. */
  get title(): string | null {
    return this.#title
  }

  /** Reads a part of the page that begins on this line. Each part ends outside of a tag. */
  read(html: string, line: number): void {
    this.#firstLine = line
    this.#tokenizer = this.#newTokenizer()
    for (let at = 0; at < html.length && !this.#sink.isFull; at += CHUNK) {
      this.#tokenizer.write(html.slice(at, at + CHUNK), at + CHUNK >= html.length)
    }
  }

  #newTokenizer(): Tokenizer {
    const skip = (): void => undefined
    const text = (token: Token.CharacterToken): void => this.#text(token)
    return new Tokenizer(
      { sourceCodeLocationInfo: true },
      {
        onStartTag: (tag) => this.#open(tag),
        onEndTag: (tag) => this.#close(tag.tagName),
        onCharacter: text,
        onWhitespaceCharacter: text,
        onNullCharacter: skip,
        onComment: skip,
        onDoctype: skip,
        onEof: skip,
        onParseError: null,
      },
    )
  }

  #text({ chars, location }: Token.CharacterToken): void {
    if (this.#isInTitle) this.#title = ((this.#title ?? '') + chars).slice(0, 500)
    else if (this.#unread === null) this.#sink.text(chars, this.#lineOf(location))
  }

  #open({ tagName, attrs, location }: Token.TagToken): void {
    if (this.#unread !== null) return
    const mode = UNREAD[tagName]
    if (mode !== undefined) {
      this.#unread = tagName
      this.#tokenizer.state = mode
      return
    }
    const attribute = (name: string): string => attrs.find((each) => each.name === name)?.value ?? ''
    const block = BLOCKS[tagName]
    const line = this.#lineOf(location)
    if (block !== undefined) this.#sink.open(block)
    else if (/^h[1-6]$/.test(tagName)) this.#sink.openHeading(Number(tagName[1]))
    else if (tagName === 'a') this.#sink.openLink(attribute('href'), line)
    else if (tagName === 'img') this.#sink.image(attribute('src'), attribute('alt'), line)
    else if (tagName === 'br' || tagName === 'hr') this.#sink.lineBreak()
    else if (tagName === 'b' || tagName === 'strong') this.#sink.strong(true)
    else if (tagName === 'title' && this.#title === null) {
      this.#isInTitle = true
      this.#tokenizer.state = TokenizerMode.RCDATA
    }
  }

  #close(tagName: string): void {
    if (this.#unread !== null) {
      if (tagName === this.#unread) this.#unread = null
      return
    }
    const block = BLOCKS[tagName]
    if (block !== undefined) this.#sink.close(block)
    else if (/^h[1-6]$/.test(tagName)) this.#sink.closeHeading()
    else if (tagName === 'a') this.#sink.closeLink()
    else if (tagName === 'b' || tagName === 'strong') this.#sink.strong(false)
    else if (tagName === 'title') this.#isInTitle = false
  }

  #lineOf(location: Token.Location | null): number {
    return this.#firstLine + (location?.startLine ?? 1) - 1
  }
}

const CHUNK = 256 * 1024
