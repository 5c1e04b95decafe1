import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { joinReasons, type JoinReason } from '../../core/joining/queue.ts'
import type { JoiningState } from '../../core/onboarding/state.ts'
import en from '../i18n/en.json'
import { show } from '../testing/show.tsx'
import {
  joining,
  joiningHushing,
  joiningLeave,
  joiningNow,
  joiningOffline,
  joiningPaused,
  joiningReasons,
  joiningResume,
  joiningStop,
  joiningStopped,
  leaving,
  leavingStopped,
  left,
  NOW,
} from '../testing/states.ts'

afterEach(() => vi.useRealTimers())

const doors = (): (string | null)[] =>
  [...document.querySelectorAll('.hall .door')].map((door) => door.getAttribute('data-state'))

/** The room that stays closed for this reason. */
function keyOf(reason: JoinReason): string | undefined {
  return joiningReasons.progress.lines.find((line) => line.reason === reason)?.key
}

describe('Joining', () => {
  it('counts in the tally and in doors', async () => {
    await show(joining)
    expect(screen.getByText('19 of 33').parentElement?.textContent).toBe(
      '19 of 33 rooms joined, about 2 min left',
    )
    expect(screen.getByRole('img', { name: '19 of 33 rooms joined' })).toBeTruthy()
    expect(doors().filter((door) => door === 'open')).toHaveLength(19)
    expect(doors().filter((door) => door === 'next')).toHaveLength(1)
    expect(new Set(doors())).toEqual(new Set(['open', 'ajar', 'next', 'closed', 'asked', 'shut']))
  })

  it('counts down to the next room by itself', async () => {
    vi.useFakeTimers({ now: NOW })
    await show(joining)
    expect(screen.getByText('Next room in 0:08')).toBeTruthy()
    act(() => {
      vi.advanceTimersByTime(3_000)
    })
    expect(screen.getByText('Next room in 0:05')).toBeTruthy()
  })

  it('tells the ear every ten rooms, not each time', async () => {
    const { push } = await show(joining)
    const live = document.querySelector('[aria-live="polite"]')
    expect(live?.textContent).toBe('')
    const more = (count: number): JoiningState => ({
      ...joining,
      progress: {
        ...joining.progress,
        lines: joining.progress.lines.map((line, index) =>
          index < count ? { ...line, status: 'joined' } : line,
        ),
      },
    })
    push(more(22))
    expect(live?.textContent).toContain('22 of 33 rooms joined')
    push(more(24))
    expect(live?.textContent).toContain('22 of 33')
  })

  it('says which room is being joined', async () => {
    await show(joiningNow)
    expect(screen.getByText(/^Joining/).textContent).toBe('Joining SIG: Go Governance …')
  })

  it('pauses and carries on', async () => {
    const { person, push, sent } = await show(joining)
    await person.click(screen.getByRole('button', { name: 'Pause' }))
    push(joiningPaused)
    expect(screen.getByText('Paused. Everything so far is kept.')).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Carry on' }))
    expect(sent()).toEqual([{ type: 'pause' }, { type: 'resume' }])
  })

  it('says that it is offline', async () => {
    await show(joiningOffline)
    expect(screen.getByText('You’re offline')).toBeTruthy()
  })

  it('says why it stands still, and tries again when asked', async () => {
    const { person, push, sent } = await show(joiningStopped)
    expect(screen.getByText('Account locked')).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Try again' }))
    expect(sent()).toEqual([{ type: 'resume' }])
    push({ ...joiningStopped, progress: { ...joiningStopped.progress, stopReason: 'signedOut' } })
    expect(screen.getByText('Signed out')).toBeTruthy()
  })

  it('lists every room and comes back', async () => {
    const { person } = await show(joining)
    await person.click(screen.getByRole('button', { name: 'Show all 33 rooms' }))
    expect(document.activeElement?.textContent).toBe('All 33 rooms')
    expect(screen.getAllByRole('listitem')).toHaveLength(33)
    await person.keyboard('{Escape}')
    expect(document.activeElement?.textContent).toBe('The doors are opening')
  })

  it('asks before stopping', async () => {
    const { person, push, sent } = await show(joining)
    await person.click(screen.getByRole('button', { name: 'Stop here' }))
    push(joiningStop)
    const dialog = screen.getByRole('dialog', { name: 'Stop here?' })
    expect(dialog.textContent).toContain('12 more would stay unjoined')
    await person.click(within(dialog).getByRole('button', { name: 'Stop and sign out' }))
    expect(sent()).toEqual([{ type: 'askToStop' }, { type: 'stopAndSignOut' }])
  })

  it('asks whether to carry on, in words and with the way it can be left', async () => {
    const { person, sent } = await show(joiningResume)
    const dialog = screen.getByRole('dialog', { name: 'Shall we carry on?' })
    expect(dialog.textContent).toContain(
      '24 of 71 Galaxy rooms are joined. The other 47 kept their place in line.',
    )
    expect(document.activeElement?.textContent).toBe('Carry on')
    await person.click(within(dialog).getByRole('button', { name: 'Not now' }))
    fireEvent(dialog, new Event('cancel', { cancelable: true }))
    expect(sent()).toEqual([{ type: 'dismiss' }, { type: 'dismiss' }])
  })

  it('has a status and a sentence for every reason', async () => {
    await show(joiningReasons)
    const shown = [...document.querySelectorAll('.aware')]
    for (const reason of joinReasons.filter((each) => each !== 'spaceFirst')) {
      const status = en[`reason.${reason}.status`]
      const row = shown.find((each) => each.querySelector('.status')?.textContent === status)
      expect(row?.querySelector('.aware-text p')?.textContent).toMatch(/\.$/)
    }
  })

  it('offers the one thing to do about a reason', async () => {
    const { person, calls } = await show(joiningReasons)
    for (const [name, call] of [
      ['Copy my Matrix ID', { name: 'copyText', argument: '@ada:matrix.org' }],
      ['Try once more', { name: 'send', argument: { type: 'retryRooms', keys: [keyOf('unknown')] } }],
      ['Report the address', { name: 'openExternal', argument: 'mailto:hello@auxolotl.org' }],
    ] as const) {
      const button = screen.getByText(name)
      const details = button.closest('details')
      if (details !== null) details.open = true
      await person.click(button)
      expect(calls.at(-1)).toEqual(call)
    }
  })

  it('tries all rooms again that may open by now', async () => {
    const { person, sent } = await show(joiningReasons)
    await person.click(screen.getByRole('button', { name: 'Try 2 rooms again' }))
    const keys = [keyOf('unreachable'), keyOf('unknown')]
    expect(sent()).toEqual([{ type: 'retryRooms', keys }])
  })

  it('says what it does when all doors are open but not quiet yet', async () => {
    await show(joiningHushing)
    expect(screen.getByText('Turning the sound down …')).toBeTruthy()
    expect(screen.getByRole('switch', { name: /^Quiet start/ })).toBeTruthy()
  })

  it('asks before leaving everything, and stays by default', async () => {
    const { person, push, sent } = await show(joining)
    await person.click(screen.getByRole('button', { name: 'Leave everything again' }))
    push(joiningLeave)
    const dialog = screen.getByRole('dialog', { name: 'Leave everything again?' })
    expect(dialog.textContent).toContain('Rooms you were in before stay yours.')
    await person.keyboard('{Enter}')
    expect(sent()).toEqual([{ type: 'askToLeave' }, { type: 'dismiss' }])
  })
})

describe('Leaving everything again', () => {
  it('counts, counts down, and can be stopped', async () => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
    const { person, sent } = await show(leaving)
    expect(document.querySelector('.tally')?.textContent).toBe('12 of 33 rooms left again')
    expect(screen.getByText('Next room in 0:05')).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Stay in the rest' }))
    expect(sent()).toEqual([{ type: 'stopLeaving' }])
  })

  it('says when the homeserver does nothing more', async () => {
    await show(leavingStopped)
    expect(screen.getByText(/does nothing for your account right now/)).toBeTruthy()
  })

  it('ends with what was left, what wasn’t, and two ways on', async () => {
    const { person, push, sent } = await show(left)
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('You’ve left')
    expect(screen.getByText('Foyer has left the 32 rooms it joined for you.')).toBeTruthy()
    expect(screen.getByText('1 room couldn’t be left. Your chat app can do that.')).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Join them again' }))
    await person.click(screen.getByRole('button', { name: 'Back to the front doors' }))
    const keys = left.progress.lines.map((line) => line.key)
    expect(sent()).toEqual([{ type: 'retryRooms', keys }, { type: 'addAnother' }])
    const leave = { count: 0, left: 0, failed: 0, phase: 'finished', nextAt: null } as const
    push({ ...left, progress: { ...left.progress, leaving: leave } })
    expect(screen.getByText(/There was nothing to leave/)).toBeTruthy()
  })
})
