import { expect, test } from 'vitest'
import { contactKind, contactLink, contactText } from './contact.ts'

test.each([
  ['hello@garden.example', 'mailto:hello@garden.example', 'hello@garden.example'],
  ['mailto:hello@garden.example', 'mailto:hello@garden.example', 'hello@garden.example'],
  ['https://garden.example/help/', 'https://garden.example/help/', 'garden.example/help'],
  ['@ada:x.example', 'https://matrix.to/#/%40ada%3Ax.example', '@ada:x.example'],
  ['#help:x.example', 'https://matrix.to/#/%23help%3Ax.example', '#help:x.example'],
  ['javascript:alert(1)', null, 'javascript:alert(1)'],
])('%s', (contact, link, text) => {
  expect(contactLink(contact)).toBe(link)
  expect(contactText(contact)).toBe(text)
})

test('people are written to, rooms and pages asked', () => {
  const contacts = ['a@b.example', '@a:b.example', '#a:b.example', 'https://b.example/']
  expect(contacts.map(contactKind)).toEqual(['person', 'person', 'room', 'page'])
})

test('nobody to ask', () => {
  expect(contactLink(null)).toBeNull()
})
