import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import en from './i18n/en.json'
import { states, preview, homeserver, welcome } from './testing/states.ts'
import { accessibilityProblems, show } from './testing/show.tsx'

describe('every state', () => {
  for (const [name, state] of Object.entries(states)) {
    it(`${name} has one heading, in focus or behind a dialog, and nothing that axe objects to`, async () => {
      await show(state)
      const headings = screen.getAllByRole('heading', { level: 1 })
      expect(headings).toHaveLength(1)
      expect(document.title).toBe(`${headings[0]?.textContent} · Foyer`)
      expect(await accessibilityProblems()).toEqual([])
    })
  }

  it('says practice on every screen of the practice world', async () => {
    for (const state of [welcome, preview]) {
      const { view } = await show(state, { isPractice: true })
      expect(screen.getByText('Practice: nothing leaves this computer')).toBeTruthy()
      view.unmount()
    }
  })

  it('shows no word that the i18n file lacks', async () => {
    for (const state of Object.values(states)) {
      const { view } = await show(state)
      const text = document.body.textContent ?? ''
      expect(Object.keys(en).filter((key) => text.includes(key))).toEqual([])
      expect(text).not.toMatch(/\{\w+\}|undefined|NaN/)
      view.unmount()
    }
  })
})

describe('from step to step', () => {
  it('moves focus to the heading of a new step, and leaves it alone within one', async () => {
    const { push, person } = await show(preview)
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }))
    await person.tab()
    const focused = document.activeElement
    push({ ...preview, askedAt: 1 })
    expect(document.activeElement).toBe(focused)
    push(homeserver)
    expect(document.activeElement?.textContent).toBe('Where should your account live?')
  })

  it('keeps the wall and paints it in the colour of the community', async () => {
    const { push } = await show(preview)
    const wall = screen.getByRole('complementary')
    expect(document.documentElement.style.getPropertyValue('--community')).toBe('#25537b')
    push(homeserver)
    expect(screen.getByRole('complementary')).toBe(wall)
    push(welcome)
    expect(document.documentElement.style.getPropertyValue('--community')).toBe('')
  })

  it('goes back with Esc where there is a Back', async () => {
    const { person, sent } = await show(preview)
    await person.keyboard('{Escape}')
    expect(sent()).toEqual([{ type: 'back' }])
  })

  it('says where the newcomer is', async () => {
    await show(homeserver)
    expect(screen.getByText('Pick a homeserver').closest('[aria-current="step"]')).toBeTruthy()
    expect(screen.getByRole('img', { name: 'Lit doors: rooms matrix.org already has.' })).toBeTruthy()
  })
})
