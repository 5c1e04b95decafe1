import type { CheckId, Severity } from '../checking/catalogue.ts'
import type { LeftOut } from '../importing/import-page.ts'
import type { PageFormat } from '../importing/page-format.ts'

/**
 * Why a page wasn't read. A closed list, each with its sentence. `badAddress`: neither an https address nor a text;
 * `notText`: a picture, an archive, a document of some program; `tookTooLong`: longer than any honest page; `broke`: the
 * importer itself did.
 */
export const pageProblems = [
  'badAddress',
  'private',
  'missing',
  'unreachable',
  'tooLarge',
  'notText',
  'noRooms',
  'tookTooLong',
  'broke',
] as const
export type PageProblem = (typeof pageProblems)[number]

/** A room of the page, as it is now with what was corrected. */
export interface FoundRoom {
  readonly address: string
  readonly label: string | null
  /** The heading above it; null where there is none. */
  readonly section: string | null
  readonly purpose: string | null
  /** The line of the page that says most about it, counted from 1; 0 for what was typed in. */
  readonly line: number
  /** Further lines that name it. */
  readonly otherLines: readonly number[]
  readonly isOut: boolean
}

/** Something that should be looked at. `message` may hold words of the page. */
export interface Remark {
  readonly id: CheckId
  readonly severity: Severity
  readonly message: string
  /** Null where the whole page is meant. */
  readonly line: number | null
}

/** What is known of a page that was read. */
export interface ReadPage {
  readonly kind: 'read'
  /** Another number for each page, so that nothing of an earlier one stays in a field. */
  readonly turn: number
  /** The file's name or the page's address; null for a text that was pasted. */
  readonly source: string | null
  readonly format: PageFormat
  readonly name: string
  readonly summary: string
  readonly space: { readonly address: string; readonly via: readonly string[]; readonly line: number } | null
  /** What was typed as the space is no address. */
  readonly isSpaceWrong: boolean
  /** All but the space, in the order of the page, also those that were taken out by hand. */
  readonly rooms: readonly FoundRoom[]
  /** What the importer passed over, at most `MOST_SHOWN`, and how much there is of it. */
  readonly leftOut: readonly LeftOut[]
  readonly leftOutCount: number
  /** What is wrong, the worst first, at most `MOST_SHOWN`, and how much there is of it. */
  readonly remarks: readonly Remark[]
  readonly remarkCount: number
  /** What keeps it from being tried or saved. */
  readonly lack: 'name' | 'rooms' | 'form' | null
  /** Its maintainer has tried it, saved it or passed it on as a link since they changed it last. */
  readonly isShared: boolean
}

/** Where the reading of a page stands. `since`: wall-clock milliseconds. */
export type AddingPage =
  | { readonly kind: 'none'; readonly problem: PageProblem | null; readonly source: string | null }
  | { readonly kind: 'fetching' | 'reading'; readonly source: string | null; readonly since: number }
  | ReadPage

/** More of one kind than this is counted only. */
export const MOST_SHOWN = 100

/** Nothing handed in yet. */
export const noPage: AddingPage = { kind: 'none', problem: null, source: null }
