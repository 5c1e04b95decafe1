import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { institutionsSchema, publicServersSchema, softwareSchema } from './catalogue.ts'
import { accountOwners, ownerOf, searchInstitutions } from './search.ts'

const read = (file: string): unknown => JSON.parse(readFileSync(`assets/homeservers/${file}`, 'utf8'))
const { institutions } = institutionsSchema.parse(read('institutions.json'))
const servers = (text: string): string[] =>
  searchInstitutions(institutions, text).map((found) => found.server)

test.each([
  ['dresden', 'tu-dresden.de'],
  ['TU Dresden', 'tu-dresden.de'],
  ['dresden tu', 'tu-dresden.de'],
  ['Technische Universität Dresden', 'tu-dresden.de'],
  ['ada@tu-dresden.de', 'tu-dresden.de'],
  ['ada@mailbox.tu-dresden.de', 'tu-dresden.de'],
  ['https://tu-dresden.de/studium', 'tu-dresden.de'],
  ['ada@tu-berlin.de', 'matrix.tu-berlin.de'],
  ['someone@cit.tum.de', 'cit.tum.de'],
  ['someone@tum.de', 'tum.de'],
  ['Goettingen', 'uni-goettingen.de'],
  ['gottingen', 'uni-goettingen.de'],
  ['GÖTTINGEN', 'uni-goettingen.de'],
  ['köln', 'uni.koeln'],
  ['Zuerich phys', 'phys.ethz.ch'],
  ['wien', 'tuwien.ac.at'],
])('%s', (text, server) => {
  expect(servers(text)).toContain(server)
})

test('what fits the name best comes first', () => {
  expect(servers('TU Ber')[0]).toBe('matrix.tu-berlin.de')
  expect(servers('ada@phys.ethz.ch')).toEqual(['phys.ethz.ch'])
})

test.each(['', '   ', '!!', 'atlantis', 'dresden atlantis', 'ada@nowhere.example'])(
  'nothing for “%s”',
  (text) => {
    expect(servers(text)).toEqual([])
  },
)

test('a few results at most', () => {
  expect(servers('uni').length).toBeLessThanOrEqual(6)
})

test('a domain that merely ends alike is somebody else’s', () => {
  expect(ownerOf(institutions, 'not-tu-dresden.de')).toBeNull()
  expect(ownerOf(institutions, 'de')).toBeNull()
})

test('what a community says of its own people’s domains goes before the catalogue', () => {
  const homeservers = [
    { name: 'ours.example', about: 'own', domains: ['tu-dresden.de'] },
    { name: 'matrix.org', about: 'matrixorg' },
  ] as const
  const owners = accountOwners({ homeservers }, institutions)
  expect(ownerOf(owners, 'tu-dresden.de')).toMatchObject({ server: 'ours.example', name: null })
  expect(ownerOf(owners, 'mail.kit.edu')).toMatchObject({ server: 'kit.edu' })
  expect(ownerOf(owners, 'matrix.org')).toBeNull()
})

test('what is bundled is valid, and nothing stands in it twice', () => {
  const { servers: listed } = publicServersSchema.parse(read('public.json'))
  softwareSchema.parse(read('software.json'))
  expect(new Set(listed.map((each) => each.name)).size).toBe(listed.length)
  expect(new Set(institutions.map((each) => each.server)).size).toBe(institutions.length)
  expect(listed[0]?.name).toBe('matrix.org')
})
