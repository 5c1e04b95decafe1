import { REST_SECTION } from '../../core/communities/names.ts'
import type { Words } from './words.tsx'

/** The heading of a section; the ones that Foyer made itself have their name here. */
export function sectionName(section: { readonly id: string; readonly name: string }, t: Words['t']): string {
  if (section.name !== '') return section.name
  return section.id === REST_SECTION ? t('preview.section.rest') : t('section.rooms')
}
