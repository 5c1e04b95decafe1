import { readManifest } from '../communities/read-manifest.ts'
import { importPage, MAX_PAGE_LENGTH, type ImportedPage, type PageOrigin } from '../importing/import-page.ts'
import { unpublishedLine } from '../importing/front-matter.ts'
import { repairEncoding } from '../importing/repair-encoding.ts'
import type { CheckId } from './catalogue.ts'
import { checkDraft, inOrder, type ManifestCheck, type PlacedFinding } from './check-manifest.ts'
import { checkNames } from './check-names.ts'
import { readDraft, type Draft } from './draft.ts'
import { finding, listed, quoted, type Finding, type Path } from './finding.ts'

/* What only a manifest can say; a page that doesn’t has nothing wrong with it. */
const OF_MANIFESTS: ReadonlySet<CheckId> = new Set([
  'no-lobby',
  'many-lobbies',
  'no-suggestion',
  'suggestions-differ',
])

// “Your institution may run a homeserver”, in the languages whose words are so alike.
const INSTITUTION_SERVER =
  /\b(?:institut(?:ion|e)s?|universit(?:y|ies|ät|äten)|employers?|company|companies)\b[^.!?|]{0,80}\b(?:matrix|home)[- ]?servers?\b/i
// “You’ll need to individually join the rooms”, “join each channel by itself”.
const ONE_BY_ONE =
  /\b(?:individually|separately|one by one)\b[^.!?|]{0,30}\bjoin\b|\bjoin\b[^.!?|]{0,60}\b(?:individually|separately|one by one|by itself)\b/i
const MOST_LINES_NAMED = 5

/** Whether a check says something to whoever looks after a page. */
export function isForPages(id: CheckId): boolean {
  return !OF_MANIFESTS.has(id)
}

/**
 * Checks a community’s page as it is, by what the importer makes of it. Lines are the page’s, paths those of the
 * imported manifest. Never throws.
 */
export function checkPage(text: string, origin: PageOrigin): ManifestCheck {
  const page = importPage(text, origin)
  const lineOf = (path: Path): number | null => lineIn(page, path)
  const draft = page.manifest === null ? null : readDraft(page.manifest)
  const read = page.manifest === null ? null : readManifest(page.manifest)
  const placed = checkListing(draft).map((each) => ({ ...each, line: lineOf(each.path) }))
  return {
    findings: inOrder([...placed, ...checkWording(page, text)]),
    draft,
    manifest: read?.ok === true ? read.value : null,
    lineOf,
  }
}

/** What is wrong with the rooms that a page lists, by the manifest that was made of it; null where there is none. */
export function checkListing(draft: Draft | null): Finding[] {
  if (draft === null) return [finding('nothing-listed', 'No room or space is named on this page.')]
  return checkDraft(draft).filter((each) => isForPages(each.id))
}

/** What is wrong with a page beside its list: names that contradict each other, links that lead nowhere, damaged text. */
export function checkWording(page: ImportedPage, text: string): PlacedFinding[] {
  const lines = text.slice(0, MAX_PAGE_LENGTH).split(/\r\n?|\n/)
  return [
    ...checkNames(page),
    ...brokenLinks(page),
    ...damagedLines(lines),
    ...institutions(page, lines),
    ...oneByOne(page, lines),
    ...unpublished(text),
  ]
}

function lineIn({ space, rooms }: ImportedPage, [field, index]: Path): number | null {
  if (field === 'space') return space?.line ?? null
  return field === 'rooms' && typeof index === 'number' ? (rooms[index]?.line ?? null) : null
}

// People and examples have their place on a page; a link that leads nowhere doesn’t.
function brokenLinks({ leftOut }: ImportedPage): PlacedFinding[] {
  return leftOut
    .filter(({ reason }) => reason === 'broken')
    .map(({ written, line }) => ({
      ...finding('bad-address', `${quoted(written)} leads to no room.`),
      line,
    }))
}

// One slip damages a whole page, so it is told once.
function damagedLines(lines: readonly string[]): PlacedFinding[] {
  const damaged = lines.flatMap((line, index) => (repairEncoding(line) === line ? [] : [index + 1]))
  const [first] = damaged
  if (first === undefined) return []
  const where =
    damaged.length === 1
      ? `Line ${first} is damaged`
      : `Lines ${listed(damaged.map(String), MOST_LINES_NAMED)} are damaged`
  const line = lines[first - 1] ?? ''
  const start = Math.max(0, line.search(/[\u0080-\uFFFF]{2}|\uFFFD/) - 20)
  const message = `${where} by a wrong encoding: ${quoted(line.slice(start, start + 60).trim())}`
  return [{ ...finding('damaged-text', message), line: first }]
}

function institutions(page: ImportedPage, lines: readonly string[]): PlacedFinding[] {
  const message = 'The page speaks of homeservers of institutions; newcomers have to find out by themselves.'
  const line = page.manifest === null ? null : firstLine(lines, INSTITUTION_SERVER)
  return line === null ? [] : [{ ...finding('institution-without-domains', message), line }]
}

function oneByOne({ rooms }: ImportedPage, lines: readonly string[]): PlacedFinding[] {
  const line = rooms.length < 2 ? null : firstLine(lines, ONE_BY_ONE)
  const message = `The page has newcomers join its ${rooms.length} rooms one after the other.`
  return line === null ? [] : [{ ...finding('one-by-one', message), line }]
}

// Counted from 1.
function firstLine(lines: readonly string[], pattern: RegExp): number | null {
  const index = lines.findIndex((line) => pattern.test(line.slice(0, 5_000)))
  return index < 0 ? null : index + 1
}

function unpublished(text: string): PlacedFinding[] {
  const line = unpublishedLine(text)
  return line === null ? [] : [{ ...finding('unpublished', 'This page says that it isn’t published.'), line }]
}
