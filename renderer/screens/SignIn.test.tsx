import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { show } from '../testing/show.tsx'
import {
  signIn,
  signInInstitution,
  signInMistyped,
  signInWrong,
  signInProviders,
  signInProvidersOnly,
} from '../testing/states.ts'

const id = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Matrix ID' })
const password = (): HTMLInputElement => screen.getByLabelText('Password')

describe('SignIn', () => {
  it('looks the homeserver up once the ID is complete', async () => {
    const { person, sent, push } = await show(signIn)
    await person.type(id(), '@ada:example.org')
    await waitFor(() => expect(sent()).toEqual([{ type: 'lookUpId', text: '@ada:example.org' }]))
    push({ ...signIn, lookup: 'looking' })
    expect(screen.getByText('Looking for your homeserver …')).toBeTruthy()
    push({ ...signIn, lookup: 'noServer' })
    expect(screen.getByText(/can’t find a homeserver at/).textContent).toContain('example.org')
  })

  it('says whether a password is taken', async () => {
    const { push } = await show({ ...signInWrong, problem: null })
    expect(screen.getByText(/It takes a password/).textContent).toBe(
      'Found example.org. It takes a password.',
    )
    push({ ...signInWrong, problem: null, acceptsPassword: false })
    expect(screen.getByText(/signs people in on a page of its own/)).toBeTruthy()
  })

  it('accepts a bare name where the homeserver is known', async () => {
    const { person, sent } = await show({ ...signIn, homeserver: signInWrong.homeserver })
    expect(screen.getByRole('textbox', { description: /Just the name is enough/ })).toBe(id())
    await person.type(id(), 'ada')
    await person.type(password(), 'secret')
    await person.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(sent()).toEqual([{ type: 'signIn', id: 'ada', password: 'secret' }])
  })

  it('begins with the ID that is known', async () => {
    await show(signInWrong)
    expect(id().value).toBe('@ada:example.org')
  })

  it('brings a wrong password to its field, with a way to reset it', async () => {
    const { push, person, calls } = await show({ ...signInWrong, problem: null, isBusy: true })
    push(signInWrong)
    expect(document.activeElement).toBe(password())
    expect(screen.getByText(/says this password isn’t right/)).toBeTruthy()
    await person.click(screen.getByRole('link', { name: /Reset it in Element/ }))
    expect(calls.at(-1)?.name).toBe('openExternal')
  })

  it('mentions Caps Lock', async () => {
    await show(signIn)
    const event = new KeyboardEvent('keyup', { key: 'A', bubbles: true, modifierCapsLock: true })
    fireEvent(password(), event)
    expect(screen.getByText('Caps Lock is on.')).toBeTruthy()
  })

  it('asks for what is missing', async () => {
    const { person, sent } = await show(signIn)
    await person.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(document.activeElement).toBe(id())
    await person.type(id(), '@ada')
    await person.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(document.activeElement).toBe(id())
    await person.type(id(), ':example.org')
    await person.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(document.activeElement).toBe(password())
    expect(sent()).not.toContainEqual(expect.objectContaining({ type: 'signIn' }))
  })

  it('looks the homeserver up before signing in, however quick somebody is', async () => {
    const { person, sent } = await show({ ...signIn, homeserver: signInWrong.homeserver })
    await person.click(id())
    await person.paste('@ada:elsewhere.example')
    await person.click(password())
    await person.paste('secret')
    await person.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(sent()).toEqual([
      { type: 'lookUpId', text: '@ada:elsewhere.example' },
      { type: 'signIn', id: '@ada:elsewhere.example', password: 'secret' },
    ])
  })

  it('says of an unknown homeserver only that it cannot be found', async () => {
    const { person, push } = await show(signIn)
    await person.type(id(), '@ada:nowhere.example')
    push({ ...signIn, lookup: 'noServer', problem: { kind: 'unreachable' } })
    expect(screen.getByText(/can’t find a homeserver at/).textContent).toContain('nowhere.example')
    expect(screen.queryByText(/isn’t answering/)).toBeNull()
  })

  it('understands an e-mail address, and waits for where it leads', async () => {
    const { person, sent, push } = await show(signIn)
    await person.type(id(), 'ada@tu-dresden.de')
    await person.type(password(), 'secret')
    await person.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(sent()).toEqual([{ type: 'lookUpId', text: 'ada@tu-dresden.de' }])
    push(signInInstitution)
    expect(screen.getByText(/If you’re one of them/).textContent).toBe(
      'Technische Universität Dresden runs tu-dresden.de for its own people. If you’re one of them, sign in with your ZIH login.',
    )
    expect(screen.getByText(/It takes a password/)).toBeTruthy()
  })

  it('offers the server that was probably meant, and keeps the name', async () => {
    const { person } = await show(signInMistyped)
    expect(screen.getByRole('textbox', { description: /can’t find a homeserver at matrx\.org/ })).toBe(id())
    await person.click(screen.getByRole('button', { name: 'Did you mean matrix.org?' }))
    expect(id().value).toBe('@ada:matrix.org')
  })

  it('says that an account is there already', async () => {
    const own = { server: 'example.org', userId: '@ada:example.org', institution: null } as const
    await show({ ...signInWrong, problem: null, own })
    expect(screen.getByText(/no new one is needed/)).toBeTruthy()
  })

  it('leads to a new account instead', async () => {
    const { person, sent } = await show(signIn)
    await person.click(screen.getByRole('button', { name: 'Create an account instead' }))
    expect(sent()).toEqual([{ type: 'goToCreate' }])
  })

  it('offers who else vouches for people, beside a password or instead of it', async () => {
    const { person, sent, push } = await show(signInProviders)
    expect(screen.getByLabelText('Password')).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Sign in with TU Dresden' }))
    expect(sent().at(-1)).toEqual({ type: 'signInWith', provider: 'oidc-university' })
    push(signInProvidersOnly)
    expect(screen.queryByLabelText('Password')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Sign in' })).toBeNull()
    const key = screen.getByRole('button', { name: 'Sign in with Max-Planck-Gesellschaft' })
    expect(key.querySelector('svg.icon')).toBeTruthy()
    push({ ...signInProvidersOnly, providers: [] })
    await person.click(screen.getByRole('button', { name: 'Sign in on the page of tu-dresden.de' }))
    expect(sent().at(-1)).toEqual({ type: 'signInWith', provider: null })
  })
})
