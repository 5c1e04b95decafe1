import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { WelcomeState } from '../../core/onboarding/state.ts'
import { show } from '../testing/show.tsx'
import { welcome, welcomeManyDoors } from '../testing/states.ts'

describe('Welcome', () => {
  it('opens the community whose door was pressed', async () => {
    const { person, sent } = await show(welcome)
    await person.click(screen.getByRole('button', { name: /Look around Mathesar/ }))
    expect(sent()).toEqual([{ type: 'chooseCommunity', id: 'mathesar' }])
  })

  it('sends a link with Enter, and asks for one when the field is empty', async () => {
    const { person, sent } = await show(welcome)
    const field = screen.getByRole('textbox', { name: /Paste a link/ })
    await person.click(screen.getByRole('button', { name: 'Find it' }))
    expect(sent()).toEqual([])
    expect(document.activeElement).toBe(field)
    await person.keyboard('#lobby:example.org{Enter}')
    expect(sent()).toEqual([{ type: 'openLink', text: '#lobby:example.org' }])
  })

  it('asks for the link again, as installing Foyer may have lost it', async () => {
    await show(welcome)
    expect(screen.getByText('Came by a link? Click it again, or paste it.')).toBeTruthy()
  })

  const sentences = {
    badLink: /isn’t a Matrix link/,
    person: /belongs to a person/,
    unreachable: /isn’t answering/,
    missing: /nothing at this address/,
    private: /members only/,
    noCommunity: /doesn’t say where its community is/,
  } as const

  for (const [reason, sentence] of Object.entries(sentences)) {
    it(`says what is wrong with a link: ${reason}`, async () => {
      const { push } = await show(welcome)
      const failed = { kind: 'failed', reason: reason as keyof typeof sentences } as const
      push({ ...welcome, link: failed } satisfies WelcomeState)
      const field = screen.getByRole('textbox', { name: /Paste a link/, description: sentence })
      expect(field.getAttribute('aria-invalid')).toBe('true')
      expect(document.activeElement).toBe(field)
    })
  }

  it('opens a file that was chosen, and the same one once more', async () => {
    const { person, sent } = await show(welcome)
    expect(screen.getByRole('button', { name: 'Open a file' })).toBeTruthy()
    const chooser = document.querySelector('input[type=file]')
    if (!(chooser instanceof HTMLInputElement)) throw new Error('There is nothing to choose with')
    const file = new File(['{"join": "#a:b.example"}'], 'Club.foyer')
    await person.upload(chooser, file)
    await person.upload(chooser, file)
    const event = { type: 'openFile', text: '{"join": "#a:b.example"}' }
    await waitFor(() => expect(sent()).toEqual([event, event]))
  })

  it('opens a file that was dropped anywhere, and says so while it is held', async () => {
    const { sent } = await show(welcome)
    const file = new File(['#a:b.example'], 'Club.foyer')
    const dataTransfer = { types: ['Files'], files: [file] }
    fireEvent.dragOver(document.body, { dataTransfer })
    expect(
      screen.getByRole('textbox', { name: /Paste a link/, description: 'Let go to open it.' }),
    ).toBeTruthy()
    fireEvent.drop(document.body, { dataTransfer })
    expect(screen.queryByText('Let go to open it.')).toBeNull()
    await waitFor(() => expect(sent()).toEqual([{ type: 'openFile', text: '#a:b.example' }]))
  })

  it('sends nothing of a file that is no invitation for its size', async () => {
    const { sent } = await show(welcome)
    const file = new File(['x'.repeat(1_500_001)], 'film.mp4')
    fireEvent.drop(document.body, { dataTransfer: { types: ['Files'], files: [file] } })
    await waitFor(() => expect(sent()).toEqual([{ type: 'openFile', text: '' }]))
  })

  it('leaves text that is dragged into the field alone', async () => {
    const { sent } = await show(welcome)
    const dataTransfer = { types: ['text/plain'], files: [] }
    // Nobody has kept the browser from doing what it does.
    expect(fireEvent.dragOver(document.body, { dataTransfer })).toBe(true)
    expect(fireEvent.drop(document.body, { dataTransfer })).toBe(true)
    expect(sent()).toEqual([])
  })

  it('says that it is looking', async () => {
    const { person, push, sent } = await show(welcome)
    push({ ...welcome, link: { kind: 'looking' } })
    const button = screen.getByRole('button', { name: 'Looking …' })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await person.type(screen.getByRole('textbox', { name: /Paste a link/ }), 'x{Enter}')
    expect(sent()).toEqual([])
  })

  it('asks what the newcomer knows', async () => {
    const { person, sent } = await show(welcome)
    await person.click(screen.getByRole('radio', { name: 'I know Slack or Discord' }))
    expect(sent()).toEqual([{ type: 'setExperience', experience: 'slack' }])
  })

  it('offers a search once there are more than four communities', async () => {
    const { person } = await show(welcomeManyDoors)
    await person.type(screen.getByRole('searchbox', { name: 'Find a community' }), 'postgres')
    expect(screen.getAllByRole('button', { name: /Look around/ })).toHaveLength(1)
    await person.type(screen.getByRole('searchbox'), 'zzz')
    expect(screen.getByText(/No community called/)).toBeTruthy()
  })
})
