import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { chosenBy, countPicked, firstPreset } from '../onboarding/choice.ts'
import { withAnswer } from '../onboarding/said.ts'
import { hasHiddenCharacters } from '../text/plain-text.ts'
import { communityFromManifest, type Community } from './community.ts'
import { lookAlikes } from './look-alikes.ts'
import { readManifest } from './read-manifest.ts'

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
const addresses = ['#a:x.example', '#b:x.example', '!c', '#d:y.example:8448'] as const
const sections = ['start', '<b>', 'rest', '__proto__'] as const
const picks = {
  rooms: fc.subarray([...addresses]),
  sections: fc.subarray([...sections]),
}
const manifests = fc.record({
  version: fc.constant(2),
  name: text,
  summary: text,
  sections: fc.constant(sections.map((id) => ({ id, name: id }))),
  rooms: fc.tuple(
    ...addresses.map((address) =>
      fc.record({
        address: fc.constant(address),
        label: text,
        purpose: text,
        section: fc.constantFrom(...sections),
        suggested: fc.boolean(),
        lobby: fc.boolean(),
        notes: fc.array(text, { maxLength: 10 }),
        language: fc.constantFrom('en', 'ar', 'zh-Hant'),
      }),
    ),
  ),
  presets: fc.uniqueArray(
    fc.record({ id: fc.constantFrom('constructor', 'one', 'two'), name: text, ...picks }),
    { maxLength: 3, selector: ({ id }) => id },
  ),
  questions: fc.array(
    fc.record({
      text,
      many: fc.boolean(),
      answers: fc.array(fc.record({ text, ...picks }), { minLength: 2, maxLength: 5 }),
    }),
    { maxLength: 3 },
  ),
  rules: fc.record({
    url: fc.constant('https://x.example/'),
    name: text,
    points: fc.array(text, { maxLength: 12 }),
  }),
  privacy: fc.record({ notes: fc.array(text, { maxLength: 8 }) }),
  welcome: fc.dictionary(
    fc.constantFrom('en', 'de', 'pt-BR'),
    fc.record({ title: text, paragraphs: fc.array(text, { maxLength: 10 }) }),
  ),
})

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

test('whatever a manifest holds, its texts are plain, and its choices are rooms of its own', () => {
  let read = 0
  fc.assert(
    fc.property(manifests, fc.array(fc.nat({ max: 25 }), { maxLength: 6 }), (file, places) => {
      const manifest = readManifest(file)
      if (!manifest.ok) return
      read += 1
      const community = communityFromManifest(manifest.value)
      expect(textsOf(community).filter(hasHiddenCharacters)).toEqual([])
      lookAlikes(community.rooms)
      for (const preset of [
        ...community.presets.map(({ id }) => id),
        'suggested',
        'all',
        'lobby',
        'toString',
      ])
        expectOwnRooms(community, preset, places)
      expect(firstPreset({ community })).toBe('suggested')
    }),
    { numRuns: 300 },
  )
  // Texts of nothing but hidden characters are refused; the others have to get through.
  expect(read).toBeGreaterThan(30)
})

function expectOwnRooms(community: Community, preset: string, places: readonly number[]): void {
  const keys = community.rooms.map((room) => room.key)
  let said = { agreedTo: null as string | null, answers: [] as readonly (readonly number[])[] }
  for (const [question] of community.questions.entries()) said = withAnswer(said, community, question, places)
  const chosen = chosenBy(preset, community, [...keys, '#elsewhere:x'], said.answers)
  expect(chosen).toEqual(keys.filter((key) => chosen.includes(key)))
  for (const { answers } of community.questions)
    for (const answer of answers) expect(countPicked(answer, community)).toBeLessThanOrEqual(keys.length)
}
