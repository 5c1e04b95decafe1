import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { show } from '../testing/show.tsx'
import type { QuietProgress } from '../../core/onboarding/state.ts'
import { done, doneAll, doneAwaiting, doneDescribed, doneLeave, doneMayRetry } from '../testing/states.ts'

describe('Arrival', () => {
  it('welcomes by name and says how far it came', async () => {
    const { push } = await show(done)
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('You’re in, ada')
    expect(screen.getByText('31 of 33 rooms are yours. 2 more need someone inside to open.')).toBeTruthy()
    push(doneAll)
    expect(screen.getByText('All 33 rooms are yours.')).toBeTruthy()
    expect(screen.queryByText('Not joined yet')).toBeNull()
  })

  it('copies the Matrix ID and says so', async () => {
    const { person, calls } = await show(done)
    await person.click(screen.getByRole('button', { name: 'Copy' }))
    expect(calls.at(-1)).toEqual({ name: 'copyText', argument: '@ada:matrix.org' })
    expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy()
  })

  it('leads into a chat app, and to the phone', async () => {
    const { person, calls } = await show(done)
    await person.click(screen.getByRole('link', { name: /Cinny Quick and tidy|CinnyQuick and tidy/ }))
    expect(calls.at(-1)?.argument).toMatch(/^https:\/\/app\.cinny\.in\/home\/%23general/)
    await person.click(screen.getByRole('button', { name: 'Open in Element' }))
    expect(calls.at(-1)?.argument).toBe('https://app.element.io/#/room/#general:auxolotl.org')
    expect(screen.getByRole('img', { name: 'QR code: opens Auxolotl on your phone' })).toBeTruthy()
  })

  it('saves the report where the newcomer wants it, and says where', async () => {
    const { person, calls } = await show(done)
    await person.click(screen.getByRole('button', { name: 'Save a report' }))
    expect(calls.at(-1)).toEqual({ name: 'saveReport', argument: 'text' })
    expect(await screen.findByText(/Report saved to/)).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Save the report as data, for programs' }))
    expect(calls.at(-1)).toEqual({ name: 'saveReport', argument: 'json' })
  })

  it('keeps the session while rooms may still open, and lets the newcomer decide', async () => {
    const { person, sent } = await show(doneMayRetry)
    await person.click(screen.getByRole('button', { name: 'Try 2 rooms again' }))
    await person.click(screen.getByRole('button', { name: 'Sign out now' }))
    const keys = ['#com-code-of-conduct-governance:auxolotl.org', '#com-marketing-governance:auxolotl.org']
    expect(sent()).toEqual([{ type: 'retryRooms', keys }, { type: 'stopAndSignOut' }])
  })

  it('is made loud, or undone, by one click each, as long as Foyer is signed in', async () => {
    const { person, push, sent } = await show(doneMayRetry)
    expect(screen.getByText('Only mentions ring')).toBeTruthy()
    const quiet = screen.getByRole('switch', { name: /^Quiet start/ })
    expect(quiet.getAttribute('aria-checked')).toBe('true')
    await person.click(quiet)
    await person.click(screen.getByRole('button', { name: 'Leave everything again' }))
    push(doneLeave)
    const dialog = screen.getByRole('dialog', { name: 'Leave everything again?' })
    expect(document.activeElement?.textContent).toBe('Stay')
    await person.click(within(dialog).getByRole('button', { name: 'Leave them all' }))
    expect(sent()).toEqual([{ type: 'setQuiet', isOn: false }, { type: 'askToLeave' }, { type: 'leaveAll' }])
    push(done)
    expect(screen.queryByRole('switch')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Leave everything again' })).toBeNull()
  })

  it('says how far the quiet start is', async () => {
    const { push } = await show(doneMayRetry)
    const say = (quiet: Partial<QuietProgress>): void =>
      push({
        ...doneMayRetry,
        progress: {
          ...doneMayRetry.progress,
          quiet: { isOn: true, isBusy: false, hasFailed: false, ...quiet },
        },
      })
    say({ isBusy: true })
    expect(screen.getByRole('switch', { name: /Being set on matrix\.org/ })).toBeTruthy()
    say({ isOn: false, isBusy: true })
    expect(screen.getByRole('switch', { name: /Being taken back on matrix\.org/ })).toBeTruthy()
    say({ isOn: false })
    expect(screen.getByRole('switch', { name: /Every message makes a sound/ })).toBeTruthy()
    expect(screen.getByText('Decide what may ring')).toBeTruthy()
    say({ hasFailed: true })
    expect(screen.getByRole('switch', { name: /didn’t take all of it/ })).toBeTruthy()
  })

  it('says that a room which was asked for is waited for, also after closing', async () => {
    await show(doneAwaiting)
    expect(screen.getByText(/also after you close it/)).toBeTruthy()
    expect(screen.getByText(/Once they say yes, Foyer joins it for you/)).toBeTruthy()
    expect(screen.getByText(/Once they have, Foyer joins it for you/)).toBeTruthy()
  })

  it('takes a request to be let in back, and offers to make it again', async () => {
    const { person, sent, push } = await show(doneAwaiting)
    const line = doneAwaiting.progress.lines.find(({ status }) => status === 'asked')
    await person.click(screen.getByRole('button', { name: 'Take the request back' }))
    expect(sent()).toEqual([{ type: 'takeBackKnock', key: line?.key }])
    const lines = doneAwaiting.progress.lines.map((each) =>
      each === line ? { ...each, status: 'notJoined' as const, reason: 'takenBack' as const } : each,
    )
    push({ ...doneAwaiting, progress: { ...doneAwaiting.progress, lines } })
    await person.click(screen.getByRole('button', { name: 'Ask again' }))
    expect(sent().at(-1)).toEqual({ type: 'retryRooms', keys: [line?.key] })
  })

  it('says how signing out went', async () => {
    const { push } = await show({ ...done, signOut: 'working' })
    expect(screen.getByText(/is signing itself out/)).toBeTruthy()
    push(done)
    expect(screen.getByText(/has signed itself out/)).toBeTruthy()
    push({ ...done, signOut: 'failed' })
    expect(screen.getByText(/couldn’t sign itself out/)).toBeTruthy()
  })

  it('goes on to another community', async () => {
    const { person, sent } = await show(done)
    await person.click(screen.getByRole('button', { name: 'Add another community' }))
    expect(sent()).toEqual([{ type: 'addAnother' }])
  })

  it('keeps the community’s own words at hand, in the reader’s language, and who helps', async () => {
    await show(doneDescribed, { language: 'de-AT' })
    const text = screen.getByText('So reden wir miteinander').closest('details') as HTMLElement
    expect(text.textContent).toContain('Am besten fängst du in der Lobby an.')
    expect(text.querySelector('[lang="de"]')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'hello@garden.example.org' })).toBeTruthy()
  })

  it('falls back to the words that Foyer speaks', async () => {
    await show(doneDescribed, { language: 'fr' })
    expect(screen.getByText('How we talk')).toBeTruthy()
    expect(screen.queryByText('So reden wir miteinander')).toBeNull()
  })
})
