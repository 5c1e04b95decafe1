import { communityFromManifest, withFacts, type Community } from '../communities/community.ts'
import type { ManifestInput } from '../communities/manifest.ts'
import { readManifest } from '../communities/read-manifest.ts'
import { facts } from './communities.ts'

/** A manifest that says everything a manifest can say. Its rooms are on matrix.org. */
export const gardenClub = {
  version: 2,
  name: 'Garden Club',
  summary: 'People who grow things, on balconies too.',
  colour: '#4b7a2b',
  languages: ['en', 'de'],
  website: 'https://garden.example.org',
  contact: 'mailto:hello@garden.example.org',
  space: { address: '#allotment:matrix.org' },
  sections: [
    { id: 'start', name: 'Start here' },
    { id: 'plants', name: 'Plants' },
    { id: 'helpers', name: 'Helpers' },
  ],
  rooms: [
    {
      address: '#allotment-lobby:matrix.org',
      label: 'Lobby',
      purpose: 'Say hello and ask anything.',
      section: 'start',
      lobby: true,
      suggested: true,
    },
    {
      address: '#allotment-roses:matrix.org',
      label: 'Roses',
      purpose: 'Old ones, new ones, thorns.',
      section: 'plants',
      notes: ['bridged to IRC', 'quiet in winter'],
    },
    {
      address: '#allotment-gemuese:matrix.org',
      label: 'Gemüse',
      purpose: 'Vegetables, in German.',
      section: 'plants',
      language: 'de',
    },
    { address: '#allotment-bees:matrix.org', label: 'Bees', section: 'helpers', notes: ['also on Slack'] },
    { address: '#allotment-worms:matrix.org', label: 'Worms', section: 'helpers' },
  ],
  presets: [
    {
      id: 'essential',
      name: 'Essential',
      rooms: ['#allotment-lobby:matrix.org', '#allotment-roses:matrix.org'],
    },
    { id: 'helpers', name: 'For helpers', sections: ['helpers'] },
  ],
  preset: 'essential',
  questions: [
    {
      text: 'What do you grow?',
      many: true,
      answers: [
        { text: 'Flowers', rooms: ['#allotment-roses:matrix.org'] },
        { text: 'Vegetables', rooms: ['#allotment-gemuese:matrix.org'] },
        { text: 'Nothing yet' },
      ],
    },
    {
      text: 'Would you like to help?',
      answers: [{ text: 'Yes, with animals', sections: ['helpers'] }, { text: 'Not for now' }],
    },
  ],
  rules: {
    url: 'https://garden.example.org/conduct',
    name: 'Garden manners',
    points: [
      'Be kind.',
      'No advertising, not even for seeds.',
      'Ask before you post pictures of other gardens.',
    ],
    accept: true,
  },
  privacy: {
    public: true,
    encrypted: false,
    notes: ['Messages are kept for a year, then removed.'],
  },
  homeservers: [{ name: 'matrix.org', about: 'matrixorg' }],
  welcome: {
    en: {
      title: 'How we talk',
      paragraphs: ['The Lobby is the place to begin.', 'Pictures of pests are welcome everywhere.'],
    },
    de: {
      title: 'So reden wir miteinander',
      paragraphs: ['Am besten fängst du in der Lobby an.', 'Bilder von Schädlingen sind überall willkommen.'],
    },
  },
} as const satisfies ManifestInput

/** The same as a community, each room described by its server. `change` takes the place of fields of the manifest. */
export function gardenCommunity(change: Partial<ManifestInput> = {}): Community {
  const manifest = readManifest({ ...gardenClub, ...change })
  if (!manifest.ok) throw new Error(manifest.reason[0]?.message)
  const community = communityFromManifest(manifest.value)
  return community.rooms.reduce(
    (seen, room, index) => withFacts(seen, room.key, facts({ name: room.label, members: 40 - index })),
    community,
  )
}
