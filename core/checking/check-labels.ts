import { isAlias } from '../addresses/room-address.ts'
import { nameOf, type Draft, type DraftRoom } from './draft.ts'
import { finding, quoted, type Finding } from './finding.ts'
import { localpartOf, mayFit, restOfAddress, tellingWordsOf, wordsOf } from './words-of.ts'

/** Files are not to be trusted: beyond these, looking for copied labels would take too long. */
const MOST_ROOMS = 1000
const MOST_COMPARED = 20_000
const MOST_WORDS = 30

/** Labels and purposes that were copied from another row. Silent unless another room fits all the better. */
export function checkLabels(draft: Draft): Finding[] {
  if (draft.rooms.length > MOST_ROOMS) return []
  return [...labelsOfOthers(draft.rooms), ...purposesOfOthers(draft.rooms)]
}

type Labelled = DraftRoom & { readonly label: string; readonly address: string }

function labelsOfOthers(rooms: readonly DraftRoom[]): Finding[] {
  const labelled = rooms.filter(
    (room): room is Labelled => room.label !== null && room.address !== null && isAlias(room.address),
  )
  const counts = new Map<string, number>()
  for (const room of labelled) {
    for (const word of new Set(tellingWordsOf(room.label))) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  // A word that a third of the rooms share doesn't tell them apart.
  const isTelling = (word: string): boolean => (counts.get(word) ?? 0) <= Math.max(1, labelled.length / 3)
  const locals = labelled.map(({ address }) => ({ address, local: localpartOf(address) }))
  const isPrefix = (part: string): boolean =>
    locals.filter(({ local }) => local.includes(part)).length > locals.length / 3
  let compared = 0
  const addressFor = (label: string, own: string): string | undefined => {
    const [first = '', ...others] = tellingWordsOf(label).map((word) => word.slice(0, 3))
    if (others.length >= MOST_WORDS) return undefined
    return locals.find(({ address, local }) => {
      if (address === own || !local.includes(first) || compared > MOST_COMPARED) return false
      compared += 1
      return restOfAddress(label, local)?.every(isPrefix) === true
    })?.address
  }
  return labelled.flatMap((room) => {
    const words = tellingWordsOf(room.label).filter(isTelling)
    const own = localpartOf(room.address)
    if (words.length === 0 || words.some((word) => mayFit(word, own))) return []
    const better = addressFor(room.label, room.address)
    if (better === undefined) return []
    return [
      finding(
        'label-address',
        `${quoted(room.label)} fits the address ${better}, but is given to ${room.address}.`,
        { path: [...room.path, 'label'], address: room.address },
      ),
    ]
  })
}

/*
 * Sentences that are the same in several rooms but for one word, which is each room's own subject: where it is
 * another room's subject, the sentence was copied and not changed.
 */
function purposesOfOthers(rooms: readonly DraftRoom[]): Finding[] {
  const subjects = new Set(rooms.flatMap((room) => tellingWordsOf(room.label ?? '')))
  interface Use {
    readonly room: DraftRoom
    readonly word: string
    readonly isOwn: boolean
  }
  const byPattern = new Map<string, Use[]>()
  for (const room of rooms) {
    const words = wordsOf(room.purpose ?? '')
    if (words.length > MOST_WORDS) continue
    const own = new Set(wordsOf(room.label ?? ''))
    for (const [at, word] of words.entries()) {
      if (!subjects.has(word)) continue
      const pattern = words.with(at, '*').join(' ')
      const uses = byPattern.get(pattern) ?? []
      byPattern.set(pattern, uses)
      uses.push({ room, word, isOwn: own.has(word) })
    }
  }
  return [...byPattern.values()].flatMap((uses) => {
    const own = uses.filter((use) => use.isOwn)
    const foreign = uses.filter((use) => !use.isOwn)
    if (own.length < 2 || own.length < 2 * foreign.length) return []
    return foreign.map(({ room, word }) =>
      finding(
        'purpose-label',
        `The purpose of ${quoted(nameOf(room))} speaks of ${quoted(word)}: ${quoted(room.purpose ?? '')}`,
        { path: [...room.path, 'purpose'], address: room.address },
      ),
    )
  })
}
