import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { show } from '../testing/show.tsx'
import { profile, profileNamed } from '../testing/states.ts'

const name = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Your name' })
const save = (): HTMLElement => screen.getByRole('button', { name: 'Save and go on' })

describe('Profile', () => {
  it('saves a name', async () => {
    const { person, sent } = await show(profile)
    await person.type(name(), ' Ada Lovelace ')
    await person.click(save())
    expect(sent()).toEqual([{ type: 'saveProfile', name: 'Ada Lovelace', picture: null }])
  })

  it('can be skipped, and goes on where nothing was typed', async () => {
    const { person, sent } = await show(profile)
    await person.click(screen.getByRole('button', { name: 'Skip' }))
    await person.click(save())
    expect(sent()).toEqual([{ type: 'skipProfile' }, { type: 'skipProfile' }])
  })

  it('begins with the name that is known, and saves it only when it was changed', async () => {
    const { person, sent } = await show(profileNamed)
    expect(name().value).toBe('Grace Hopper')
    await person.click(save())
    await person.type(name(), ', Ph.D.')
    await person.click(save())
    expect(sent()).toEqual([
      { type: 'skipProfile' },
      { type: 'saveProfile', name: 'Grace Hopper, Ph.D.', picture: null },
    ])
  })
})
