import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { hasHiddenCharacters, plainLine } from './plain-text.ts'

test.each([
  ['two\r\n  lines', 'two lines'],
  ['exe\u202Egpj.a', 'exegpj.a'],
  ['\u2066Lobby\u2069\u200E', 'Lobby'],
  ['so\u00ADft\uFEFF', 'soft'],
  ['one \u0000 two', 'one two'],
  ['a\u0000b\u001Bc\u0085d', 'abc d'],
  ['half \uD83D', 'half'],
  ['flag\u{E0067}\u{E007F}', 'flag'],
  ['👩\u200D💻 می\u200Cخواهم', '👩\u200D💻 می\u200Cخواهم'],
  ['Cafe\u0301', 'Café'],
  [`z${'\u0336'.repeat(300)}algo`, `z${'\u0336'.repeat(4)}algo`],
  ['one\u2028two\u2029three', 'one two three'],
])('%j becomes %j', (text, line) => {
  expect(plainLine(text)).toBe(line)
})

test('a plain line hides nothing, and stays as it is', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      const line = plainLine(text)
      expect(hasHiddenCharacters(line)).toBe(false)
      expect(plainLine(line)).toBe(line)
    }),
  )
})
