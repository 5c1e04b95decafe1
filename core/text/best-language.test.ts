import { expect, test } from 'vitest'
import { bestLanguage } from './best-language.ts'

test.each([
  [['en', 'de'], ['de-AT', 'en'], 'de'],
  [['en', 'pt-BR', 'pt-PT'], ['pt'], 'pt-BR'],
  [['en', 'pt-BR', 'pt-PT'], ['pt-PT'], 'pt-PT'],
  [['de', 'fr'], ['it', 'fr-CH'], 'fr'],
  [['zh-Hant', 'en'], ['ZH-hant-TW'], 'zh-Hant'],
  [['de'], ['en', 'fr'], null],
  [[], ['en'], null],
  [['en'], [], null],
])('of %j for somebody who reads %j: %s', (available, wanted, best) => {
  expect(bestLanguage(available, wanted)).toBe(best)
})
