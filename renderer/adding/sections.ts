import type { FoundRoom } from '../../core/adding/page-state.ts'
import type { Section } from '../hall/picture.ts'
import type { Words } from '../i18n/words.tsx'

/** The rooms by the headings of the page, in its order. Those without one stand under a heading of Foyer's. */
export function sectionsOf(rooms: readonly FoundRoom[], t: Words['t']): readonly Section<FoundRoom>[] {
  const sections = new Map<string, FoundRoom[]>()
  for (const room of rooms) {
    const name = room.section ?? t('section.rooms')
    const known = sections.get(name)
    if (known === undefined) sections.set(name, [room])
    else known.push(room)
  }
  return [...sections].map(([name, all]) => ({ id: name, name, items: all }))
}
