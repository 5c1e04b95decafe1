/**
 * What the readers of all formats say while they go through a page, in its order. Openings and closings needn't match:
 * pages are written by people.
 */
export interface PageSink {
  open(block: Block): void
  close(block: Block): void
  /** A heading from 1, the most important, to 6; what follows up to `closeHeading` is its text. */
  openHeading(level: number): void
  closeHeading(): void
  /** `line` counts from 1, here and everywhere. */
  text(text: string, line: number): void
  lineBreak(): void
  openLink(href: string, line: number): void
  closeLink(): void
  image(source: string, description: string, line: number): void
  strong(isOn: boolean): void
  /** True once so many addresses have been met that reading on makes no sense. */
  readonly isFull: boolean
}

export type Block =
  | 'paragraph'
  | 'code'
  | 'list'
  | 'item'
  | 'definitions'
  | 'term'
  | 'definition'
  | 'table'
  | 'caption'
  | 'row'
  | 'cell'
  | 'headerCell'

/** A bit of a page that has a meaning of its own. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'link'; readonly href: string; readonly text: string; readonly line: number }
  | { readonly kind: 'break' }

/** A table's cell; everything else is one cell, and a definition is two: the term and what it means. */
export interface Cell {
  /** What the table's head says above it. */
  readonly header: string | null
  readonly pieces: readonly Piece[]
}

/** The least part of a page that speaks of a room as a whole. */
export interface Passage {
  readonly kind: 'paragraph' | 'code' | 'item' | 'definition' | 'row' | 'heading'
  /** The nearest heading or caption above it. */
  readonly heading: string | null
  readonly cells: readonly Cell[]
}
