import { MAX_PAGE_LENGTH } from '../../core/importing/import-page.ts'
import type { UserEvent } from '../../core/onboarding/events.ts'

/** Endings of files that are pages, without the dot. */
export const PAGE_ENDINGS = [
  'md',
  'markdown',
  'html',
  'htm',
  'xhtml',
  'rst',
  'adoc',
  'asciidoc',
  'wiki',
  'mediawiki',
  'txt',
]

/** True for a file that is a page by its name. */
export function isPageFile({ name }: File): boolean {
  return PAGE_ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`))
}

/** Hands a file in; one that is larger than any page is named only. */
export async function handIn(file: File): Promise<UserEvent> {
  const isTooLarge = file.size > MAX_PAGE_LENGTH
  // What can't be read has nothing in it, and the screen says so.
  const bytes = isTooLarge ? null : await file.arrayBuffer().catch(() => new ArrayBuffer(0))
  return {
    type: 'openPage',
    page: {
      kind: 'file',
      name: file.name.slice(0, 1_000),
      bytes: bytes === null ? null : new Uint8Array(bytes),
    },
  }
}
