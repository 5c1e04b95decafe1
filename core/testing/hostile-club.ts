import type { Community } from '../communities/community.ts'
import type { ManifestInput } from '../communities/manifest.ts'
import { gardenClub, gardenCommunity } from './garden-club.ts'

const long = (words: string, length: number): string => words.repeat(length).slice(0, length).trim()
const right = '\u202E'

/** Rooms of a manifest that means no good: markup, other directions, names that look like others. */
export const hostileRooms = [
  { address: '#lobby:matrix.org', label: 'Lobby', section: 'start', lobby: true, suggested: true },
  // The second letter is Cyrillic.
  { address: '#lobby:evil.example', label: 'L\u043Ebby', section: 'start', suggested: true },
  { address: '#markup:evil.example', label: '<img src=x onerror=alert(1)>', section: 'start' },
  { address: '#right:evil.example', label: `${right}ybbol eht`, section: 'start', purpose: 'حديقة العنكبوت' },
  {
    address: '#long:evil.example',
    label: long('Donaudampfschifffahrtsgesellschaft', 200),
    purpose: long('no blanks at all ', 500),
    section: 'more',
    notes: Array.from({ length: 10 }, (_, index) => `${index} ${long('note', 190)}`),
    language: 'ar',
  },
] as const satisfies ManifestInput['rooms']

/** A manifest at the limits of what one can hold, in which no text can be trusted. */
export const hostileClub = {
  ...gardenClub,
  // The first letter but one is Cyrillic.
  name: 'G\u0430laxy',
  summary: long('<b>bold</b> ', 300),
  initials: `${right}!`,
  languages: ['en', 'tlh', 'ar', 'de'],
  sections: [
    { id: 'start', name: `${right}<h1>Start</h1>` },
    { id: 'more', name: long('Überschrift', 200) },
  ],
  rooms: [...hostileRooms],
  presets: Array.from({ length: 8 }, (_, index) => ({
    id: `preset-${index}`,
    name: index === 0 ? long('Voreinstellung', 60) : `<i>${index}</i>`,
    sections: ['more'],
  })),
  preset: 'suggested',
  questions: Array.from({ length: 3 }, (_, index) => ({
    text: `${index} ${long('Warum denn ', 190)}?`,
    many: index !== 1,
    answers: Array.from({ length: 20 }, (__, place) => ({
      text: `${place} ${long(place % 2 === 0 ? 'darum ' : 'Donaudampfschiff', 110)}`,
      sections: ['more'],
    })),
  })),
  rules: {
    url: 'https://evil.example/rules',
    name: long('Regelwerk', 100),
    points: Array.from({ length: 12 }, (_, index) => `${index} ${long('du sollst ', 280)}`),
    accept: true,
  },
  privacy: {
    public: true,
    encrypted: true,
    notes: Array.from({ length: 8 }, (_, index) => `${index} ${long('geheim ', 280)}`),
  },
  contact: `${long('a', 60)}@${long('b', 60)}.example`,
  welcome: {
    en: {
      title: long('Willkommen', 200),
      paragraphs: Array.from({ length: 10 }, (_, index) => `${index} ${long('<p>blah</p> ', 900)}`),
    },
  },
} satisfies ManifestInput

/** The same as a community, beside one of Foyer's own that it pretends to be. */
export function hostileCommunity(): Community {
  return { ...gardenCommunity(hostileClub), mimics: 'Galaxy' }
}
