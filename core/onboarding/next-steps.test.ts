import { describe, expect, test } from 'vitest'
import { firstState } from './moves.ts'
import type { OnboardingEvent } from './flow-events.ts'
import { next } from './next.ts'
import { ada, after, card, cards, club, states } from '../testing/states.ts'

describe('back and forward keep what was known', () => {
  test('the chosen homeserver and the cards', () => {
    const again = after(states.createAccount, { type: 'back' })
    expect(again).toMatchObject({ step: 'homeserver', chosen: 'two.example', cards })
    expect(after(states.signIn, { type: 'back' })).toMatchObject({
      step: 'homeserver',
      cards,
      chosen: 'one.example',
    })
  })

  test('a server that was found for a typed ID, but is none of the cards, is not the chosen one', () => {
    const homeserver = card('far.example')
    const looked = { type: 'idLookedUp', homeserver, acceptsPassword: true, own: null } as const
    expect(after(states.signIn, looked, { type: 'goToCreate' })).toMatchObject({ chosen: 'one.example' })
    const none = { type: 'idNotFound', reason: 'noServer', suggestion: null } as const
    expect(after(states.signIn, none, { type: 'goToCreate' })).toMatchObject({ chosen: 'one.example' })
  })

  test('to create an account after signing in directly: the first card that comes', () => {
    const direct = after(
      firstState,
      { type: 'setExperience', experience: 'matrix' },
      { type: 'communityOpened', community: club, at: 1 },
      { type: 'leavePreview' },
    )
    expect(direct).toMatchObject({ step: 'signIn', cards: [] })
    expect(after(direct, { type: 'back' })).toMatchObject({ step: 'preview', phase: 'answered' })
    const listed = after(
      direct,
      { type: 'idLookedUp', homeserver: card('far.example'), acceptsPassword: true, own: null },
      { type: 'goToCreate' },
      { type: 'homeserversListed', cards },
    )
    expect(listed).toMatchObject({ step: 'homeserver', chosen: 'one.example' })
  })

  test('a homeserver chosen before its cards came again stays chosen', () => {
    const chosen = after(
      states.homeserver,
      { type: 'chooseHomeserver', name: 'two.example' },
      { type: 'homeserversListed', cards },
    )
    expect(chosen).toMatchObject({ chosen: 'two.example' })
  })

  test('one that is none of the cards cannot be chosen', () => {
    expect(next(states.homeserver, { type: 'chooseHomeserver', name: 'nowhere' })).toBe(states.homeserver)
  })

  test('another homeserver joins the cards once, and is chosen', () => {
    const found = {
      type: 'anotherFound',
      card: card('three.example'),
      own: null,
      acceptsPassword: true,
    } as const
    const twice = after(states.homeserver, { type: 'findAnother', text: ' three.example ' }, found, found)
    expect(twice).toMatchObject({ chosen: 'three.example', another: { kind: 'closed' } })
    expect(twice).toMatchObject({ cards: [{}, {}, { name: 'three.example' }] })
  })
})

describe('an account that somebody has is not made a second time', () => {
  const own = { server: 'two.example', userId: '@ada:two.example', institution: null } as const
  const found = { type: 'anotherFound', card: card('two.example'), own, acceptsPassword: false } as const
  const opened = {
    type: 'signUpOpened',
    homeserver: card('two.example'),
    policies: [],
    acceptsPassword: true,
  } as const

  test('a whole Matrix ID leads to signing in, with the ID filled in', () => {
    expect(after(states.homeserver, found)).toMatchObject({
      step: 'signIn',
      knownId: '@ada:two.example',
      homeserver: { name: 'two.example' },
      lookup: 'found',
      acceptsPassword: false,
    })
  })

  test('choosing its homeserver later leads there once more', () => {
    const later = after(states.homeserver, found, { type: 'back' }, opened)
    expect(later).toMatchObject({ step: 'signIn', knownId: '@ada:two.example', acceptsPassword: true })
  })

  test('also when it was typed on the sign-in screen', () => {
    const looked = {
      type: 'idLookedUp',
      homeserver: card('two.example'),
      acceptsPassword: true,
      own,
    } as const
    expect(after(states.signIn, looked, { type: 'back' }, opened)).toMatchObject({ step: 'signIn' })
  })

  test('another homeserver has nothing to do with it', () => {
    const elsewhere = { ...opened, homeserver: card('one.example') }
    expect(after(states.homeserver, found, { type: 'back' }, elsewhere)).toMatchObject({
      step: 'createAccount',
    })
  })

  test('who says that they want a new one gets it', () => {
    expect(after(states.homeserver, found, { type: 'goToCreate' }, opened)).toMatchObject({
      step: 'createAccount',
    })
  })
})

describe('suggestions', () => {
  test('the first one where an account can be made is chosen, as long as the newcomer hasn’t', () => {
    const closed = card('one.example', { signUp: 'closed' })
    const listed = { type: 'homeserversListed', cards: [closed, card('two.example')] } as const
    expect(after(states.homeserver, listed)).toMatchObject({ chosen: 'two.example' })
    const chosen = after(states.homeserver, { type: 'chooseHomeserver', name: 'one.example' }, listed)
    expect(chosen).toMatchObject({ chosen: 'one.example' })
  })

  test('one that is quicker to answer than the first is not chosen for that', () => {
    const slow = card('one.example', { probe: 'asking' })
    const listed = { type: 'homeserversListed', cards: [slow, card('two.example')] } as const
    expect(after(states.homeserver, listed)).toMatchObject({ chosen: 'one.example' })
  })

  test('a choice whose card is gone is made anew', () => {
    const chosen = after(
      states.homeserver,
      { type: 'chooseHomeserver', name: 'one.example' },
      { type: 'homeserversListed', cards: [card('two.example')] },
    )
    expect(chosen).toMatchObject({ chosen: 'two.example' })
  })

  test('one that was typed takes the last place of three', () => {
    const three = [...cards, card('three.example')]
    const typed = after(
      states.homeserver,
      { type: 'homeserversListed', cards: three },
      { type: 'anotherFound', card: card('four.example'), own: null, acceptsPassword: true },
    )
    expect(typed).toMatchObject({ chosen: 'four.example', cards: [{}, {}, { name: 'four.example' }] })
  })
})

describe('making an account', () => {
  test('a token is asked for where the homeserver wants one', () => {
    expect(states.createAccount).toMatchObject({ ways: [{ needs: ['token'] }], way: 0 })
  })

  test('only the answer about the name that stands there counts', () => {
    const typed = after(states.createAccount, { type: 'checkUsername', username: 'ada' })
    expect(next(typed, { type: 'usernameChecked', check: { kind: 'free', username: 'ad' } })).toBe(typed)
    const free = next(typed, { type: 'usernameChecked', check: { kind: 'free', username: 'ada' } })
    expect(free).toMatchObject({ username: { kind: 'free' } })
    expect(after(free, { type: 'checkUsername', username: '' })).toMatchObject({ username: { kind: 'none' } })
  })

  test('a complaint about the name goes with the name, others stay', () => {
    const refused = (kind: 'usernameTaken' | 'wrongToken'): unknown =>
      after(
        states.createAccount,
        { type: 'accountRefused', problem: { kind } },
        { type: 'checkUsername', username: 'other' },
      )
    expect(refused('usernameTaken')).toMatchObject({ problem: null })
    expect(refused('wrongToken')).toMatchObject({ problem: { kind: 'wrongToken' } })
  })

  test.each(['createAccount', 'signIn'] as const)(
    '%s is sent once, and goes on waiting at a rate limit',
    (step) => {
      const event =
        step === 'signIn'
          ? ({ type: 'signIn', id: '@ada:x', password: 'p' } as const)
          : ({
              type: 'createAccount',
              username: 'a',
              password: 'p',
              token: null,
              acceptsTerms: true,
            } as const)
      const busy = next(states[step], event)
      expect(busy).toMatchObject({ isBusy: true })
      expect(next(busy, event)).toBe(busy)
      const limited = { type: 'accountRefused', problem: { kind: 'rateLimited', retryAt: 5 } } as const
      expect(after(busy, limited)).toMatchObject({ isBusy: true })
      const closed = { type: 'accountRefused', problem: { kind: 'closed' } } as const
      expect(after(busy, closed)).toMatchObject({ isBusy: false, problem: { kind: 'closed' } })
      expect(JSON.stringify(busy)).not.toContain('"p"')
    },
  )

  test('a new account comes to its profile first', () => {
    const made = next(states.createAccount, { type: 'signedIn', account: ada, profile: { name: '' } })
    expect(made).toMatchObject({ step: 'profile', account: ada })
  })

  test.each(['profile', 'signIn'] as const)('signed in from %s', (step) => {
    const event =
      step === 'signIn' ? { type: 'signedIn', account: ada, profile: null } : { type: 'skipProfile' }
    expect(next(states[step], event as OnboardingEvent)).toMatchObject({
      step: 'rooms',
      account: ada,
      preset: 'suggested',
      chosen: ['#lobby:x'],
      isLoading: true,
    })
  })
})
