import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { brandSchema, whyNotThisBrand, type Brand } from './brand.ts'

const real: Brand = {
  name: 'Foyer',
  homepage: 'https://foyer.dev/',
  logo: 'https://static.foyer.dev/logo.svg',
  terms: null,
  privacy: 'https://foyer.dev/privacy',
}

test('the brand file can be read', () => {
  expect(() => brandSchema.parse(JSON.parse(readFileSync('assets/brand.json', 'utf8')))).not.toThrow()
})

test('a real homepage does', () => {
  expect(whyNotThisBrand(real)).toBeNull()
})

test.each([
  ['https://foyer.example/', 'foyer.example is a placeholder'],
  ['https://example.org/foyer', 'example.org is a placeholder'],
  ['https://localhost/', 'localhost is a placeholder'],
])('%s doesn’t', (homepage, sentence) => {
  expect(whyNotThisBrand({ ...real, homepage })).toContain(sentence)
})

test('pages elsewhere don’t either', () => {
  expect(whyNotThisBrand({ ...real, terms: 'https://notfoyer.dev/terms' })).toBe(
    'https://notfoyer.dev/terms must be on foyer.dev, as the homepage is.',
  )
})

test.each(['http://foyer.dev/', 'foyer.dev', ''])('%j is no page', (homepage) => {
  expect(brandSchema.safeParse({ ...real, homepage }).success).toBe(false)
})
