import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { show } from '../testing/show.tsx'
import { homeserver, homeserverAnother, homeserverAsking, homeserverClosed } from '../testing/states.ts'

describe('Homeserver', () => {
  it('says of each homeserver how well it fits and how accounts are made there', async () => {
    await show(homeserver)
    const group = screen.getByRole('radiogroup', { name: 'Suggested homeservers' })
    const [first, second, third] = within(group).getAllByRole('radio')
    const rowOf = (radio: HTMLElement | undefined): string => radio?.closest('label')?.textContent ?? ''
    expect(rowOf(first)).toContain('Best fit for Auxolotl')
    expect(rowOf(first)).toContain('31 of 33 rooms are already here')
    expect(rowOf(first)).toContain('Sign up in your browser')
    expect(rowOf(second)).toContain('Needs an invite code')
    expect(rowOf(third)).toContain('None of the 33 rooms so far')
    expect(rowOf(third)).toContain('about 38 min')
  })

  it('lights the doors of the row under the pointer', async () => {
    const { person } = await show(homeserver)
    const lit = (): number => document.querySelectorAll('.hall .door[data-state="chosen"]').length
    expect(lit()).toBe(31)
    await person.hover(screen.getByRole('radio', { name: /auxolotl\.org/ }))
    expect(lit()).toBe(33)
    await person.unhover(screen.getByRole('radio', { name: /auxolotl\.org/ }))
    expect(lit()).toBe(31)
  })

  it('chooses and goes on', async () => {
    const { person, sent } = await show(homeserver)
    await person.click(screen.getByRole('radio', { name: /tchncs\.de/ }))
    await person.click(screen.getByRole('button', { name: 'Continue with matrix.org' }))
    expect(sent()).toEqual([
      { type: 'chooseHomeserver', name: 'tchncs.de' },
      { type: 'continueWithHomeserver' },
    ])
  })

  const obstacles = [
    ['asking', homeserverAsking, 'matrix.org', /Asking matrix.org how sign-up works/],
    ['unreachable', { ...homeserverAsking, chosen: 'auxolotl.org' }, 'auxolotl.org', /isn’t answering/],
    ['closed', homeserverClosed, 'tchncs.de', /takes no new accounts/],
  ] as const

  for (const [name, state, server, reason] of obstacles) {
    it(`stays with a reason while the chosen one is ${name}`, async () => {
      const { person, sent } = await show(state)
      const button = screen.getByRole('button', { name: `Continue with ${server}`, description: reason })
      await person.click(button)
      expect(sent()).toEqual([])
    })
  }

  it('offers to sign in where no new accounts are made', async () => {
    const { person, sent } = await show(homeserverClosed)
    await person.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(sent()).toEqual([{ type: 'goToSignIn' }])
  })

  it('opens a field for any other homeserver', async () => {
    const { person, sent, push } = await show(homeserver)
    await person.click(screen.getByRole('button', { name: /Another homeserver/ }))
    push({ ...homeserver, another: { kind: 'open' } })
    const field = screen.getByRole('textbox', { name: 'Another homeserver' })
    expect(document.activeElement).toBe(field)
    await person.keyboard('example.org{Enter}')
    expect(sent()).toEqual([
      { type: 'showAnother', isOpen: true },
      { type: 'findAnother', text: 'example.org' },
    ])
  })

  it('has a field of its own for universities', async () => {
    const { person, push } = await show(homeserver)
    await person.click(screen.getByRole('button', { name: /My university’s/ }))
    push({ ...homeserver, another: { kind: 'open' } })
    expect(screen.getByRole('textbox', { name: 'Your university’s homeserver' })).toBeTruthy()
  })

  it('keeps what was typed when nothing is found there', async () => {
    await show(homeserverAnother)
    const field = screen.getByRole('textbox', { description: /can’t find a homeserver at matrx\.org/ })
    expect((field as HTMLInputElement).value).toBe('matrx.org')
  })
})
