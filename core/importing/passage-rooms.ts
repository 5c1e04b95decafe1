import type { RoomAddress } from '../addresses/room-address.ts'
import { plainLine } from '../text/plain-text.ts'
import { meaningOfUrl, type Meaning } from './matrix-address.ts'
import { isAddressLike, mentionsInText } from './mentions.ts'
import type { Cell, Passage, Piece } from './page-sink.ts'

/** A place on a page where a room or space is named. */
export interface Sighting {
  readonly room: RoomAddress
  readonly line: number
  readonly label: string | null
  /** What stands in brackets behind the address: its name, or a remark. */
  readonly aside: string | null
  readonly purpose: string | null
  readonly section: string | null
  /** How much the place says about the room: a row of a table more than a word in a sentence. */
  readonly rank: number
  /** How likely it is a space, by what the page says: 0 where nothing speaks for it. */
  readonly spaceScore: number
}

/** A place that looks like an address but isn’t one of a room. */
export interface Oddity {
  readonly reason: 'person' | 'example' | 'broken'
  readonly written: string
  readonly line: number
}

/** What a passage names. */
export interface PassageFindings {
  readonly sightings: readonly Sighting[]
  readonly oddities: readonly Oddity[]
}

interface Spot {
  readonly meaning: Meaning
  readonly written: string
  readonly line: number
  /** What a link calls it, where that isn’t the address again. */
  readonly name: string | null
}

/** What stands before and after the spots of one line of a cell or paragraph. `texts` has one more than `spots`. */
interface Segment {
  readonly spots: readonly Spot[]
  readonly texts: readonly string[]
}

const NAME_HEAD =
  /^(name|room|channel|chat|title|group|raum|kanal|gruppe|salon|sala|canal|nombre|nom|titel)\b/i
const PURPOSE_HEAD =
  /^(purpose|description|topic|about|what|for|use|details|subject|content|zweck|beschreibung|thema|sujet|objet|tema|descripci|descri[çc])/i
const ADDRESS_HEAD =
  /^((room|matrix|space)?[\s-]*(address|link|alias|url|id|handle)|matrix|join|where|adresse|lien|enlace|endere[çc]o)s?\b/i
const SPACE_WORD = /\b(matrix[- ]space|space|espace|espacio|espa[çc]o|spazio)\b/i
// What links are called everywhere.
const SAYS_NOTHING = /^(in|join( us| now| here)?|(click )?here|link|open|enter|go|visit|chat|matrix|room)$/i
/** From this rank on a place lists a room: rows, definitions and items of lists. */
export const LISTING_RANK = 3
const RANKS = { row: 4, definition: 4, item: 3, heading: 2, paragraph: 2, code: 0 } as const

/** Finds the rooms in a passage, and works out what the page calls each and says of it. */
export function roomsIn(passage: Passage): PassageFindings {
  const cells = passage.cells.map((cell) => segmentsOf(cell.pieces))
  const spots = cells.flat().flatMap((segment) => segment.spots)
  if (spots.length === 0) return { sightings: [], oddities: [] }
  const oddities = spots.flatMap(({ meaning, written, line }): Oddity[] =>
    meaning.kind === 'room' ? [] : [{ reason: meaning.kind, written: written.slice(0, 200), line }],
  )
  const sightings = passage.kind === 'row' ? inRow(passage, cells) : inLines(passage, cells)
  return { sightings, oddities }
}

/* A row names one room, unless its cells are lists under heads of their own. */
function inRow(passage: Passage, cells: readonly (readonly Segment[])[]): Sighting[] {
  const addressCells = cells.flatMap((segments, index) => (roomsOf(segments).length > 0 ? [index] : []))
  const addresses = new Set(cells.flatMap((segments) => roomsOf(segments).map((each) => each.room.address)))
  const heads = passage.cells.map((cell) => plainLine(cell.header ?? ''))
  const isList = (index: number): boolean =>
    new Set(roomsOf(cells[index] ?? []).map((each) => each.room.address)).size > 1
  const hasRole = (index: number): boolean =>
    [NAME_HEAD, PURPOSE_HEAD, ADDRESS_HEAD].some((role) => role.test(heads[index] ?? ''))
  const areLists =
    addressCells.some(isList) ||
    (addresses.size > 1 && addressCells.every((index) => heads[index] && !hasRole(index)))
  if (areLists) {
    return addressCells.flatMap((index) =>
      (cells[index] ?? []).flatMap((segment) =>
        inSegment(segment, heads[index] || passage.heading, RANKS.row, passage.heading),
      ),
    )
  }
  const texts = passage.cells.map((cell) => withoutAddresses(cell))
  const found = addressCells.flatMap((index) => roomsOf(cells[index] ?? []))
  const linkName = found.find((each) => each.spot.name !== null)?.spot.name ?? null
  const isFree = (index: number): boolean => !addressCells.includes(index) && texts[index] !== ''
  const indexes = heads.map((_, index) => index)
  const nameCell =
    indexes.find((index) => NAME_HEAD.test(heads[index] ?? '') && isFree(index)) ??
    (linkName === null
      ? indexes.find(
          (index) =>
            isFree(index) && !PURPOSE_HEAD.test(heads[index] ?? '') && (texts[index]?.length ?? 0) <= 100,
        )
      : undefined)
  const purposeCell =
    indexes.find(
      (index) => PURPOSE_HEAD.test(heads[index] ?? '') && index !== nameCell && texts[index] !== '',
    ) ??
    indexes
      .filter((index) => isFree(index) && index !== nameCell)
      .toSorted((one, other) => (texts[other]?.length ?? 0) - (texts[one]?.length ?? 0))[0]
  const label = nameCell === undefined ? linkName : (texts[nameCell] ?? null)
  const purpose = purposeCell === undefined ? null : (texts[purposeCell] ?? null)
  return found.map(({ room, spot }) => ({
    room,
    line: spot.line,
    label: shortened(label, 200),
    aside: null,
    purpose: shortened(purpose, 500),
    section: passage.heading,
    rank: RANKS.row,
    spaceScore: spaceScore(label ?? '', '', '', passage.heading),
  }))
}

function inLines(passage: Passage, cells: readonly (readonly Segment[])[]): Sighting[] {
  const { kind, heading } = passage
  const found = cells.flatMap((segments) =>
    segments.flatMap((segment) => inSegment(segment, heading, RANKS[kind], heading)),
  )
  if (kind !== 'definition') return found
  const term = withoutAddresses(passage.cells[0])
  const meaning = withoutAddresses(passage.cells[1])
  return found.map((each) => ({
    ...each,
    label: shortened(term === '' ? each.label : term, 200),
    purpose: shortened(meaning, 500),
  }))
}

function inSegment(
  segment: Segment,
  section: string | null,
  rank: number,
  heading: string | null,
): Sighting[] {
  const { spots, texts } = segment
  const count = new Set(roomsOf([segment]).map((each) => each.room.address)).size
  return spots.flatMap((spot, index): Sighting[] => {
    if (spot.meaning.kind !== 'room') return []
    const before = texts[index] ?? ''
    const after = texts[index + 1] ?? ''
    const title = spot.name ?? titleBefore(before)
    const isApart = before.trim() === '' || /[:–—-]\s*$/.test(before)
    const said = count === 1 && isApart ? after.replace(/^[\s:–—,;|()-]+/, '').replace(/^\)\s*/, '') : ''
    return [
      {
        room: spot.meaning.room,
        line: spot.line,
        label: shortened(title, 200),
        aside: shortened(bracketed(after), 200),
        purpose: shortened(said, 500),
        section,
        // A link that is named says more than an address in passing.
        rank: rank + (spot.name === null ? 0 : 0.5),
        spaceScore: spaceScore(title ?? '', before, after, heading),
      },
    ]
  })
}

// “General: #general:server”, “General (#general:server)”; a whole sentence names nothing.
function titleBefore(before: string): string | null {
  const title = /(?:^|[.;,]\s|\)\s)\s*([^.;,:()]{1,60}?)\s*(?:[:–—(]|-\s|\s-)\s*$/u.exec(
    before.slice(-200),
  )?.[1]
  return title !== undefined && title.split(/\s+/).length <= 6 ? title : null
}

// “#general:server (General)”
function bracketed(after: string): string | null {
  return /^[`\s]{0,3}\(([^()]{2,60})\)/.exec(after)?.[1] ?? null
}

function spaceScore(label: string, before: string, after: string, heading: string | null): number {
  let score = 0
  if (/matrix[- ]space|\(space\)/i.test(label) || (SPACE_WORD.test(label) && label.split(/\s+/).length <= 3))
    score += 3
  if (/\ball\b.*\b(rooms|channels)\b|\b\d+\+\s*(rooms|channels)\b|\balle (räume|kanäle)\b/i.test(label))
    score += 2
  // What was said of another address before doesn’t count.
  const close = before.slice(-24).replace(/^.*(?:\)\s+\p{L}|[.;]\s)/su, '')
  if (SPACE_WORD.test(close) && /\w[\s:,(–—"“*-]*$/.test(before)) score += 2
  if (/^\W*(is|:|–|-)?\s*(our|the)?\s*(matrix )?space\b/i.test(after.slice(0, 40))) score += 2
  if (heading !== null && /^\W*(the |our |matrix )*space\W*$/i.test(heading)) score += 2
  return score
}

function roomsOf(segments: readonly Segment[]): { room: RoomAddress; spot: Spot }[] {
  return segments.flatMap(({ spots }) =>
    spots.flatMap((spot) => (spot.meaning.kind === 'room' ? [{ room: spot.meaning.room, spot }] : [])),
  )
}

function segmentsOf(pieces: readonly Piece[]): Segment[] {
  const segments: { spots: Spot[]; texts: string[] }[] = [{ spots: [], texts: [''] }]
  for (const piece of pieces) {
    if (piece.kind === 'break') {
      segments.push({ spots: [], texts: [''] })
      continue
    }
    const segment = segments.at(-1)
    if (!segment) continue
    const say = (text: string): void => {
      segment.texts[segment.texts.length - 1] = ((segment.texts.at(-1) ?? '') + text).slice(-5_000)
    }
    if (piece.kind === 'link') {
      const meaning = meaningOfUrl(piece.href)
      if (meaning !== null) {
        const text = plainLine(piece.text)
        const isName =
          text !== '' && !SAYS_NOTHING.test(text) && !isAddressLike(text) && mentionsInText(text).length === 0
        const name = isName ? text : null
        segment.spots.push({ meaning, written: piece.href, line: piece.line, name })
        segment.texts.push('')
        continue
      }
    }
    readText(piece.text, piece.line, segment.spots, segment.texts, say)
  }
  return segments
}

function readText(
  text: string,
  line: number,
  spots: Spot[],
  texts: string[],
  say: (text: string) => void,
): void {
  let at = 0
  let lines = line
  for (const mention of mentionsInText(text)) {
    const before = text.slice(at, mention.start)
    say(before)
    lines += before.split('\n').length - 1
    spots.push({ meaning: mention.meaning, written: mention.written, line: lines, name: null })
    texts.push('')
    at = mention.end
  }
  // `say` speaks to the last text, which a mention has just begun anew.
  say(text.slice(at))
}

function withoutAddresses(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  return plainLine(
    segmentsOf(cell.pieces)
      .flatMap(({ spots, texts }) => texts.flatMap((text, index) => [text, spots[index]?.name ?? '']))
      .join(' '),
  )
}

function shortened(text: string | null, most: number): string | null {
  const line = plainLine(text ?? '').replace(/\s+([.,;:!?])/g, '$1')
  if (line === '') return null
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}
