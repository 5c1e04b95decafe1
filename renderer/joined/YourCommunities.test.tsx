import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { WelcomeState } from '../../core/onboarding/state.ts'
import { show } from '../testing/show.tsx'
import {
  roomsNews,
  signInForNews,
  signInToLeave,
  welcome,
  welcomeBack,
  welcomeNothingNew,
  welcomeOnlyClosed,
  welcomeRemove,
} from '../testing/states.ts'

const [galaxy] = welcomeBack.joined
const id = galaxy?.id ?? ''

describe('your communities', () => {
  it('are there only for those who have some, and have no door among the others then', async () => {
    const { push } = await show(welcome)
    expect(screen.queryByText('Your communities')).toBeNull()
    push(welcomeBack)
    expect(screen.getByRole('region', { name: 'Your communities' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Look around Galaxy/ })).toBeNull()
    expect(screen.getByRole('button', { name: /^Look around Mathesar/ })).toBeTruthy()
  })

  it('say in one line what is new, and which rooms those are on request', async () => {
    const { person } = await show(welcomeBack)
    expect(screen.getByText('4 new rooms, 2 moved, 1 closed')).toBeTruthy()
    expect(screen.getByText('Nothing new since February 12')).toBeTruthy()
    await person.click(screen.getByText('Which ones?'))
    expect(screen.getByText('Single cell').closest('li')?.textContent).toBe('Single cell is new')
    expect(screen.getByText('IUC 2019').closest('li')?.textContent).toBe(
      'IUC 2019 has closed: its address is gone',
    )
  })

  it('lead to what is new, and take a word that it was seen', async () => {
    const { person, sent } = await show(welcomeBack)
    await person.click(screen.getByRole('button', { name: 'Join the new ones in Galaxy' }))
    await person.click(screen.getByRole('button', { name: /^Got it/ }))
    await person.click(screen.getByRole('button', { name: 'Remove Galaxy …' }))
    await person.click(screen.getByRole('switch', { name: /^Tell me what’s new/ }))
    expect(sent()).toEqual([
      { type: 'joinNews', id },
      { type: 'seenNews', id },
      { type: 'askToRemove', id },
      { type: 'setWatching', isOn: false },
    ])
  })

  it('offer nothing to join where rooms have only closed', async () => {
    await show(welcomeOnlyClosed)
    expect(screen.getByText('1 closed')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Join the new/ })).toBeNull()
  })

  it('say that members may see more', async () => {
    await show(welcomeNothingNew)
    expect(screen.getByText('Rooms for members show once you sign in.')).toBeTruthy()
    expect(screen.getByText('Sign in and look')).toBeTruthy()
  })
})

describe('removing one', () => {
  it('asks whether its rooms go with it, staying first', async () => {
    const { person, sent } = await show(welcomeRemove)
    const dialog = within(screen.getByRole('dialog', { name: 'Remove Galaxy?' }))
    expect(dialog.getAllByRole('button')[0]?.textContent).toBe('Just forget it')
    expect(screen.getByRole('dialog').textContent).toMatch(/sign in as @ada:matrix.org first/)
    await person.click(dialog.getByRole('button', { name: 'Leave 11 rooms, too' }))
    await person.click(dialog.getByRole('button', { name: 'Just forget it' }))
    await person.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(sent()).toEqual([
      { type: 'leaveCommunity', id },
      { type: 'forgetCommunity', id },
      { type: 'dismiss' },
    ])
  })

  it('offers no leaving where nothing would be left', async () => {
    const joined = welcomeRemove.joined.map((card) => ({ ...card, leavable: 0 }))
    await show({ ...welcomeRemove, joined } satisfies WelcomeState)
    expect(screen.queryByRole('button', { name: /^Leave/ })).toBeNull()
  })
})

describe('coming back', () => {
  it('says why to sign in, with the name filled in and no way to another account', async () => {
    await show(signInForNews)
    expect(screen.getByText(/^Foyer has signed itself out after your last visit/)).toBeTruthy()
    expect(screen.getByRole('textbox', { name: 'Matrix ID' })).toHaveProperty('value', '@ada:matrix.org')
    expect(screen.queryByRole('button', { name: 'Create an account' })).toBeNull()
  })

  it('says so where it was another account', async () => {
    await show(signInToLeave)
    expect(screen.getByText(/^That is another account/)).toBeTruthy()
  })

  it('shows what is new, with one’s own rooms out of reach', async () => {
    await show(roomsNews)
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('What’s new in Galaxy')
    expect(screen.getByText(/^2 rooms are new since you were here/)).toBeTruthy()
    const mine = screen.getAllByText('You’re in')[0]?.closest('label')
    expect(within(mine ?? document.body).getByRole('checkbox')).toHaveProperty('disabled', true)
  })
})
