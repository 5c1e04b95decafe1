import { isAlias } from '../addresses/room-address.ts'
import type { ImportedPage, PlaceName, Taken } from '../importing/import-page.ts'
import type { PlacedFinding } from './check-manifest.ts'
import { finding, quoted } from './finding.ts'
import { compactOf, localpartOf, mayFit, tellingWordsOf, wordsOf } from './words-of.ts'

// Pages are not to be trusted: beyond this, holding names against each other would take too long.
const MOST_ROOMS = 1000
const MOST_NAMES = 3000
const MOST_WORDS = 8
const ROOM_WORD = /\b(lobby|general|help|off-?topic|announcements?|introductions?)\b/i

/**
 * Rooms to which a page gives the name of another, or two names in its lists that have nothing in common, and a space
 * that it takes for a room. Pages name a room in many ways, so anything else is left alone.
 */
export function checkNames({ space, rooms }: ImportedPage): PlacedFinding[] {
  const all = [...(space === null ? [] : [space]), ...rooms]
  if (all.length > MOST_ROOMS || all.reduce((sum, each) => sum + each.names.length, 0) > MOST_NAMES) return []
  const words = all.map(wordsOfPlace)
  return all.flatMap((place, index): PlacedFinding[] => {
    const { label, line, names, room } = place
    const at = { path: place === space ? ['space'] : ['rooms', rooms.indexOf(place)], address: room.address }
    const others = names.filter(({ text }) => compactOf(text) !== compactOf(label ?? ''))
    const wrong =
      label === null
        ? undefined
        : (others.find((name) => belongsToAnother(name, index, words)) ??
          others.find((name) => isUnlike(name, place)))
    if (wrong !== undefined) {
      const message = `${room.address} is called ${quoted(label ?? '')} in line ${line}, and ${quoted(wrong.text)} here.`
      return [{ ...finding('two-names', message, at), line: wrong.line }]
    }
    const named = place === space ? names.find(isNameOfRoom) : undefined
    if (named === undefined) return []
    const message = `${quoted(named.text)} has the address of the space, ${room.address}.`
    return [{ ...finding('space-as-room', message, at), line: named.line }]
  })
}

/* The words of a room’s label and address. */
interface PlaceWords {
  readonly words: ReadonlySet<string>
  readonly local: string
}

function wordsOfPlace({ label, room }: Taken): PlaceWords {
  return {
    words: new Set(wordsOf(label ?? '')),
    local: isAlias(room.address) ? localpartOf(room.address) : '',
  }
}

// All its words are another room’s, and at least one isn’t this one’s.
function belongsToAnother({ text }: PlaceName, index: number, places: readonly PlaceWords[]): boolean {
  const words = wordsOf(text)
  if (words.length === 0 || words.length > MOST_WORDS) return false
  const fits = ({ words: known, local }: PlaceWords): boolean =>
    words.every((word) => known.has(word) || local.includes(word))
  const own = places[index]
  return own !== undefined && !fits(own) && places.some(fits)
}

function isUnlike(name: PlaceName, { label, names, room }: Taken): boolean {
  const isListed =
    name.place === 'entry' && names.some((each) => each.text === label && each.place === 'entry')
  const [ours, theirs] = [tellingWordsOf(label ?? ''), tellingWordsOf(name.text)]
  if (!isListed || ours.length === 0 || theirs.length === 0) return false
  const local = isAlias(room.address) ? localpartOf(room.address) : ''
  return !theirs.some((word) => ours.includes(word) || (local !== '' && mayFit(word, local)))
}

function isNameOfRoom({ text, place }: PlaceName): boolean {
  return place !== 'text' && ROOM_WORD.test(text) && !/\bspace\b|\brooms\b|\bchannels\b/i.test(text)
}
