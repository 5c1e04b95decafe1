import { isOwnPreset } from './own-presets.ts'

/** As much of a manifest as has to fit together. */
interface Parts {
  readonly space?: { readonly address: string } | undefined
  readonly sections?: readonly { readonly id: string }[] | undefined
  readonly rooms: readonly { readonly address: string; readonly section?: string | undefined }[]
  readonly presets: readonly (Picks & { readonly id: string })[]
  readonly preset?: string | undefined
  readonly questions: readonly { readonly answers: readonly Picks[] }[]
}

interface Picks {
  readonly rooms: readonly string[]
  readonly sections: readonly string[]
}

/** Most rooms that all presets and answers together may name; a list for each would be a page for each. */
const MOST_PICKS = 20_000

/** Something within a manifest that contradicts something else in it. */
export interface Contradiction {
  readonly path: (string | number)[]
  readonly message: string
}

/** Rooms listed twice, sections, rooms and presets that are named but not there, nothing to join at all. */
export function contradictions(file: Parts): Contradiction[] {
  const found: Contradiction[] = []
  if (file.space === undefined && file.rooms.length === 0)
    found.push({ path: ['rooms'], message: 'neither a space nor a room is listed' })
  const once = (path: string, ids: readonly string[], message: string): void => {
    const seen = new Set<string>()
    for (const [index, id] of ids.entries()) {
      if (seen.has(id)) found.push({ path: [path, index], message })
      seen.add(id)
    }
  }
  const roomAddresses = file.rooms.map((room) => room.address)
  once('rooms', roomAddresses, 'a room is listed twice')
  once(
    'presets',
    file.presets.map((preset) => preset.id),
    'two presets have the same ID',
  )
  const first = file.preset
  const isOffered = file.presets.some(({ id }) => id === first)
  if (first !== undefined && !isOffered && (!isOwnPreset(first) || first === 'own'))
    found.push({ path: ['preset'], message: 'this preset does not exist' })
  const allPicks = [...file.presets, ...file.questions.flatMap(({ answers }) => answers)]
  if (allPicks.reduce((sum, { rooms }) => sum + rooms.length, 0) > MOST_PICKS)
    found.push({ path: ['presets'], message: `presets and answers name more than ${MOST_PICKS} rooms` })
  if (file.sections)
    once(
      'sections',
      file.sections.map((section) => section.id),
      'two sections have the same ID',
    )

  const sections = new Set(
    file.sections?.length
      ? file.sections.map((section) => section.id)
      : file.rooms.flatMap((room) => room.section ?? []),
  )
  const rooms = new Set(roomAddresses)
  for (const [index, { section }] of file.rooms.entries()) {
    if (section !== undefined && !sections.has(section))
      found.push({ path: ['rooms', index, 'section'], message: 'a room names a section that does not exist' })
  }
  const check = (path: (string | number)[], picks: Picks): void => {
    for (const [index, address] of picks.rooms.entries()) {
      if (!rooms.has(address))
        found.push({ path: [...path, 'rooms', index], message: 'this room is not listed under rooms' })
    }
    for (const [index, id] of picks.sections.entries()) {
      if (!sections.has(id))
        found.push({ path: [...path, 'sections', index], message: 'this section does not exist' })
    }
  }
  for (const [index, preset] of file.presets.entries()) check(['presets', index], preset)
  for (const [index, { answers }] of file.questions.entries()) {
    for (const [at, answer] of answers.entries()) check(['questions', index, 'answers', at], answer)
  }
  return found
}
