import type { PlacedFinding } from '../checking/check-manifest.ts'
import { checkWording } from '../checking/check-page.ts'
import { importPage, type ImportedPage, type PageOrigin } from '../importing/import-page.ts'

/** What a community's page amounts to, with what is wrong in its words. Plain data. */
export interface PageReading {
  readonly page: ImportedPage
  readonly wording: readonly PlacedFinding[]
}

/** Reads a page in whatever markup it is written. Never throws; may take seconds for ten megabytes. */
export function readPage(text: string, origin: PageOrigin): PageReading {
  const page = importPage(text, origin)
  return { page, wording: page.manifest === null ? [] : checkWording(page, text) }
}

/** False for what holds no text: pictures, archives, programs. By the first of its characters. */
export function looksLikeText(text: string): boolean {
  const start = text.slice(0, 4_000)
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  const odd = start.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0
  return start.trim() !== '' && odd * 50 <= start.length
}
