import type { RoomAddress } from '../addresses/room-address.ts'
import type { Severity } from '../checking/catalogue.ts'
import { checkListing } from '../checking/check-page.ts'
import { readDraft } from '../checking/draft.ts'
import type { Path } from '../checking/finding.ts'
import type { ManifestInput } from '../communities/manifest.ts'
import { readManifest } from '../communities/read-manifest.ts'
import type { Taken } from '../importing/import-page.ts'
import { manifestFrom } from '../importing/manifest-from.ts'
import type { Corrections } from './corrections.ts'
import { MOST_SHOWN, type FoundRoom, type ReadPage, type Remark } from './page-state.ts'
import type { PageReading } from './page-reading.ts'

/** A page that was read, with what its maintainer has put right since. */
export interface PageDraft {
  readonly turn: number
  readonly source: string | null
  readonly reading: PageReading
  readonly corrections: Corrections
  /** Tried, saved or passed on as a link since it was changed last. */
  readonly isShared: boolean
}

/** The draft of a page as it was found; null where nothing on it can be joined. */
export function draftOf(reading: PageReading, source: string | null, turn: number): PageDraft | null {
  const { manifest, space } = reading.page
  if (manifest === null) return null
  const { name, summary = '' } = manifest
  const corrections = { name, summary, space: space?.room ?? null, isSpaceWrong: false, labels: {}, out: [] }
  return { turn, source, reading, corrections, isShared: false }
}

/** The manifest of a draft; null where nothing is left to join. */
export function manifestOf({ reading, corrections }: PageDraft): ManifestInput | null {
  const { space, rooms } = corrected(reading, corrections)
  const manifest = manifestFrom(reading.page.facts, space, without(rooms, corrections))
  if (manifest === null) return null
  const { summary: _, ...rest } = manifest
  const { name, summary } = corrections
  return { ...rest, name, ...(summary !== '' && { summary }) }
}

/** What the screen shows of a draft. */
export function pageOf(draft: PageDraft): ReadPage {
  const { reading, corrections, source, turn } = draft
  const { page } = reading
  const { space, rooms } = corrected(reading, corrections)
  const manifest = manifestOf(draft)
  const remarks = remarksOf(draft, manifest)
  const out = new Set(corrections.out)
  return {
    kind: 'read',
    turn,
    source,
    format: page.format,
    name: corrections.name,
    summary: corrections.summary,
    space: space === null ? null : { address: space.room.address, via: space.room.via, line: space.line },
    isSpaceWrong: corrections.isSpaceWrong,
    rooms: rooms.map((room) => roomOf(room, out)),
    leftOut: page.leftOut.slice(0, MOST_SHOWN),
    leftOutCount: page.leftOut.length,
    remarks: remarks.slice(0, MOST_SHOWN),
    remarkCount: remarks.length,
    lack: lackOf(manifest, corrections),
    isShared: draft.isShared,
  }
}

function lackOf(manifest: ManifestInput | null, { name }: Corrections): ReadPage['lack'] {
  if (manifest === null) return 'rooms'
  if (name === '') return 'name'
  return readManifest(manifest).ok ? null : 'form'
}

function roomOf({ room, label, section, purpose, line, lines }: Taken, out: ReadonlySet<string>): FoundRoom {
  const { address } = room
  const otherLines = lines.filter((each) => each !== line)
  return { address, label, section, purpose, line, otherLines, isOut: out.has(address) }
}

/* Everything that was found, with another space and other labels where they were corrected. */
function corrected(
  { page }: PageReading,
  { space, labels }: Corrections,
): { readonly space: Taken | null; readonly rooms: readonly Taken[] } {
  const all = inOrder([...(page.space === null ? [] : [page.space]), ...page.rooms]).map((each) => {
    const label = labels[each.room.address]
    return label === undefined ? each : { ...each, label: label === '' ? null : label }
  })
  const chosen = space === null ? null : (all.find((each) => sameRoom(each, space)) ?? typedIn(space))
  // What the page takes for the space is one of the rooms once another is.
  return { space: chosen, rooms: all.filter((each) => each !== chosen) }
}

function inOrder(all: readonly Taken[]): readonly Taken[] {
  return all.toSorted((one, other) => (one.lines[0] ?? 0) - (other.lines[0] ?? 0))
}

function without(rooms: readonly Taken[], { out }: Corrections): readonly Taken[] {
  const gone = new Set(out)
  return rooms.filter((each) => !gone.has(each.room.address))
}

function sameRoom({ room }: Taken, { address }: RoomAddress): boolean {
  return room.address === address
}

function typedIn(room: RoomAddress): Taken {
  return {
    room,
    line: 0,
    label: null,
    aside: null,
    purpose: null,
    section: null,
    rank: 0,
    spaceScore: 0,
    lines: [],
    otherLabels: [],
    names: [],
  }
}

const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 }

function remarksOf({ reading, corrections }: PageDraft, manifest: ManifestInput | null): Remark[] {
  const { space, rooms } = corrected(reading, corrections)
  const shown = without(rooms, corrections)
  const lineOf = ([field, index]: Path): number | null => {
    const taken = field === 'space' ? space : typeof index === 'number' ? shown[index] : undefined
    return taken === undefined || taken === null || taken.line === 0 ? null : taken.line
  }
  const listing = checkListing(manifest === null ? null : readDraft(manifest))
  const isSettled = (address: string | null): boolean =>
    address !== null && (corrections.out.includes(address) || corrections.labels[address] !== undefined)
  return [
    ...listing.map((each) => ({ ...each, line: lineOf(each.path) })),
    // What the page calls a room is settled once its maintainer has named it or taken it out.
    ...reading.wording.filter((each) => !isSettled(each.address)),
  ]
    .map(({ id, severity, message, line }) => ({ id, severity, message, line }))
    .toSorted(
      (one, other) => GRAVITY[one.severity] - GRAVITY[other.severity] || (one.line ?? 0) - (other.line ?? 0),
    )
}
