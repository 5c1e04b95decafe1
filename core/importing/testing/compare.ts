import { importPage } from '../import-page.ts'
import type { PageKey } from './page-key.ts'

/** How an import did against what a careful reader finds. */
export interface Comparison {
  readonly page: string
  readonly addresses: number
  readonly found: number
  /** Taken though the page doesn’t have it, or taken for a space or a room where it is the other. */
  readonly wrong: number
  readonly rightSection: number
  readonly rooms: number
}

/** Imports a page’s text and holds it against its key. */
export function compare(text: string, key: PageKey): Comparison {
  const { space, rooms } = importPage(text, { name: 'page.md' })
  const sectionOf = new Map(
    Object.entries(key.sections).flatMap(([section, addresses]) => addresses.map((each) => [each, section])),
  )
  const found = rooms.filter((each) => sectionOf.has(each.room.address))
  const isSpaceRight = (space?.room.address ?? null) === key.space
  return {
    page: key.page,
    addresses: sectionOf.size + (key.space === null ? 0 : 1),
    found: found.length + (key.space !== null && isSpaceRight ? 1 : 0),
    wrong: rooms.length - found.length + (isSpaceRight || space === null ? 0 : 1),
    rightSection: found.filter((each) => sectionOf.get(each.room.address) === each.section).length,
    rooms: sectionOf.size,
  }
}
