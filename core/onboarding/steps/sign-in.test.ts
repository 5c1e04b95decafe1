import { expect, test } from 'vitest'
import { after, states } from '../../testing/states.ts'

const uni = { id: 'uni', name: 'University' }
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
