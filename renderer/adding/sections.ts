import type { FoundRoom } from '../../core/adding/page-state.ts'
import type { Words } from '../i18n/words.tsx'

/** A heading of the page with the rooms below it. */
export interface FoundSection {
  readonly name: string
  readonly rooms: readonly FoundRoom[]
}

/** The rooms by the headings of the page, in its order. Those without one stand under a heading of Foyer's. */
export function sectionsOf(rooms: readonly FoundRoom[], t: Words['t']): readonly FoundSection[] {
  const sections = new Map<string, FoundRoom[]>()
  for (const room of rooms) {
    const name = room.section ?? t('section.rooms')
    const known = sections.get(name)
    if (known === undefined) sections.set(name, [room])
    else known.push(room)
  }
  return [...sections].map(([name, all]) => ({ name, rooms: all }))
}
