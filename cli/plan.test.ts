import { describe, expect, test } from 'vitest'
import { readManifest } from '../core/communities/read-manifest.ts'
import { gardenClub } from '../core/testing/garden-club.ts'
import { chosenKeys, choiceOf, communityOf, mustAgree } from './plan.ts'
import type { Source } from './source.ts'

const manifest = readManifest(gardenClub)
if (!manifest.ok) throw new Error(manifest.reason[0]?.message)
const garden = { kind: 'manifest', manifest: manifest.value } as const satisfies Source
const link: Source = { kind: 'link', link: { address: '#allotment:matrix.org', via: [] } }

describe('the choice', () => {
  test.each([
    [garden, null, 'essential'],
    [garden, 'helpers', 'helpers'],
    [garden, 'all', 'all'],
    [link, null, 'all'],
    [link, 'suggested', 'suggested'],
  ])('%#', (source, preset, expected) => {
    expect(choiceOf({ preset, rooms: [] }, source)).toEqual({ preset: expected, rooms: [] })
  })

  test('is of presets that there are; the others are named', () => {
    expect(() => choiceOf({ preset: 'helprs', rooms: [] }, garden)).toThrow(
      'There is no preset “helprs” here. There are: suggested, all, lobby, essential, helpers.',
    )
    expect(() => choiceOf({ preset: 'essential', rooms: [] }, link)).toThrow(
      /There are: suggested, all, lobby\./,
    )
    expect(() => choiceOf({ preset: 'own', rooms: [] }, garden)).toThrow(/no preset “own”/)
  })

  test('means the rooms that it means on the screen', () => {
    const choice = choiceOf({ preset: 'helpers', rooms: [] }, garden)
    const community = communityOf(garden, null, choice)
    expect(chosenKeys(community, community, choice)).toEqual([
      '#allotment-bees:matrix.org',
      '#allotment-worms:matrix.org',
    ])
  })
})

describe('rules', () => {
  const asked = { agreesToRules: false, isDryRun: false }

  test('have to be agreed to before anything is joined', () => {
    expect(() => mustAgree(asked, garden)).toThrow(
      /https:\/\/garden\.example\.org\/conduct.*--agree-to-rules/,
    )
    expect(() => mustAgree({ ...asked, agreesToRules: true }, garden)).not.toThrow()
    expect(() => mustAgree({ ...asked, isDryRun: true }, garden)).not.toThrow()
  })

  test('don’t have to where there are none, or none to agree to', () => {
    expect(() => mustAgree(asked, link)).not.toThrow()
    const rules = { url: 'https://x.example/', points: [], accept: false }
    expect(() =>
      mustAgree(asked, { kind: 'manifest', manifest: { ...garden.manifest, rules } }),
    ).not.toThrow()
  })
})
