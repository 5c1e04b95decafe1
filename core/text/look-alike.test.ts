import { expect, test } from 'vitest'
import { skeletonOf } from './look-alike.ts'

test.each([
  ['Lobby', 'L\u043Ebby'],
  ['Galaxy', 'G\u0430l\u0430\u0445y'],
  ['Lobby', 'LOBBY'],
  ['modem', 'modern'],
  ['Room 1', 'Room l'],
  ['Lobby', 'Lo\u200Bbby\u202E'],
  ['Lobby', '\uFF2Cobby'],
  ['Two  words', 'two words'],
])('%s and %s look the same', (one, other) => {
  expect(skeletonOf(one)).toBe(skeletonOf(other))
})

test.each([
  ['Lobby', 'Hobby'],
  ['SIG: Go', 'SIG: JS'],
  ['Gemüse', 'Gemuse'],
])('%s and %s don’t', (one, other) => {
  expect(skeletonOf(one)).not.toBe(skeletonOf(other))
})
