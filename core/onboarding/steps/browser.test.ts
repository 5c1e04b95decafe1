import { describe, expect, test } from 'vitest'
import { ada, after, card, cards, states } from '../../testing/states.ts'
import { next } from '../next.ts'
import type { OnboardingState } from '../state.ts'

const server = card('one.example', { signUp: 'browser' })
const policies = { policies: [], acceptsPassword: false }
const create = after(states.homeserver, { type: 'signUpOpened', homeserver: server, ...policies })
const signIn = after(
  states.signIn,
  { type: 'idLookedUp', homeserver: server, acceptsPassword: false, own: null },
  { type: 'signInInBrowser' },
)
const waiting = after(create, { type: 'pageOpened', expiresAt: 9, offersCode: true })
const code = { address: 'one.example/link', link: 'https://one.example/link', userCode: 'ABCDEF' }

describe('a server with a page of its own', () => {
  test('opens it, to create an account or to sign in', () => {
    expect(create).toMatchObject({ step: 'browser', intent: 'create', way: 'browser', phase: 'preparing' })
    expect(signIn).toMatchObject({ step: 'browser', intent: 'signIn', homeserver: server })
  })

  test('leads back to where one came from', () => {
    expect(after(create, { type: 'back' })).toMatchObject({
      step: 'homeserver',
      cards,
      chosen: 'one.example',
    })
    expect(after(signIn, { type: 'back' })).toMatchObject({
      step: 'signIn',
      homeserver: server,
      acceptsPassword: false,
    })
  })

  test('opens nothing before a server was found', () => {
    const nobody = { ...states.signIn, homeserver: null } as OnboardingState
    expect(next(nobody, { type: 'signInInBrowser' })).toBe(nobody)
  })
})

describe('waiting', () => {
  test('ends in the rooms, for a new account by way of its name and picture', () => {
    expect(waiting).toMatchObject({ phase: 'waiting', expiresAt: 9 })
    const answered = after(waiting, { type: 'browserAnswered' })
    const old = after(answered, { type: 'signedIn', account: ada, profile: null })
    expect(old).toMatchObject({ step: 'rooms', account: ada })
    const made = after(answered, { type: 'signedIn', account: ada, profile: { name: 'Ada' } })
    expect(made).toMatchObject({ step: 'profile', account: ada, known: { name: 'Ada' } })
    expect(after(made, { type: 'skipProfile' })).toMatchObject({ step: 'rooms', account: ada })
  })

  test('changes over to a code, and back; late answers of the other way change nothing', () => {
    const asking = after(waiting, { type: 'showCode' })
    expect(asking).toMatchObject({ way: 'code', phase: 'preparing', expiresAt: null })
    expect(next(asking, { type: 'pageOpened', expiresAt: 9, offersCode: true })).toBe(asking)
    const shown = after(asking, { type: 'codeArrived', code, expiresAt: 20 })
    expect(shown).toMatchObject({ phase: 'waiting', code })
    const back = after(shown, { type: 'useBrowser' })
    expect(back).toMatchObject({ way: 'browser', phase: 'preparing', code: null })
    expect(next(back, { type: 'codeArrived', code, expiresAt: 20 })).toBe(back)
  })

  test('can’t be changed once the browser has answered', () => {
    const finishing = after(waiting, { type: 'browserAnswered' })
    expect(next(finishing, { type: 'showCode' })).toBe(finishing)
    expect(next(finishing, { type: 'useBrowser' })).toBe(finishing)
  })

  test('a server without codes is asked for none again', () => {
    const refused = after(
      waiting,
      { type: 'showCode' },
      { type: 'browserFailed', problem: { kind: 'noCode' } },
    )
    expect(refused).toMatchObject({ phase: 'stopped', offersCode: false })
    expect(next(refused, { type: 'showCode' })).toBe(refused)
  })
})
