import { describe, expect, it, test } from 'vitest'
import { accountTyped, tidied, wrongCharacter } from './username.ts'

describe('usernames', () => {
  it('are tidied while they are typed', () => {
    expect(tidied('Ada', 'example.org')).toBe('ada')
    expect(tidied('@ada', 'example.org')).toBe('ada')
    expect(tidied('@Ada:Example.org', 'example.org')).toBe('ada')
  })

  it('keep what belongs to another server, so that it can be asked about', () => {
    expect(tidied('@ada:example.com', 'example.org')).toBe('ada:example.com')
  })

  it('may hold what the specification allows', () => {
    expect(wrongCharacter('ada.l_2-x/y=z+')).toBeNull()
    expect(wrongCharacter('ada l')).toBe(' ')
    expect(wrongCharacter('adä')).toBe('ä')
    expect(wrongCharacter('ada👋')).toBe('👋')
  })
})

test.each([
  ['ada', null],
  ['ada.l', null],
  ['ada:', { kind: 'matrixId', id: null }],
  ['ada:matrix', { kind: 'matrixId', id: null }],
  ['ada:matrix.org', { kind: 'matrixId', id: '@ada:matrix.org' }],
  ['ada@example', null],
  ['ada@example.org', { kind: 'email', id: 'ada@example.org' }],
])('%s in place of a username', (text, account) => {
  expect(accountTyped(text)).toEqual(account)
})
