import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasHiddenCharacters } from '../text/plain-text.ts'
import { checkManifestText } from './check-manifest.ts'
import { mend } from './fix.ts'

const address = fc.oneof(
  fc.constantFrom(
    '#a:b.c',
    '#A:b.c',
    '!x',
    '!x:b.c',
    '@p:b.c',
    'https://matrix.to/#/#a:b.c',
    'matrix:r/a:b.c',
    '#\u202Ea:b.c',
  ),
  fc.string({ unit: 'binary' }),
)
const anything = fc.anything({ maxDepth: 2 })
const orAnything = <Value>(usual: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: usual, weight: 4 }, { arbitrary: anything, weight: 1 })
const text = fc.string({ unit: 'binary' })
const room = fc.record(
  {
    address: orAnything(address),
    label: orAnything(text),
    purpose: orAnything(text),
    section: orAnything(text),
    via: orAnything(fc.array(text)),
    lobby: orAnything(fc.boolean()),
  },
  { requiredKeys: [] },
)
const manifest = fc.record(
  {
    version: orAnything(fc.constantFrom(1, 2, 3)),
    name: orAnything(text),
    space: orAnything(room),
    rooms: orAnything(fc.array(orAnything(room))),
    sections: orAnything(fc.array(orAnything(fc.record({ id: text, name: text })))),
    presets: orAnything(fc.array(orAnything(fc.record({ id: text, rooms: fc.array(address) })))),
    questions: orAnything(fc.array(orAnything(fc.record({ text, answers: fc.array(anything) })))),
    homeservers: orAnything(fc.array(orAnything(fc.record({ name: text, about: text })))),
  },
  { requiredKeys: [] },
)

/** Holds for every text: nothing is thrown, every message is one plain line, and mending twice is mending once. */
function survives(source: string): void {
  for (const { message } of checkManifestText(source).findings) {
    expect(hasHiddenCharacters(message)).toBe(false)
    expect(message.length).toBeLessThan(1_500)
  }
  const { text: mended } = mend(source)
  expect(mend(mended).text).toBe(mended)
}

describe('hostile files', () => {
  test('random manifests', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(manifest, (value) => {
        survives(JSON.stringify(value) ?? '')
      }),
      { numRuns: 300 },
    )
  })

  test('random texts, and manifests with a piece cut out', { timeout: 60_000 }, () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), survives), { numRuns: 300 })
    const whole = `version: 2\nname: A\nspace: { address: 'matrix:r/s:b.c' }\nrooms:\n  - address: '#a:b.c' # one\n  - &x { address: '#a:b.c' }\n`
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(20), (from, length) => {
        survives(whole.slice(0, from) + whole.slice(from + length))
      }),
      { numRuns: 300 },
    )
  })

  test.each<[string, object]>([
    [
      'the same long label a thousand times',
      {
        rooms: Array.from({ length: 1000 }, (_, i) => ({
          address: `#${'a'.repeat(200)}${i}:b.c`,
          label: 'word '.repeat(40),
          purpose: 'word '.repeat(100),
        })),
      },
    ],
    [
      'words of one letter, over and over',
      {
        rooms: Array.from({ length: 1000 }, (_, i) => ({
          address: `#${i}-a:b.c`,
          label: 'a'.repeat(199),
          purpose: 'aa '.repeat(160),
        })),
      },
    ],
    [
      'a thousand different words that fit nowhere',
      {
        rooms: Array.from({ length: 1000 }, (_, i) => ({
          address: `#${i.toString(36)}x:b.c`,
          label: Array.from({ length: 30 }, (_word, at) => `w${i}z${at}`).join(' '),
        })),
      },
    ],
    ['deep nesting', { name: JSON.parse('['.repeat(500) + ']'.repeat(500)) as unknown }],
  ])('no hang: %s', { timeout: 20_000 }, (_, some) => {
    const before = process.threadCpuUsage()
    survives(JSON.stringify({ version: 2, name: 'A', ...some }))
    // Of this thread, as the machine may have more to do. In microseconds.
    expect(process.threadCpuUsage(before).user).toBeLessThan(3_000_000)
  })
})
