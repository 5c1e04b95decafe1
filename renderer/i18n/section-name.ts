import { isRoomId } from '../../core/addresses/room-address.ts'
import { REST_SECTION } from '../../core/communities/names.ts'
import type { Words } from './words.tsx'

type Section = { readonly id: string; readonly name: string }

/** Gives sections their headings. Those that Foyer made itself have their names here, by what else there is. */
export function sectionNames(sections: readonly Section[], t: Words['t']): (section: Section) => string {
  // Beside subspaces, whose IDs are those of rooms, nothing was sorted by hand that these could be the rest of.
  const isAllThereIs = sections.every(({ id }) => id === REST_SECTION || isRoomId(id))
  return ({ id, name }) => {
    if (name !== '') return name
    return id === REST_SECTION && !isAllThereIs ? t('preview.section.rest') : t('section.rooms')
  }
}
