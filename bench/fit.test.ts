import { expect, test } from 'vitest'
import { fitShortfalls, type FitResult } from './fit.ts'

const result: FitResult = {
  name: 'a case',
  rooms: 33,
  here: 31,
  truly: 31,
  isTrue: true,
  predicted_s: 10,
  measured_s: 10,
  ratio: 1,
  joined: 33,
}

test.each([
  [{ ratio: 1.2, measured_s: 12 }, []],
  [{ ratio: 0.8, measured_s: 8 }, []],
  [{ ratio: 1.201, measured_s: 12.01 }, ['a case: 10 s predicted, 12.01 s measured']],
  [{ ratio: 0.79, measured_s: 7.9 }, ['a case: 10 s predicted, 7.9 s measured']],
  [{ truly: 30, isTrue: false }, ['a case: 31 rooms were said to be there, 30 are, or others']],
  [{ joined: 32 }, ['a case: joined 32 of 33 rooms']],
])('%j', (own, shortfalls) => {
  expect(fitShortfalls([{ ...result, ...own }])).toEqual(shortfalls)
})
