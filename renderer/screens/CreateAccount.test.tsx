import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { show, type Shown } from '../testing/show.tsx'
import {
  createAccount,
  createAccountEmail,
  createAccountNameOnly,
  createAccountTaken,
  createAccountWays,
} from '../testing/states.ts'

const withToken = { ...createAccount, ways: [{ stages: [], needs: ['token'] }] } as const

const username = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Username' })
const password = (): HTMLInputElement => screen.getByLabelText('Password')
const submit = (): HTMLElement => screen.getByRole('button', { name: 'Create account' })

async function fillIn({ person }: Shown): Promise<void> {
  await person.type(username(), 'ada')
  await person.type(password(), 'lantern otter gravel noon')
  await person.click(screen.getByRole('checkbox', { name: /I accept/ }))
}

describe('CreateAccount', () => {
  it('asks the server for a name once the newcomer pauses, and only once', async () => {
    const { person, sent } = await show(createAccount)
    await person.type(username(), 'Ada')
    expect(username().value).toBe('ada')
    await waitFor(() => expect(sent()).toEqual([{ type: 'checkUsername', username: 'ada' }]))
  })

  it('says which character can’t be in a name, and does not ask', async () => {
    const { person, sent } = await show(createAccount)
    await person.type(username(), 'ada l')
    expect(screen.getByRole('textbox', { description: /ada l has a space in it/ })).toBe(username())
    await new Promise((done) => setTimeout(done, 500))
    expect(sent()).toEqual([])
  })

  it('takes a whole Matrix ID of this homeserver for the name in it', async () => {
    const { person } = await show(createAccount)
    await person.type(username(), '@ada:matrix.mathesar.org')
    expect(username().value).toBe('ada')
  })

  it('takes who types the ID of an account, or the e-mail address of one, to signing in', async () => {
    const { person, sent } = await show(createAccount)
    await person.type(username(), '@Ada:example.org')
    expect(screen.getByRole('textbox', { description: /looks like a whole Matrix ID/ })).toBe(username())
    await person.click(screen.getByRole('button', { name: 'Sign in with @ada:example.org' }))
    expect(sent()).toEqual([{ type: 'goToSignIn', id: '@ada:example.org' }])
    await person.clear(username())
    await person.type(username(), 'ada@example.org')
    expect(screen.getByRole('textbox', { description: /a name of your own choice/ })).toBe(username())
    await person.click(screen.getByRole('button', { name: 'Sign in with ada@example.org' }))
    expect(sent().at(-1)).toEqual({ type: 'goToSignIn', id: 'ada@example.org' })
    await person.click(submit())
    expect(document.activeElement).toBe(username())
  })

  it('asks who types a taken name whether it is theirs', async () => {
    const { person, sent } = await show(createAccountTaken)
    await person.click(screen.getByRole('button', { name: 'That’s my account: sign in' }))
    expect(sent().at(-1)).toEqual({ type: 'goToSignIn', id: 'ada' })
  })

  it('asks the same of an address that is in use', async () => {
    const { person, sent } = await show(createAccountEmail)
    await person.click(screen.getByRole('button', { name: 'Sign in with ada@example.org' }))
    expect(sent()).toEqual([{ type: 'goToSignIn', id: 'ada@example.org' }])
  })

  it('says what the homeserver wants in a password, what of it is still to come, and suggests what fits', async () => {
    const passwordRules = { minimumLength: 8, needs: ['uppercase', 'digit'] } as const
    const { person, sent } = await show({ ...createAccount, passwordRules })
    const sentence = (text: RegExp) =>
      screen.getByLabelText('Password', { exact: true }).closest('.field')?.textContent?.match(text)
    expect(sentence(/wants at least 8 characters, a capital letter, and a digit in a password/)).toBeTruthy()
    await person.type(username(), 'ada')
    await person.type(password(), 'Gravel')
    expect(sentence(/Still to come: at least 8 characters and a digit\./)).toBeTruthy()
    await person.click(screen.getByRole('checkbox', { name: /I accept/ }))
    await person.click(submit())
    expect(document.activeElement).toBe(password())
    expect(sentence(/wants at least 8 characters and a digit in a password/)).toBeTruthy()
    expect(sent().some(({ type }) => type === 'createAccount')).toBe(false)
    await person.click(screen.getByRole('button', { name: 'Suggest one' }))
    await waitFor(() => expect(password().value).toMatch(/^[A-Z][a-z]+(-[a-z]+){4}-\d$/))
    await person.click(submit())
    // On a slow computer the name may be looked up once more behind it.
    const made = sent().findLast(({ type }) => type === 'createAccount')
    expect(made).toMatchObject({ password: password().value })
  })

  it('says what the server thinks of the name, and only of this name', async () => {
    const { person, push } = await show(createAccount)
    await person.type(username(), 'ada')
    push({ ...createAccount, username: { kind: 'checking', username: 'ada' } })
    expect(screen.getByText(/Checking whether/)).toBeTruthy()
    push({ ...createAccount, username: { kind: 'free', username: 'ada' } })
    expect(screen.getByRole('textbox', { description: /ada is free/ })).toBe(username())
    await person.type(username(), 'x')
    expect(screen.queryByText(/is free/)).toBeNull()
  })

  it('offers free names in place of a taken one', async () => {
    const shown = await show(createAccountTaken)
    expect(username().getAttribute('aria-invalid')).toBe('true')
    await shown.person.click(screen.getByRole('button', { name: 'ada-writes' }))
    expect(username().value).toBe('ada-writes')
    expect(username().getAttribute('aria-invalid')).toBeNull()
  })

  it('sends everything once it is filled in', async () => {
    const shown = await show(createAccount)
    await fillIn(shown)
    await shown.person.click(submit())
    expect(shown.sent().at(-1)).toEqual({
      type: 'createAccount',
      username: 'ada',
      password: 'lantern otter gravel noon',
      token: null,
      email: null,
      acceptsTerms: true,
    })
  })

  it('points to what is missing, and goes to the first of it', async () => {
    const { person, sent } = await show(withToken)
    await person.click(submit())
    expect(document.activeElement).toBe(username())
    expect(screen.getByRole('alert').textContent).toBe('4 things to fix before we can create your account.')
    expect(screen.getByText('Please accept the terms to go on.')).toBeTruthy()
    expect(screen.getByText(/needs an invite code/)).toBeTruthy()
    expect(sent()).toEqual([])
  })

  it('opens the policies outside', async () => {
    const { person, calls } = await show(createAccount)
    await person.click(screen.getByRole('link', { name: 'privacy notice' }))
    expect(calls.at(-1)).toEqual({ name: 'openExternal', argument: 'https://matrix.mathesar.org/privacy' })
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
  })

  const fieldProblems = [
    [{ kind: 'usernameTaken' }, 'Username', /already uses ada/],
    [{ kind: 'usernameInvalid' }, 'Username', /doesn’t accept ada/],
    [
      { kind: 'weakPassword', lacks: { minimumLength: 12, needs: [] } },
      'Password',
      /wants at least 12 characters in a password/,
    ],
    [
      { kind: 'weakPassword', lacks: { minimumLength: 0, needs: ['digit'] } },
      'Password',
      /wants a digit in a password/,
    ],
    [{ kind: 'weakPassword', lacks: null }, 'Password', /too easy to guess/],
    [{ kind: 'wrongToken' }, 'Invite code', /doesn’t know this code/],
  ] as const satisfies readonly (readonly [AccountProblem, string, RegExp])[]

  for (const [problem, label, sentence] of fieldProblems) {
    it(`brings ${problem.kind} to its field, keeps what was typed, and forgets it when mended`, async () => {
      const shown = await show(withToken)
      await fillIn(shown)
      await shown.person.type(screen.getByLabelText('Invite code'), 'aux-2024')
      await shown.person.click(submit())
      shown.push({ ...withToken, isBusy: true })
      shown.push({ ...withToken, problem })
      const field = screen.getByLabelText<HTMLInputElement>(label)
      expect(document.activeElement).toBe(field)
      expect(field.getAttribute('aria-invalid')).toBe('true')
      expect(field.closest('.field')?.textContent).toMatch(sentence)
      expect(username().value).toBe('ada')
      await shown.person.type(field, 'x')
      expect(field.getAttribute('aria-invalid')).toBeNull()
      // The same state again must not bring it back.
      shown.push({ ...withToken, problem })
      expect(field.getAttribute('aria-invalid')).toBeNull()
    })
  }

  const stepProblems = [
    [{ kind: 'closed' }, /doesn’t take new accounts/],
    [{ kind: 'needsBrowser' }, /on a page of its own/],
    [{ kind: 'unreachable' }, /isn’t answering/],
    [{ kind: 'deactivated' }, /closed for good/],
    [{ kind: 'unknown', detail: 'M_ODD: no' }, /without a reason we know/],
  ] as const satisfies readonly (readonly [AccountProblem, RegExp])[]

  for (const [problem, sentence] of stepProblems) {
    it(`says ${problem.kind} above the form`, async () => {
      await show({ ...createAccount, problem })
      expect(screen.getByText(sentence)).toBeTruthy()
    })
  }

  it('counts down a rate limit and stays busy, as main tries again by itself', async () => {
    // Only the date stands still; the person's clicks need running timers.
    vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 })
    onTestFinished(() => void vi.useRealTimers())
    const problem = { kind: 'rateLimited', retryAt: Date.now() + 160_000 } as const
    const { person, sent } = await show({ ...createAccount, isBusy: true, problem })
    expect(screen.getByText(/goes on by itself in/).textContent).toContain('2:40')
    await person.click(screen.getByRole('button', { name: 'Creating your account …' }))
    expect(sent()).toEqual([])
  })

  it('shows and suggests passwords', async () => {
    const { person } = await show(createAccount)
    await person.click(screen.getByRole('button', { name: 'Suggest one' }))
    await waitFor(() => expect(password().value).toMatch(/^[a-z]+(-[a-z]+){4}$/), { timeout: 5000 })
    expect(password().type).toBe('text')
    await screen.findByRole('img', { name: 'Password strength: 4 of 4' }, { timeout: 5000 })
    await person.click(screen.getByRole('button', { name: 'Hide' }))
    expect(password().type).toBe('password')
  })

  it('takes nobody’s consent to a text they weren’t shown', async () => {
    const shown = await show({ ...createAccount, policies: [] })
    shown.push(createAccount)
    const tick = screen.getByRole<HTMLInputElement>('checkbox', { name: /I accept/ })
    expect(tick.checked).toBe(false)
    await shown.person.click(tick)
    expect(tick.checked).toBe(true)
    const newer = createAccount.policies.map((policy) => ({ ...policy, version: '2' }))
    shown.push({ ...createAccount, policies: newer })
    expect(tick.checked).toBe(false)
  })

  it('offers other ways to an account, and asks for what each needs', async () => {
    const { person, sent, push } = await show(createAccountWays)
    expect(screen.getByLabelText('Invite code')).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Use an e-mail address instead' }))
    expect(sent()).toEqual([{ type: 'chooseWay', index: 1 }])
    push({ ...createAccountWays, way: 1 })
    expect(screen.queryByLabelText('Invite code')).toBeNull()
    expect(screen.getByLabelText('E-mail address')).toBeTruthy()
  })

  it('asks for nothing but the name when all else is done', async () => {
    const { person, sent } = await show(createAccountNameOnly)
    expect(screen.queryByLabelText('E-mail address')).toBeNull()
    expect(screen.queryByLabelText('Password')).toBeNull()
    expect(screen.queryByRole('button', { name: /instead$/ })).toBeNull()
    expect(username().value).toBe('ada')
    await person.type(username(), '2{Enter}')
    expect(sent().at(-1)).toEqual({
      type: 'createAccount',
      username: 'ada2',
      password: null,
      token: null,
      email: null,
      acceptsTerms: true,
    })
  })
})
