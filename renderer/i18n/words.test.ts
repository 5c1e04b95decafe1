import { describe, expect, it } from 'vitest'
import { estimateSeconds } from '../../core/joining/estimate.ts'
import en from './en.json'
import { piecesOf } from './template.ts'
import { countdown, languageName, shortTime, timeWords } from './time.ts'

const t = (key: string, values: object = {}): string => `${key} ${Object.values(values).join(' ')}`.trim()

describe('piecesOf', () => {
  it('takes values and tags apart, also nested ones', () => {
    expect(piecesOf('<b>{joined} of {count}</b> rooms')).toEqual([
      {
        kind: 'tag',
        name: 'b',
        pieces: [
          { kind: 'value', name: 'joined' },
          { kind: 'text', text: ' of ' },
          { kind: 'value', name: 'count' },
        ],
      },
      { kind: 'text', text: ' rooms' },
    ])
  })

  it('leaves everything else alone', () => {
    expect(piecesOf('a < b, {not this} and <b>half')).toEqual([
      { kind: 'text', text: 'a < b, {not this} and <b>half' },
    ])
  })
})

describe('the English words', () => {
  it('have both forms wherever they have one', () => {
    const stems = Object.keys(en).flatMap((key) => (key.endsWith('_one') ? [key.slice(0, -4)] : []))
    expect(stems.length).toBeGreaterThan(5)
    for (const stem of stems) expect(en).toHaveProperty([`${stem}_other`])
  })

  it('use typographic signs', () => {
    for (const [key, text] of Object.entries(en)) expect(`${key}: ${text}`).not.toMatch(/\w'\w|"|\.\.\./)
  })
})

describe('times in words', () => {
  it('are exact only where that is known', () => {
    expect(timeWords({ low: 5, high: 40 }, t)).toBe('app.seconds')
    expect(timeWords({ low: 240, high: 250 }, t)).toBe('app.minutes 4')
    expect(timeWords({ low: 240, high: 2280 }, t)).toBe('app.minutesRange 4 38')
    expect(timeWords({ low: 10, high: 600 }, t)).toBe('app.minutesUpTo 10')
    expect(timeWords({ low: 30_000, high: 36_000 }, t)).toBe('app.hours 10')
  })

  it('are left out of presets below a minute', () => {
    expect(shortTime({ low: 5, high: 59 }, t)).toBeNull()
    expect(shortTime(estimateSeconds({ local: 71, remote: 0, unknown: 0 }), t)).toBe('app.minutesShort 10')
  })

  it('count down without ever going below nothing', () => {
    expect(countdown(8_000, 'en')).toBe('0:08')
    expect(countdown(160_000, 'en')).toBe('2:40')
    expect(countdown(3_661_000, 'en')).toBe('1:01:01')
    expect(countdown(-5, 'en')).toBe('0:00')
    expect(countdown(8_000, 'ar-EG')).toBe('٠:٠٨')
  })

  it('name languages, and no nonsense', () => {
    expect(languageName('de', 'en')).toBe('German')
    expect(languageName('no such tag', 'en')).toBeNull()
  })
})
