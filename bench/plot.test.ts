import { expect, test } from 'vitest'
import { plotOf } from './plot.ts'

const words = { title: 'Rooms & time', description: 'a < b' }

test('draws each series, marks where one gave up, and says in words what it shows', () => {
  const svg = plotOf(
    [
      { label: 'ours', colour: '#0072b2', joinedAt: [1, 2, 4] },
      { label: 'theirs', colour: '#d55e00', joinedAt: [1], gaveUpAt: 2 },
    ],
    3,
    words,
  )
  expect(svg).toContain('<title id="title">Rooms &amp; time</title>')
  expect(svg).toContain('<desc id="description">a &lt; b</desc>')
  expect(svg).toContain('>ours</text>')
  // The last room of the first series is at the top right, and a cross ends the second.
  expect(svg).toContain('H736V52"')
  expect(svg.match(/m-5 -5l10 10/g)).toHaveLength(1)
})

test('is the same for the same figures', () => {
  const draw = (): string => plotOf([{ label: 'ours', colour: '#0072b2', joinedAt: [0.3, 7.1] }], 2, words)
  expect(draw()).toBe(draw())
  expect(draw()).not.toMatch(/NaN|Infinity|undefined/)
})
