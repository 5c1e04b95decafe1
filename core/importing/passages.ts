import type { Block, Cell, PageSink, Passage, Piece } from './page-sink.ts'

interface Table {
  headers: string[]
  caption: string | null
  cells: { header: string | null; pieces: Piece[]; isHeader: boolean }[]
  isInCell: boolean
}

interface OpenLink {
  readonly href: string
  readonly line: number
  text: string
}

// A heading made of nothing but bold text ranks below all real ones.
const BOLD_LEVEL = 7
const DEEPEST = 50
const LONGEST_HEADING = 200
// More than this belongs to no room.
const MOST_PIECES = 2_000

/**
 * Cuts a page into passages: paragraphs, list items, definitions, table rows and headings, each with the heading above
 * it. Copes with tags that don't match, as it keeps only what it needs: the headings, and the tables around.
 */
export class PassageCutter implements PageSink {
  readonly #onPassage: (passage: Passage) => boolean
  #headings: { level: number; text: string }[] = []
  #tables: Table[] = []
  #kind: Passage['kind'] = 'paragraph'
  #pieces: Piece[] = []
  #term: Piece[] | null = null
  #heading: number | null = null
  #link: OpenLink | null = null
  #isStrong = false
  #strongLength = 0
  #items = 0
  isFull = false

  /** `onPassage` answers whether to go on. */
  constructor(onPassage: (passage: Passage) => boolean) {
    this.#onPassage = onPassage
  }

  open(block: Block): void {
    const table = this.#tables.at(-1)
    if (table?.isInCell && block !== 'table' && !isTablePart(block)) {
      this.lineBreak()
      return
    }
    switch (block) {
      case 'table':
        this.#endPassage()
        if (this.#tables.length < DEEPEST) {
          this.#tables.push({ headers: [], caption: null, cells: [], isInCell: false })
        }
        return
      case 'row':
        this.#endRow()
        return
      case 'cell':
      case 'headerCell':
        this.#openCell(block === 'headerCell')
        return
      case 'definition':
        this.#closeLink()
        this.#term = this.#take()
        this.#kind = 'definition'
        return
      case 'item':
        this.#endPassage()
        this.#items = Math.min(this.#items + 1, DEEPEST)
        this.#kind = 'item'
        return
      case 'list':
        this.#endPassage()
        return
      case 'code':
      case 'term':
      case 'definitions':
      case 'caption':
      case 'paragraph':
        this.#endPassage()
        this.#kind = block === 'code' ? 'code' : this.#items > 0 ? 'item' : 'paragraph'
        return
    }
  }

  close(block: Block): void {
    const table = this.#tables.at(-1)
    if (table?.isInCell && block !== 'table' && !isTablePart(block)) {
      this.lineBreak()
      return
    }
    switch (block) {
      case 'table':
        this.#endRow()
        this.#tables.pop()
        return
      case 'row':
        this.#endRow()
        return
      case 'cell':
      case 'headerCell':
        this.#closeCell()
        return
      case 'caption': {
        const text = textOf(this.#take())
        if (table) table.caption = text
        else this.#pushHeading(BOLD_LEVEL, text)
        return
      }
      case 'item':
        this.#endPassage()
        this.#items = Math.max(0, this.#items - 1)
        return
      case 'list':
      case 'definitions':
      case 'definition':
      case 'code':
      case 'paragraph':
        this.#endPassage()
        return
      case 'term':
        return
    }
  }

  openHeading(level: number): void {
    if (this.#tables.at(-1)?.isInCell) return
    this.#endPassage()
    this.#items = 0
    this.#heading = level
    this.#kind = 'heading'
  }

  closeHeading(): void {
    const level = this.#heading
    if (level === null) return
    this.#heading = null
    this.#closeLink()
    const pieces = this.#take()
    while ((this.#headings.at(-1)?.level ?? 0) >= level) this.#headings.pop()
    this.#pass('heading', [{ header: null, pieces }])
    this.#pushHeading(level, textOf(pieces))
    this.#kind = 'paragraph'
  }

  text(text: string, line: number): void {
    if (this.#isStrong) this.#strongLength += text.trim().length
    if (this.#link !== null) this.#link.text = (this.#link.text + text).slice(0, 1_000)
    else this.#add({ kind: 'text', text, line })
  }

  lineBreak(): void {
    if (this.#link !== null) this.#link.text += ' '
    else this.#add({ kind: 'break' })
  }

  openLink(href: string, line: number): void {
    this.#closeLink()
    this.#link = { href, line, text: '' }
  }

  closeLink(): void {
    this.#closeLink()
  }

  image(source: string, description: string, line: number): void {
    // A badge shows an address in its own address; what it links to says it again, or better.
    if (this.#link === null) this.#add({ kind: 'link', href: source, text: '', line })
    else this.#link.text += description
  }

  strong(isOn: boolean): void {
    this.#isStrong = isOn
  }

  /** Closes what the page left open. */
  end(): void {
    while (this.#tables.length > 0) this.close('table')
    if (this.#heading !== null) this.closeHeading()
    this.#endPassage()
  }

  #add(piece: Piece): void {
    const cell = this.#openCellOf(this.#tables.at(-1))
    const pieces = cell?.pieces ?? this.#pieces
    if (pieces.length < MOST_PIECES) pieces.push(piece)
  }

  #closeLink(): void {
    const link = this.#link
    this.#link = null
    if (link !== null) this.#add({ kind: 'link', ...link })
  }

  #take(): Piece[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }

  #endPassage(): void {
    this.#closeLink()
    if (this.#tables.at(-1)?.isInCell) return
    const pieces = this.#take()
    const term = this.#term
    const strongLength = this.#strongLength
    this.#term = null
    this.#isStrong = false
    this.#strongLength = 0
    if (pieces.length === 0 && term === null) return
    const cells = term === null ? [pieces] : [term, pieces]
    this.#pass(
      term === null ? this.#kind : 'definition',
      cells.map((each) => ({ header: null, pieces: each })),
    )
    const text = textOf(pieces)
    const isBold =
      this.#kind === 'paragraph' && strongLength > 0 && strongLength >= text.replace(/[\s:]/g, '').length
    if (isBold && text.length <= 80 && pieces.every((piece) => piece.kind === 'text')) {
      while ((this.#headings.at(-1)?.level ?? 0) >= BOLD_LEVEL) this.#headings.pop()
      this.#pushHeading(BOLD_LEVEL, text)
    }
    this.#kind = this.#items > 0 ? 'item' : 'paragraph'
  }

  #openCell(isHeader: boolean): void {
    const table = this.#tables.at(-1)
    if (!table) return
    this.#closeCell()
    if (table.cells.length >= 200) return
    table.cells.push({ header: table.headers[table.cells.length] ?? null, pieces: [], isHeader })
    table.isInCell = true
  }

  #closeCell(): void {
    this.#closeLink()
    const table = this.#tables.at(-1)
    if (table) table.isInCell = false
  }

  #openCellOf(table: Table | undefined): Table['cells'][number] | undefined {
    return table?.isInCell ? table.cells.at(-1) : undefined
  }

  #endRow(): void {
    this.#closeCell()
    const table = this.#tables.at(-1)
    if (!table) return
    const { cells } = table
    table.cells = []
    if (cells.length === 0) return
    const isHead = cells.every((cell) => cell.isHeader)
    if (isHead) table.headers = cells.map((cell) => withoutColon(textOf(cell.pieces)))
    this.#pass('row', cells, isHead ? null : table.caption)
    // What stands between rows is no part of the table.
    this.#take()
  }

  #pushHeading(level: number, text: string): void {
    if (text === '' || this.#headings.length >= DEEPEST) return
    this.#headings.push({ level, text: text.slice(0, LONGEST_HEADING) })
  }

  #pass(kind: Passage['kind'], cells: readonly Cell[], caption: string | null = null): void {
    if (this.isFull) return
    const heading = caption ?? this.#headings.at(-1)?.text ?? null
    this.isFull = !this.#onPassage({ kind, heading, cells })
  }
}

/** The text of some pieces on one line, at most 2000 characters of it. */
export function textOf(pieces: readonly Piece[]): string {
  let text = ''
  for (const piece of pieces) {
    text += piece.kind === 'break' ? ' ' : piece.text
    if (text.length > 2_000) break
  }
  return text.slice(0, 2_000).replace(/\s+/g, ' ').trim()
}

function withoutColon(text: string): string {
  return text.replace(/\s*:$/, '')
}

function isTablePart(block: Block): boolean {
  return block === 'row' || block === 'cell' || block === 'headerCell'
}
