import { expect, test } from 'vitest'
import { didYouMean } from './did-you-mean.ts'

const known = [
  'matrix.org',
  'tchncs.de',
  'gitter.im',
  'matrix.mathesar.org',
  'tu-dresden.de',
  'matrix.tu-berlin.de',
  'tum.de',
]

test.each([
  ['matrx.org', 'matrix.org'],
  ['martix.org', 'matrix.org'],
  ['matrix.com', 'matrix.org'],
  ['matrix.ogr', 'matrix.org'],
  ['www.matrix.org', 'matrix.org'],
  ['tchncs.ed', 'tchncs.de'],
  ['tchnics.de', 'tchncs.de'],
  ['mathesar.org', 'matrix.mathesar.org'],
  ['matrix.matesar.org', 'matrix.mathesar.org'],
  ['tu-berlin.de', 'matrix.tu-berlin.de'],
  ['element.tum.de', 'tum.de'],
  // Short names have too many neighbours.
  ['gum.de', 'tum.de'],
  ['abc.de', null],
  ['matrix.org', null],
  ['nowhere.example', null],
])('%s', (typed, meant) => {
  expect(didYouMean(typed, known)).toBe(meant)
})
