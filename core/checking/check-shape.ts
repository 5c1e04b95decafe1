import { REST_SECTION } from '../communities/names.ts'
import { MANIFEST_VERSION, manifestSchema } from '../communities/manifest.ts'
import type { Draft } from './draft.ts'
import { finding, quoted, type Finding, type Path } from './finding.ts'

/** Beyond this many rooms newcomers need a suggestion. */
const MANY_ROOMS = 8

/** What is missing, empty, or most likely misspelt. */
export function checkShape(draft: Draft): Finding[] {
  return [
    ...checkVersion(draft),
    ...checkParts(draft),
    ...checkLobby(draft),
    ...emptySections(draft),
    ...emptyPicks(draft),
    ...draft.homeservers
      .filter(({ about, hasDomains }) => about === 'institution' && !hasDomains)
      .map(({ path, name }) =>
        finding('institution-without-domains', `${name} has no domains of e-mail addresses.`, {
          path,
          server: name,
        }),
      ),
    ...misspelt(draft),
    ...damagedTexts(draft.fields, []),
  ]
}

function checkVersion({ version }: Draft): Finding[] {
  return typeof version === 'number' && version < MANIFEST_VERSION
    ? [
        finding('old-version', `This is version ${version}; ${MANIFEST_VERSION} is the latest.`, {
          path: ['version'],
        }),
      ]
    : []
}

function checkParts({ space, rooms }: Draft): Finding[] {
  if (space === null && rooms.length === 0)
    return [finding('nothing-listed', 'Neither a space nor a room is listed.')]
  const found: Finding[] = []
  if (space === null) found.push(finding('no-space', 'No space is named.'))
  if (rooms.length > MANY_ROOMS && !rooms.some((room) => room.isSuggested))
    found.push(
      finding('no-suggestion', `None of the ${rooms.length} rooms is suggested.`, { path: ['rooms'] }),
    )
  return found
}

function checkLobby({ rooms }: Draft): Finding[] {
  const lobbies = rooms.filter((room) => room.isLobby)
  if (lobbies.length === 0 && rooms.length > 1)
    return [finding('no-lobby', 'No room is marked as the lobby.', { path: ['rooms'] })]
  return lobbies
    .slice(1)
    .map(({ path, address }) =>
      finding('many-lobbies', `Another room is the lobby already.`, { path: [...path, 'lobby'], address }),
    )
}

function emptySections({ sections, rooms }: Draft): Finding[] {
  const used = new Set(rooms.map((room) => room.section))
  // Rooms that name no section stand in the first.
  if (used.has(null) && sections[0] !== undefined) used.add(sections[0].id)
  return sections
    .filter(({ id }) => !used.has(id) && id !== REST_SECTION)
    .map(({ id, path }) => finding('empty-section', `No room is in the section ${quoted(id)}.`, { path }))
}

function emptyPicks({ presets, questions }: Draft): Finding[] {
  const isEmpty = (pick: Draft['presets'][number]): boolean => pick.rooms.length === 0 && !pick.addsSections
  return [
    ...presets
      .filter(isEmpty)
      .map(({ path, text }) => finding('empty-preset', `The preset ${quoted(text)} has no rooms.`, { path })),
    // One answer may well add nothing: “None of these”.
    ...questions
      .filter(({ answers }) => answers.length > 0 && answers.every(isEmpty))
      .map(({ path }) => finding('empty-preset', 'No answer to this question adds a room.', { path })),
  ]
}

const topFields = Object.keys(manifestSchema.shape)
const roomFields = Object.keys(manifestSchema.shape.rooms.unwrap().element.shape)

function misspelt(draft: Draft): Finding[] {
  if (draft.version !== MANIFEST_VERSION) return []
  const of = (fields: object, known: readonly string[], path: Path): Finding[] =>
    Object.keys(fields).flatMap((name) => {
      if (known.includes(name)) return []
      const meant = known.find((each) => isAlmost(name, each) && !(each in fields))
      return meant === undefined
        ? []
        : [
            finding('misspelt-field', `${quoted(name)} is ignored; it may be meant as ${quoted(meant)}.`, {
              path: [...path, name],
            }),
          ]
    })
  return [
    ...of(draft.fields, topFields, []),
    ...draft.rooms.flatMap((room) => of(room.fields, roomFields, room.path)),
  ]
}

/** True where one slip of the finger, other capitals, or the “is” of version 1 lies between two names. */
function isAlmost(name: string, known: string): boolean {
  const [one, other] = [name.toLowerCase(), known.toLowerCase()]
  if (one === other || one === `is${other}`) return true
  if (known.length < 4 || Math.abs(one.length - other.length) > 1) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start += 1
  const restOf = (text: string, skip: number): string => text.slice(start + skip)
  const isSwapped =
    one[start] === other[start + 1] && one[start + 1] === other[start] && restOf(one, 2) === restOf(other, 2)
  return (
    isSwapped ||
    restOf(one, 1) === restOf(other, 1) ||
    restOf(one, 0) === restOf(other, 1) ||
    restOf(one, 1) === restOf(other, 0)
  )
}

// UTF-8 read as Windows-1252 or as Mac Roman, and the character that stands for one that was lost.
const DAMAGED =
  /â€[™œ\u009D“”˜¦]|Ã[\u00A4\u00B6\u00BC\u0178\u00A9\u00A8\u00A0]|Â[\u00A0\u00A7\u00AB\u00BB°]|‚Ä[ìîôòúù¶]|√[©®∂ºü§]|\uFFFD/u

/** True for a text in which UTF-8 was taken for another encoding, or a character is lost. */
export function isDamaged(text: string): boolean {
  return DAMAGED.test(text)
}

function damagedTexts(value: unknown, path: Path): Finding[] {
  if (typeof value === 'string') {
    return isDamaged(value)
      ? [finding('damaged-text', `This text is damaged: ${quoted(value.replaceAll(/\s+/g, ' '))}`, { path })]
      : []
  }
  if (typeof value !== 'object' || value === null || path.length > 8) return []
  return Object.entries(value).flatMap(([key, each]) =>
    damagedTexts(each, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}
