import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { accessibilityProblems, show } from '../testing/show.tsx'
import {
  homeserver,
  homeserverAnother,
  homeserverAsking,
  homeserverClosed,
  homeserverCounting,
  homeserverElsewhere,
  homeserverInstitution,
} from '../testing/states.ts'

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
      { type: 'continueWithHomeserver', name: 'matrix.org' },
    ])
  })

  it('takes a click on the one suggested first for a choice', async () => {
    const { person, sent } = await show(homeserver)
    await person.click(screen.getByRole('radio', { name: /^matrix\.org/ }))
    expect(sent()).toEqual([{ type: 'chooseHomeserver', name: 'matrix.org' }])
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

  it('shows others, and the first ones again', async () => {
    const { person, sent, push } = await show(homeserver)
    await person.click(screen.getByRole('button', { name: /^Show other homeservers/ }))
    push({ ...homeserver, cards: [], chosen: null, round: { passedOver: ['one.example'], others: 'none' } })
    expect(document.activeElement).toBe(screen.getByRole('radiogroup', { name: 'Suggested homeservers' }))
    push({ ...homeserver, round: { passedOver: ['one.example'], others: 'first' } })
    await person.click(screen.getByRole('button', { name: 'Show the first ones again' }))
    expect(sent()).toEqual([{ type: 'showOthers' }, { type: 'showOthers' }])
    push({ ...homeserver, round: { passedOver: [], others: 'none' } })
    expect(screen.queryByRole('button', { name: /^Show (other|the first)/ })).toBeNull()
  })

  it('has a place at its foot for those who have an account', async () => {
    const { person, sent } = await show(homeserver)
    await person.click(screen.getByRole('button', { name: 'I have an account' }))
    expect(sent()).toEqual([{ type: 'goToSignIn' }])
  })

  it('moves focus to the homeserver that was found', async () => {
    const { person, push } = await show({ ...homeserver, another: { kind: 'open' } })
    await person.keyboard('tchncs.de{Enter}')
    push({ ...homeserver, another: { kind: 'looking', serverName: 'tchncs.de' } })
    push({ ...homeserver, chosen: 'tchncs.de', another: { kind: 'closed' } })
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: /^tchncs\.de/ }))
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

  it('keeps what was typed when nothing is found there, and takes what was meant at one click', async () => {
    const { person, sent } = await show(homeserverAnother)
    const field = screen.getByRole('textbox', { description: /can’t find a homeserver at matrx\.org/ })
    expect((field as HTMLInputElement).value).toBe('matrx.org')
    await person.click(screen.getByRole('button', { name: 'Did you mean matrix.org?' }))
    expect((field as HTMLInputElement).value).toBe('matrix.org')
    expect(sent()).toEqual([{ type: 'findAnother', text: 'matrix.org' }])
  })

  const failures = [
    ['notAServer', /doesn’t look like a homeserver’s name/],
    ['noServer', /can’t find a homeserver at uni\.example/],
    ['brokenFile', /signpost to its homeserver, but it can’t be read/],
    ['wrongAddress', /points to a homeserver that isn’t there/],
    ['insecure', /over an open line/],
    ['tooOld', /too old for Foyer/],
    ['mailOnly', /no homeserver for people at uni\.example/],
  ] as const

  for (const [reason, description] of failures) {
    it(`explains ${reason} in the field’s own sentence`, async () => {
      const failed = { kind: 'failed', serverName: 'uni.example', reason, suggestion: null } as const
      await show({ ...homeserver, another: failed })
      expect(screen.getByRole('textbox', { description })).toBeTruthy()
      expect(screen.queryByRole('button', { name: /Did you mean/ })).toBeNull()
    })
  }
})

describe('what a row says of its homeserver', () => {
  const row = (name: RegExp): string =>
    screen.getByRole('radio', { name }).closest('label')?.textContent ?? ''

  it('is who runs it and from where, and who may come', async () => {
    await show(homeserver)
    expect(row(/^matrix\.org/)).toContain('The largest public server')
    expect(row(/^matrix\.org/)).toContain('Adults only (18+)')
    expect(row(/^tchncs\.de/)).toContain('Run by tchncs, Germany.')
    expect(row(/^tchncs\.de/)).toContain('16+, says a public list')
  })

  it('is what it runs, and whether anybody looks after that', async () => {
    await show(homeserver)
    expect(row(/^auxolotl\.org/)).toContain('Synapse 1.98.0, long out of date')
    expect(row(/^matrix\.org/)).toContain('Synapse 1.163.2, up to date')
    expect(row(/^tchncs\.de/)).not.toContain('Synapse')
  })

  it('is everything that an account there takes', async () => {
    await show(homeserver)
    for (const ask of [
      'Sign up right here',
      'Show you’re human',
      'Needs an e-mail address',
      'Terms to accept',
    ])
      expect(row(/^tchncs\.de/)).toContain(ask)
    expect(row(/^auxolotl\.org/)).not.toContain('Terms to accept')
  })

  it('is that it has said nothing, where it hasn’t', async () => {
    const cards = homeserver.cards.map((card) => ({ ...card, signUp: 'unknown' as const, asks: [] }))
    await show({ ...homeserver, cards })
    expect(row(/^matrix\.org/)).toContain('Hasn’t said how sign-up works')
  })

  it('links to its rules, which chooses nothing', async () => {
    const { person, calls, sent } = await show(homeserver)
    await person.click(screen.getByRole('link', { name: 'Rules of tchncs.de, opens in your browser' }))
    expect(calls.at(-1)).toEqual({ name: 'openExternal', argument: 'https://tchncs.de/matrix/tos' })
    expect(sent()).toEqual([])
    await person.click(screen.getByRole('link', { name: 'Rules of matrix.org, opens in your browser' }))
    expect(calls.at(-1)).toEqual({
      name: 'openExternal',
      argument: 'https://matrix.org/legal/terms-and-conditions/',
    })
  })

  it('grows as rooms are found, and tells the time at the end', async () => {
    await show(homeserverCounting)
    expect(row(/^matrix\.org/)).toContain('14 here so far, 16 of 33 asked')
    expect(row(/^matrix\.org/)).not.toContain('to join all rooms')
    expect(row(/^matrix\.org/)).not.toContain('Best fit')
  })

  it('says how many rooms were asked about where that is not all of them', async () => {
    const community = { ...homeserver.community, roomCount: 71 }
    await show({ ...homeserver, community })
    expect(row(/^matrix\.org/)).toContain('31 of 33 rooms asked about are already here')
  })

  it('leads to signing in where an account elsewhere is needed', async () => {
    const { person, sent } = await show(homeserverElsewhere)
    expect(row(/^mozilla\.org/)).toContain('With an account you have elsewhere')
    const go = screen.getByRole('button', {
      name: 'Continue with mozilla.org',
      description: /makes no accounts of its own/,
    })
    await person.click(go)
    await person.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(sent()).toEqual([{ type: 'goToSignIn' }])
  })
})

describe('looking for an institution', () => {
  const dresden = {
    name: 'Technische Universität Dresden',
    city: 'Dresden',
    country: 'DE',
    server: 'tu-dresden.de',
  }
  const berlin = {
    ...dresden,
    name: 'Technische Universität Berlin',
    city: 'Berlin',
    server: 'matrix.tu-berlin.de',
  }

  async function search(institutions: readonly (typeof dresden)[]) {
    const shown = await show(homeserver, {}, undefined, institutions)
    await shown.person.click(screen.getByRole('button', { name: /My university’s/ }))
    shown.push(homeserverInstitution)
    return { ...shown, field: screen.getByRole('combobox', { name: 'Your university or institution' }) }
  }

  it('takes focus, shows what is found with its place, and is walked with the arrow keys', async () => {
    const { person, field, sent } = await search([dresden, berlin])
    expect(document.activeElement).toBe(field)
    await person.keyboard('tech')
    const [first, second] = await screen.findAllByRole('option')
    expect(first?.textContent).toContain('Dresden, Germany')
    expect(first?.getAttribute('aria-selected')).toBe('true')
    expect(field.getAttribute('aria-expanded')).toBe('true')
    expect(await accessibilityProblems()).toEqual([])
    await person.keyboard('{ArrowDown}')
    expect(field.getAttribute('aria-activedescendant')).toBe(second?.id)
    await person.keyboard('{Enter}')
    expect(sent()).toContainEqual({
      type: 'chooseInstitution',
      name: 'Technische Universität Berlin',
      server: 'matrix.tu-berlin.de',
    })
  })

  it('takes the first at Enter, and any at a click', async () => {
    const { person, sent } = await search([dresden, berlin])
    await person.keyboard('tech')
    await screen.findAllByRole('option')
    await person.keyboard('{Enter}')
    expect(sent()).toContainEqual(expect.objectContaining({ server: 'tu-dresden.de' }))
  })

  it('asks about the text as it is typed', async () => {
    const { person, calls } = await search([dresden])
    await person.keyboard('dre')
    const asked = calls.filter((call) => call.name === 'findInstitutions').map((call) => call.argument)
    expect(asked.slice(-3)).toEqual(['d', 'dr', 'dre'])
  })

  it('says when nothing is known, and tries a web address all the same', async () => {
    const { person, sent } = await search([])
    await person.keyboard('atlantis')
    expect(await screen.findByText(/We know no/)).toBeTruthy()
    await person.keyboard('{Enter}')
    expect(sent()).toEqual([{ type: 'showAnother', isOpen: true }])
    await person.keyboard('.example')
    expect((await screen.findByText(/We know no/)).textContent).toContain('atlantis.example')
    await person.keyboard('{Enter}')
    expect(sent().at(-1)).toEqual({ type: 'findAnother', text: 'atlantis.example' })
  })

  it('closes its list at Esc, and stays', async () => {
    const { person, sent } = await search([dresden])
    await person.keyboard('dre')
    await screen.findAllByRole('option')
    await person.keyboard('{Escape}')
    expect(screen.queryAllByRole('option')).toEqual([])
    expect(sent()).not.toContainEqual({ type: 'back' })
  })

  it('says why its homeserver can’t be reached', async () => {
    const { push } = await search([dresden])
    push({
      ...homeserver,
      another: { kind: 'failed', serverName: 'tu-dresden.de', reason: 'wrongAddress', suggestion: null },
    })
    expect(
      screen.getByRole('combobox', { description: /points to a homeserver that isn’t there/ }),
    ).toBeTruthy()
  })
})
