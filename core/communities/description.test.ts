import { describe, expect, test } from 'vitest'
import { community, facts } from '../testing/communities.ts'
import { gardenClub, gardenCommunity } from '../testing/garden-club.ts'
import { communityFromAddress, withSpaceChildren } from './community.ts'
import { undescribed } from './description.ts'
import { MAX_ROOMS } from './manifest.ts'
import { readManifest } from './read-manifest.ts'
import { withSpaceManifest } from './space-manifest.ts'

test('a community has all that its manifest says', () => {
  expect(gardenCommunity()).toMatchObject({
    languages: ['en', 'de'],
    contact: 'mailto:hello@garden.example.org',
    rules: { url: 'https://garden.example.org/conduct', name: 'Garden manners', mustAgree: true },
    privacy: { isPublic: true, isEncrypted: false, notes: ['Messages are kept for a year, then removed.'] },
    presets: [
      { id: 'essential', keys: ['#allotment-lobby:matrix.org', '#allotment-roses:matrix.org'], sections: [] },
      { id: 'helpers', keys: [], sections: ['helpers'] },
    ],
    firstPreset: 'essential',
  })
  expect(gardenCommunity().welcome.map(({ language, title }) => [language, title])).toEqual([
    ['en', 'How we talk'],
    ['de', 'So reden wir miteinander'],
  ])
  expect(gardenCommunity().questions.map(({ isMany, answers }) => [isMany, answers.length])).toEqual([
    [true, 3],
    [false, 2],
  ])
  expect(gardenCommunity().rooms[2]).toMatchObject({ language: 'de', notes: [] })
  expect(gardenCommunity().rooms[1]?.notes).toEqual(['bridged to IRC', 'quiet in winter'])
})

test('what says nothing says nothing', () => {
  expect(community([], undescribed)).toMatchObject({ rules: null, welcome: [], presets: [], questions: [] })
})

test('presets and answers of a space’s manifest mean its rooms, by whatever they were first known', () => {
  const opened = communityFromAddress(
    { address: '#allotment:matrix.org', via: [] },
    facts({ isSpace: true, name: 'Garden' }),
  )
  const known = withSpaceChildren(opened, [
    {
      address: '!roses',
      via: ['x'],
      facts: facts({ roomId: '!roses' }),
      isSuggested: false,
      within: null,
      path: [],
    },
  ])
  const described = gardenCommunity()
  const rooms = described.rooms.map((each) =>
    each.key === '#allotment-roses:matrix.org' ? { ...each, roomId: '!roses' } : each,
  )
  const found = withSpaceManifest(known, { ...described, rooms })
  expect(found.presets[0]?.keys).toEqual(['#allotment-lobby:matrix.org', '!roses'])
  expect(found.questions[0]?.answers[0]?.keys).toEqual(['!roses'])
  expect(found).toMatchObject({ name: 'Garden', firstPreset: 'essential', rules: { mustAgree: true } })
})

describe('refused:', () => {
  const complaint = (change: object): string | undefined => {
    const manifest = readManifest({ ...gardenClub, ...change })
    return manifest.ok ? undefined : manifest.reason[0]?.message
  }

  test.each([
    [{ preset: 'nowhere' }, 'this preset does not exist'],
    [{ preset: 'own' }, 'this preset does not exist'],
    [{ preset: 'all' }, undefined],
    [{ sections: undefined, rooms: undefined, presets: [], questions: [], preset: undefined }, undefined],
  ])('%j: %s', (change, message) => {
    expect(complaint(change)).toBe(message)
  })

  test('lists of rooms that multiply', () => {
    const rooms = Array.from({ length: MAX_ROOMS }, (_, index) => ({
      address: `#${index}:x`,
      section: 'start',
    }))
    const addresses = rooms.map((room) => room.address)
    const presets = Array.from({ length: 5 }, (_, index) => ({
      id: `p${index}`,
      name: 'P',
      rooms: addresses,
    }))
    const change = { rooms, presets, preset: 'p0', questions: [], sections: undefined }
    expect(complaint({ ...change, presets: presets.slice(1), preset: 'p1' })).toBeUndefined()
    expect(complaint(change)).toMatch(/more than 20000 rooms/)
  })

  test('characters that nobody sees', () => {
    expect(complaint({ contact: '@a\u202Eb:x.example' })).toMatch(/^not an e-mail address/)
    const odd = readManifest({
      ...gardenClub,
      initials: '\u202EG',
      sections: undefined,
      presets: [],
      preset: 'all',
    })
    expect(odd.ok && odd.value.initials).toBe('G')
  })
})
