import { expect, test } from 'vitest'
import { pageAddressIn } from './page-address.ts'

test.each([
  [' https://riverside.club/chat#rooms \n', 'https://riverside.club/chat#rooms'],
  ['http://riverside.club/chat', 'https://riverside.club/chat'],
  ['riverside.club', 'https://riverside.club'],
  ['gärten.club/wiki?page=Chat', 'https://gärten.club/wiki?page=Chat'],
  ['riverside.club:8443/chat', 'https://riverside.club:8443/chat'],
  ['ftp://riverside.club/chat', 'ftp://riverside.club/chat'],
])('%j is an address', (text, address) => {
  expect(pageAddressIn(text)).toBe(address)
})

test.each([
  '',
  '#lobby:riverside.club',
  '!abcdefgh:riverside.club',
  '@ada:riverside.club',
  'https://riverside.club/chat and more',
  'https://a.club\nhttps://b.club',
  '# Our rooms',
  'rooms',
  `https://a.club/${'x'.repeat(3_000)}`,
  'x'.repeat(1_000_000),
])('%.40j is a text', (text) => {
  expect(pageAddressIn(text)).toBeNull()
})
