import { expect, test } from 'vitest'
import { passed } from '../testing/pace.ts'
import { goesAlone } from './pace.ts'

test('one request goes alone where most servers have their limit', () => {
  expect(goesAlone(passed(9), true, 0)).toBe(false)
  expect(goesAlone(passed(10), true, 0)).toBe(true)
  expect(goesAlone(passed(11), true, 0)).toBe(false)
  expect(goesAlone(passed(11), true, 150)).toBe(true)
  // By then a bucket of the usual size may have let this many through, if it leaks 30 times faster than usual.
  expect(goesAlone(passed(12), true, 400)).toBe(true)
  expect(goesAlone(passed(13), true, 400)).toBe(false)
})
