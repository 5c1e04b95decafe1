import { describe, expect, test } from 'vitest'
import { noPasswordRules } from '../password-rules.ts'
import { ada, after, card, states } from '../../testing/states.ts'
import type { StageTask } from '../state.ts'

const { createAccount, stages } = states
const [mail, captcha] = stages.step === 'stages' ? stages.tasks : []

function tasks(...done: string[]): StageTask[] {
  if (mail === undefined || captcha === undefined) throw new Error('Tasks are missing')
  return [mail, captcha].map((task) => ({ ...task, isDone: done.includes(task.kind) }))
}

describe('the form for an account', () => {
  const wish = { type: 'createAccount', username: 'ada', password: 'p', token: null } as const
  const policy = { id: 'p', version: '1', language: 'de', name: 'Regeln', url: 'https://x/p' }
  const ways = [
    { stages: ['m.login.dummy'], needs: [] },
    { stages: ['m.login.registration_token'], needs: ['token'] },
  ] as const

  test('stays for the way it was opened for when the homeserver tells of more', () => {
    const learned = after(createAccount, {
      type: 'waysLearned',
      ways,
      policies: [],
      passwordRules: noPasswordRules,
    })
    expect(learned).toMatchObject({ ways, way: 1 })
    expect(after(learned, { type: 'chooseWay', index: 0 })).toMatchObject({ way: 0 })
  })

  test('keeps what was typed, and consent to the very text that was shown', () => {
    const told = after(createAccount, {
      type: 'waysLearned',
      ways,
      policies: [policy],
      passwordRules: noPasswordRules,
    })
    const sent = after(told, { ...wish, email: 'ada@example.org', acceptsTerms: true })
    const draft = { username: 'ada', email: 'ada@example.org', consents: [policy] }
    expect(sent).toMatchObject({ isBusy: true, draft })
    // Also over other steps, as long as it's this community.
    const elsewhere = after(
      sent,
      { type: 'goToSignIn' },
      { type: 'back' },
      { type: 'signUpOpened', homeserver: card('one.example'), policies: [], acceptsPassword: true },
    )
    expect(elsewhere).toMatchObject({ step: 'createAccount', draft })
  })
})

describe('what is done outside', () => {
  test('is kept when the newcomer goes back', () => {
    const changed = { type: 'stagesChanged', tasks: tasks('email'), problem: null } as const
    expect(after(stages, changed, { type: 'back' })).toMatchObject({
      step: 'createAccount',
      fulfilled: ['token', 'email'],
      hasPassword: true,
    })
  })

  test('is kept when the name is taken in the end; a refused password is not', () => {
    const fulfilled = ['email', 'captcha'] as const
    const taken = { type: 'accountRefused', problem: { kind: 'usernameTaken' }, fulfilled } as const
    expect(after(stages, taken)).toMatchObject({
      step: 'createAccount',
      problem: { kind: 'usernameTaken' },
      fulfilled,
      hasPassword: true,
      isBusy: false,
    })
    const again = { type: 'accountRefused', problem: { kind: 'passwordAgain' }, fulfilled } as const
    expect(after(stages, again)).toMatchObject({ hasPassword: false, fulfilled })
  })

  test('a page that was opened is waited for; a code is looked at once', () => {
    const opened = after(stages, { type: 'openStage', stage: 'm.login.recaptcha' })
    expect(opened).toMatchObject({ tasks: [{ kind: 'email' }, { isOpened: true }] })
    const busy = after(opened, { type: 'submitCode', code: '1' })
    expect(busy).toMatchObject({ tasks: [{ isBusy: true }, { isOpened: true }] })
    expect(after(busy, { type: 'resendEmail' })).toBe(busy)
  })

  test('the account leads to its profile, and from there to the rooms', () => {
    const made = after(stages, { type: 'signedIn', account: ada, profile: { name: '' } })
    expect(made).toMatchObject({ step: 'profile', account: ada })
    expect(after(made, { type: 'profileRefused', problem: 'tooBig' })).toMatchObject({ problem: 'tooBig' })
    expect(after(made, { type: 'profileSaved' })).toMatchObject({ step: 'rooms', account: ada })
  })
})
