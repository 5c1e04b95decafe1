import { MAX_ROOMS, type ManifestInput } from '../communities/manifest.ts'
import { plainLine } from '../text/plain-text.ts'
import { withoutFrontMatter } from './front-matter.ts'
import { manifestFrom, type PageFacts } from './manifest-from.ts'
import { PassageCutter } from './passages.ts'
import { LISTING_RANK, roomsIn, type Oddity, type Sighting } from './passage-rooms.ts'
import { formatOf, type PageFormat } from './page-format.ts'
import { HtmlReader } from './read-html.ts'
import { readLightMarkup } from './read-light-markup.ts'
import { readMarkdown } from './read-markdown.ts'
import { repairEncoding } from './repair-encoding.ts'

/** Longest page that is read, in UTF-16 units. */
export const MAX_PAGE_LENGTH = 12 * 1024 * 1024

/** What is known of a page beside its text. */
export interface PageOrigin {
  /** The file’s name or the page’s address, by whose ending its format is told. */
  readonly name: string
  /** The page’s address, if it is public. */
  readonly url?: string | undefined
}

/** A room or space that was taken, with every line that names it. */
export interface Taken extends Sighting {
  readonly lines: readonly number[]
  /** What other places call it. */
  readonly otherLabels: readonly string[]
  /** Each name it is given, where it is given it first; its label among them. */
  readonly names: readonly PlaceName[]
}

/** What a place on a page calls a room. */
export interface PlaceName {
  readonly text: string
  readonly line: number
  /**
   * How it is given: in a row, a list or a definition, where each room has one name of its own; in passing; or in
   * brackets behind the address, where it may as well be a remark.
   */
  readonly place: 'entry' | 'text' | 'brackets'
}

/** Something that was left out, and why. `tooMany`: more rooms than a manifest may list. */
export interface LeftOut {
  readonly reason: Oddity['reason'] | 'tooMany'
  readonly written: string
  readonly line: number
}

/** What a page amounts to. */
export interface ImportedPage {
  readonly format: PageFormat
  /** What the page says of itself. */
  readonly facts: PageFacts
  /** Null where nothing on the page can be joined. */
  readonly manifest: ManifestInput | null
  readonly space: Taken | null
  readonly rooms: readonly Taken[]
  readonly leftOut: readonly LeftOut[]
}

const MOST_LEFT_OUT = 1_000
// A page that names its rooms more often than this says nothing new any more.
const MOST_SIGHTINGS = 20_000

/**
 * Makes a manifest of a community’s page in whatever markup it is written, and says what was taken and what left out.
 * Never throws; text beyond `MAX_PAGE_LENGTH` isn't read.
 */
export function importPage(text: string, origin: PageOrigin): ImportedPage {
  const page = text.slice(0, MAX_PAGE_LENGTH).replaceAll('\u0000', '').replace(/\r\n?/g, '\n')
  const format = formatOf(page, origin.name)
  const { matter, body } = withoutFrontMatter(page)

  const places = new Map<string, Sighting[]>()
  const leftOut: LeftOut[] = []
  let firstHeading: string | null = null
  let count = 0
  const cutter = new PassageCutter((passage) => {
    const { sightings, oddities } = roomsIn(passage)
    firstHeading ??= passage.heading
    for (const each of oddities) if (leftOut.length < MOST_LEFT_OUT) leftOut.push(each)
    for (const sighting of sightings) {
      const { address } = sighting.room
      const known = places.get(address)
      count++
      if (known !== undefined) known.push(sighting)
      else if (places.size < MAX_ROOMS && count < MOST_SIGHTINGS) places.set(address, [sighting])
      else {
        leftOut.push({ reason: 'tooMany', written: address, line: sighting.line })
        return false
      }
    }
    return count < MOST_SIGHTINGS
  })
  const title = read(format, body, cutter)
  cutter.end()

  const all = [...places.values()].map(takenFrom)
  const space = spaceAmong(all)
  const rooms = all.filter((each) => each !== space)
  const headline = matter.title ?? title ?? firstHeading
  const facts = {
    title: headline === null ? null : tidy(headline),
    description: matter.description === null ? null : tidy(matter.description),
    url: origin.url ?? null,
  }
  const manifest = manifestFrom(facts, space, rooms)
  return { format, facts, manifest, space, rooms, leftOut: inOrder(leftOut) }
}

function read(format: PageFormat, body: string, cutter: PassageCutter): string | null {
  if (format === 'markdown') {
    readMarkdown(body, cutter)
    return null
  }
  if (format === 'html') {
    const reader = new HtmlReader(cutter)
    reader.read(body, 1)
    return reader.title
  }
  readLightMarkup(format, body, cutter)
  return null
}

/* The place that says most speaks for the room; its order is that of the first. */
function takenFrom(sightings: readonly Sighting[]): Taken {
  const [first] = sightings
  if (first === undefined) throw new Error('a room without a place')
  const best = sightings.reduce((one, other) => (other.rank > one.rank ? other : one), first)
  const label = best.label ?? sightings.find((each) => each.label !== null)?.label ?? null
  const labels = new Set(sightings.flatMap((each) => (each.label === null ? [] : [tidy(each.label)])))
  const via = [...new Set(sightings.flatMap((each) => each.room.via))].slice(0, 10)
  const named = label === null ? null : tidy(label)
  if (named !== null) labels.delete(named)
  return {
    room: { address: best.room.address, via },
    line: best.line,
    label: named,
    aside: best.aside,
    purpose: best.purpose === null ? null : tidy(best.purpose),
    section: best.section === null ? null : tidy(best.section),
    rank: best.rank,
    spaceScore: sightings.reduce((most, each) => Math.max(most, each.spaceScore), 0),
    lines: [...new Set(sightings.map((each) => each.line))].slice(0, 50),
    otherLabels: [...labels].slice(0, 5),
    names: namesIn(sightings),
  }
}

const MOST_NAMES = 20

function namesIn(sightings: readonly Sighting[]): PlaceName[] {
  const names = new Map<string, PlaceName>()
  for (const { label, aside, line, rank } of sightings) {
    const place = rank >= LISTING_RANK ? 'entry' : 'text'
    for (const each of [
      ...(label === null ? [] : [{ text: tidy(label), line, place } as const]),
      ...(aside === null ? [] : [{ text: tidy(aside), line, place: 'brackets' } as const]),
    ])
      if (names.size < MOST_NAMES && !names.has(each.text)) names.set(each.text, each)
  }
  return [...names.values()]
}

function spaceAmong(all: readonly Taken[]): Taken | null {
  const likely = all.filter((each) => each.spaceScore >= 2)
  return likely.reduce<Taken | null>(
    (best, each) => (best === null || each.spaceScore > best.spaceScore ? each : best),
    null,
  )
}

function tidy(text: string): string {
  return plainLine(repairEncoding(text))
}

function inOrder(leftOut: readonly LeftOut[]): LeftOut[] {
  const seen = new Set<string>()
  return leftOut
    .filter(({ written, line }) => !seen.has(`${line} ${written}`) && seen.add(`${line} ${written}`))
    .toSorted((one, other) => one.line - other.line)
}
