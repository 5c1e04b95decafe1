import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { show } from '../testing/show.tsx'
import {
  rooms,
  roomsAgreed,
  roomsAskToKeep,
  roomsDescribed,
  roomsFromOutside,
  roomsHostile,
  roomsKnock,
} from '../testing/states.ts'

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

  it('offers the community’s own presets beside Foyer’s, the first one chosen', async () => {
    const { person, sent } = await show(roomsDescribed)
    const presets = within(screen.getByRole('group', { name: 'How many rooms' })).getAllByRole('radio')
    expect(presets.map((radio) => radio.closest('label')?.textContent)).toEqual([
      'Suggested for you2 rooms',
      'Essential3 rooms',
      'For helpers3 rooms',
      'Everything5 rooms',
      'Just the Lobby1 room',
      'My own choice3 rooms',
    ])
    expect(presets.map((radio) => (radio as HTMLInputElement).checked).indexOf(true)).toBe(1)
    await person.click(screen.getByRole('radio', { name: /^For helpers/ }))
    expect(sent()).toEqual([{ type: 'setPreset', preset: 'helpers' }])
  })

  it('starts only once the rules are agreed to, which open in the browser', async () => {
    const { person, push, sent, calls } = await show(roomsDescribed)
    const why = { name: 'Join 3 rooms', description: 'Please agree to the rules first.' }
    await person.click(screen.getByRole('button', why))
    expect(sent()).toEqual([])
    await person.click(screen.getByRole('link', { name: 'Garden manners' }))
    expect(calls.filter(({ name }) => name === 'openExternal').map(({ argument }) => argument)).toEqual([
      'https://garden.example.org/conduct',
    ])
    expect(sent()).toEqual([])
    await person.click(box('I have read and agree to the rules: Garden manners'))
    expect(sent()).toEqual([{ type: 'agreeToRules', isOn: true }])
    push(roomsAgreed)
    expect(box(/^I have read/).checked).toBe(true)
    await person.click(screen.getByRole('button', { name: 'Join 3 rooms' }))
    expect(sent().at(-1)).toEqual({ type: 'startJoining' })
  })

  it('says what is good to know about a room', async () => {
    await show(roomsDescribed)
    const row = (name: RegExp): string => box(name).closest('label')?.textContent ?? ''
    expect(row(/^Roses/)).toContain('bridged to IRC')
    expect(row(/^Gemüse/)).toContain('in German')
    expect(row(/^Lobby/)).not.toContain('#allotment-lobby')
  })

  it('tells rooms that look alike apart by their addresses, and shows markup as text', async () => {
    await show(roomsHostile)
    const rows = screen.getAllByRole('checkbox').map((each) => each.closest('label')?.textContent ?? '')
    expect(rows.filter((text) => text.includes('#lobby:'))).toHaveLength(2)
    expect(rows.find((text) => text.includes('<img src=x'))).not.toContain('#markup:')
    expect(document.querySelector('img, h1 h1, .scroll i')).toBeNull()
    expect(document.body.textContent).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
  })
})
