import { describe, expect, test } from 'vitest'
import type { HomeserverCard } from '../onboarding/state.ts'
import { card } from '../testing/states.ts'
import { ranked, shownCards } from './ranking.ts'

function named(cards: readonly HomeserverCard[]): string[] {
  return cards.map((each) => each.name)
}

const minutes = (high: number) => ({ seconds: { low: high * 60, high: high * 60 } })

describe('the best for the community first', () => {
  test('time counts more than the effort of signing up', () => {
    const far = card('far', minutes(38))
    const near = card('near', { ...minutes(4), signUp: 'email' })
    expect(named(ranked([far, near]))).toEqual(['near', 'far'])
  })

  test('of those that take equally long the one that asks least', () => {
    const token = card('token', { ...minutes(3.8), signUp: 'token' })
    const browser = card('browser', { ...minutes(4.2), signUp: 'browser' })
    const email = card('email', { ...minutes(4), signUp: 'email' })
    const open = card('open', { ...minutes(4.3), signUp: 'open' })
    expect(named(ranked([token, email, browser, open]))).toEqual(['open', 'email', 'browser', 'token'])
  })

  test('then those that are still asked, those that are closed, those that are silent', () => {
    const cards = [
      card('silent', { probe: 'unreachable' }),
      card('closed', { signUp: 'closed' }),
      card('sso', { signUp: 'sso' }),
      card('asking', { probe: 'asking' }),
      card('good'),
    ]
    expect(named(ranked(cards))).toEqual(['good', 'asking', 'sso', 'closed', 'silent'])
  })
})

describe('which ones are shown', () => {
  const silent = (name: string): HomeserverCard => card(name, { probe: 'unreachable' })
  const [a, b, c, d] = [card('a'), card('b'), card('c'), card('d')]

  test('three at most', () => {
    expect(named(shownCards([a, b, c, d], ['a', 'b', 'c'], null))).toEqual(['a', 'b', 'c'])
  })

  test('one that does not answer gives its place to one that does, and the others keep theirs', () => {
    expect(named(shownCards([a, silent('b'), c, d], ['a', 'b', 'c'], null))).toEqual(['a', 'd', 'c'])
  })

  test('where none can take its place the list gets shorter', () => {
    expect(named(shownCards([a, silent('b'), c], ['a', 'b', 'c'], null))).toEqual(['a', 'c'])
  })

  test('the newcomer’s own choice stays whatever happens to it', () => {
    expect(named(shownCards([a, silent('b'), c, d], ['a', 'b', 'c'], 'b'))).toEqual(['a', 'b', 'c'])
  })

  test('free places are filled', () => {
    expect(named(shownCards([a, b, c, d], ['a'], null))).toEqual(['a', 'b', 'c'])
    expect(named(shownCards([a, b, c, d], ['a'], null, 2))).toEqual(['a', 'b'])
  })

  test('when nobody answers the names stay', () => {
    expect(named(shownCards([silent('a'), silent('b')], ['a', 'b'], null))).toEqual(['a', 'b'])
  })
})
