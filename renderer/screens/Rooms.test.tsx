import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { show } from '../testing/show.tsx'
import { rooms, roomsAskToKeep, roomsFromOutside, roomsKnock } from '../testing/states.ts'

const box = (name: string | RegExp): HTMLInputElement => screen.getByRole('checkbox', { name })

describe('Rooms', () => {
  it('offers presets with how many rooms they mean, and a time from one minute on', async () => {
    const { person, sent } = await show(rooms)
    const presets = screen.getByRole('group', { name: 'How many rooms' })
    const words = within(presets)
      .getAllByRole('radio')
      .map((radio) => radio.closest('label')?.textContent)
    expect(words).toEqual([
      'Suggested7 rooms',
      'Everything70 rooms · 10 min',
      'Just the Lobby1 room',
      'My own choice9 rooms',
    ])
    await person.click(within(presets).getByRole('radio', { name: /Everything/ }))
    expect(sent()).toEqual([{ type: 'setPreset', preset: 'all' }])
  })

  it('ticks single rooms and whole sections', async () => {
    const { person, sent } = await show(rooms)
    expect(box('All rooms in Subjects').indeterminate).toBe(true)
    await person.click(box(/GalaxyProteomics/))
    await person.click(box('All rooms in Subjects'))
    const subjects = [
      '#galaxyproject_proteomics:matrix.org',
      '#galaxyproject_microgalaxy:matrix.org',
      '#spoc3:matrix.org',
    ]
    expect(sent()).toEqual([
      { type: 'toggleRooms', keys: ['#galaxyproject_proteomics:matrix.org'], isOn: true },
      { type: 'toggleRooms', keys: subjects, isOn: true },
    ])
  })

  it('shows private rooms, which can’t be ticked', async () => {
    const { person } = await show(rooms)
    await person.click(screen.getByRole('button', { name: 'Show all 63' }))
    expect(box(/A private room/).disabled).toBe(true)
  })

  it('finds rooms by name and topic, and says when there is none', async () => {
    const { person } = await show(rooms)
    const search = screen.getByRole('searchbox', { name: 'Find a room' })
    await person.type(search, 'spectrometry')
    expect(screen.getAllByRole('checkbox')).toHaveLength(1)
    await person.type(search, 'zz')
    expect(screen.getByText(/No room called/).textContent).toContain('spectrometryzz')
    await person.click(screen.getByRole('button', { name: 'Clear search' }))
    expect(screen.getAllByRole('checkbox').length).toBeGreaterThan(10)
  })

  it('says how many rooms are chosen, and starts', async () => {
    const { person, sent } = await show(rooms)
    expect(screen.getByRole('img', { name: '9 of 71 rooms chosen' })).toBeTruthy()
    await person.click(
      screen.getByRole('button', { name: 'Join 9 rooms', description: '9 rooms, a few seconds' }),
    )
    expect(sent()).toEqual([{ type: 'startJoining' }])
  })

  it('does not start without a room', async () => {
    const { person, sent } = await show({ ...rooms, chosen: [] })
    await person.click(screen.getByRole('button', { name: 'Join', description: 'Choose at least one room.' }))
    expect(sent()).toEqual([])
  })

  it('counts the rooms that only members see where they are included', async () => {
    await show(roomsFromOutside)
    expect(screen.getByText(/about 63 more rooms that show themselves/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Join 71 rooms' })).toBeTruthy()
  })

  it('asks whether to keep the sign-in where there is no keyring', async () => {
    const { person, sent } = await show(roomsAskToKeep)
    const dialog = screen.getByRole('dialog', { name: 'May Foyer remember you?' })
    await person.click(within(dialog).getByRole('button', { name: 'Keep it in a file' }))
    await person.click(within(dialog).getByRole('button', { name: 'Forget when closing' }))
    expect(sent()).toEqual([
      { type: 'keepSignIn', inFile: true },
      { type: 'keepSignIn', inFile: false },
    ])
  })

  it('starts quietly above ten rooms, unless the newcomer says otherwise', async () => {
    const { person, push, sent } = await show({ ...rooms, isQuiet: null })
    const quiet = (): HTMLElement => screen.getByRole('switch', { name: /^Quiet start/ })
    expect(quiet().getAttribute('aria-checked')).toBe('false')
    push({ ...rooms, isQuiet: null, chosen: rooms.community.rooms.slice(0, 11).map((room) => room.key) })
    expect(quiet().getAttribute('aria-checked')).toBe('true')
    await person.click(quiet())
    expect(sent()).toEqual([{ type: 'setQuiet', isOn: false }])
    push({ ...rooms, isQuiet: false })
    expect(quiet().getAttribute('aria-checked')).toBe('false')
  })

  it('takes a word to the moderators where a chosen room asks first', async () => {
    const { person, push, sent } = await show(roomsKnock)
    const field = screen.getByRole('textbox', { name: 'A word to the moderators' })
    const hint = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    expect(hint?.textContent).toBe('microGalaxy asks first. Whoever decides there reads this.')
    await person.type(field, 'I study yeast.')
    await person.tab()
    expect(sent()).toEqual([{ type: 'setKnockReason', text: 'I study yeast.' }])
    push({ ...roomsKnock, chosen: [] })
    expect(screen.queryByRole('textbox', { name: 'A word to the moderators' })).toBeNull()
  })
})
