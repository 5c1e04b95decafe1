import { expect, test } from 'vitest'
import { hasNoRules, noPasswordRules, unmetRules } from './password-rules.ts'

const strict = { minimumLength: 8, needs: ['lowercase', 'uppercase', 'digit', 'symbol'] } as const

test.each([
  ['', 8, ['lowercase', 'uppercase', 'digit', 'symbol']],
  ['abc', 8, ['uppercase', 'digit', 'symbol']],
  ['Abcdefg1', 0, ['symbol']],
  ['ABCDEFG1!', 0, ['lowercase']],
  // Counted in characters, as people do.
  ['👋👋👋👋', 8, ['lowercase', 'uppercase', 'digit']],
  ['ü-Ab3456', 0, []],
] as const)('%s still lacks', (password, minimumLength, needs) => {
  expect(unmetRules(strict, password)).toEqual({ minimumLength, needs })
})

test('a homeserver without rules', () => {
  expect(hasNoRules(unmetRules(noPasswordRules, ''))).toBe(true)
  expect(hasNoRules(strict)).toBe(false)
})
