import { describe, expect, it } from 'vitest'
import { tidied, wrongCharacter } from './username.ts'

describe('usernames', () => {
  it('are tidied while they are typed', () => {
    expect(tidied('Ada')).toBe('ada')
    expect(tidied('@ada:example.org')).toBe('ada')
  })

  it('may hold what the specification allows', () => {
    expect(wrongCharacter('ada.l_2-x/y=z+')).toBeNull()
    expect(wrongCharacter('ada l')).toBe(' ')
    expect(wrongCharacter('adä')).toBe('ä')
    expect(wrongCharacter('ada👋')).toBe('👋')
  })
})
