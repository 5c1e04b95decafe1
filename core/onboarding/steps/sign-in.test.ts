import { expect, test } from 'vitest'
import { after, states } from '../../testing/states.ts'

const uni = { id: 'uni', name: 'University', icon: null }
const learned = {
  type: 'loginWaysLearned',
  homeserver: 'one.example',
  acceptsPassword: false,
  providers: [uni],
} as const

test('who vouches for somebody opens their page, and has no code for other devices', () => {
  const known = after(states.signIn, learned)
  expect(known).toMatchObject({ acceptsPassword: false, providers: [uni] })
  const browser = after(known, { type: 'signInWith', provider: 'uni' })
  expect(browser).toMatchObject({
    step: 'browser',
    intent: 'signIn',
    singleSignOn: { provider: uni },
    offersCode: false,
  })
  expect(after(known, { type: 'signInWith', provider: null })).toMatchObject({
    singleSignOn: { provider: null },
  })
})

test('icons come one by one, stay when the homeserver is asked again, and are written down nowhere', () => {
  const arrived = { type: 'iconArrived', homeserver: 'one.example', provider: 'uni', icon: 'AAAA' } as const
  const shown = after(states.signIn, learned, arrived)
  expect(shown).toMatchObject({ providers: [{ id: 'uni', icon: 'AAAA' }] })
  expect(after(shown, learned)).toMatchObject({ providers: [{ id: 'uni', icon: 'AAAA' }] })
  expect(after(shown, { type: 'signInWith', provider: 'uni' })).toMatchObject({
    singleSignOn: { provider: { id: 'uni', icon: null } },
  })
  const known = after(states.signIn, learned)
  for (const stray of [{ homeserver: 'x.example' }, { provider: 'guests' }])
    expect(after(known, { ...arrived, ...stray })).toBe(known)
})

test('what the homeserver has against the account is said where people sign in', () => {
  const browser = after(states.signIn, learned, { type: 'signInWith', provider: 'uni' })
  const refused = after(browser, { type: 'accountRefused', problem: { kind: 'locked' } })
  expect(refused).toMatchObject({ step: 'signIn', lookup: 'found', problem: { kind: 'locked' } })
})

test('an e-mail address that leads nowhere may belong to the homeserver chosen before', () => {
  const lost = after(states.signIn, { type: 'idNotFound', reason: 'mailOnly', suggestion: null })
  expect(lost).toMatchObject({ lookup: 'mailOnly', homeserver: { name: 'one.example' } })
  const none = after(states.signIn, { type: 'idNotFound', reason: 'noServer', suggestion: null })
  expect(none).toMatchObject({ homeserver: null })
})
