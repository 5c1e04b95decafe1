import { describe, expect, test } from 'vitest'
import type { OnboardingEvent } from './flow-events.ts'
import { next } from './next.ts'
import { facts } from '../testing/communities.ts'
import { ada, after, club, states } from '../testing/states.ts'

describe('choosing rooms', () => {
  test('toggling keeps the page’s order and makes the choice one’s own', () => {
    const chosen = after(states.rooms, { type: 'toggleRooms', keys: ['#b:x', '#gone:x'], isOn: true })
    expect(chosen).toMatchObject({ preset: 'own', chosen: ['#lobby:x', '#b:x'] })
    expect(after(chosen, { type: 'toggleRooms', keys: ['#lobby:x'], isOn: false })).toMatchObject({
      chosen: ['#b:x'],
    })
  })

  test('the space’s rooms join a choice of all, not one’s own', () => {
    const child = {
      address: '!new',
      via: [],
      facts: facts({ roomId: '!new' }),
      isSuggested: false,
      within: null,
      path: [],
    }
    const opened = { type: 'spaceOpened', children: [child] } as const
    const all = after(states.rooms, { type: 'setPreset', preset: 'all' }, opened)
    expect(all).toMatchObject({ chosen: ['#lobby:x', '#a:x', '#b:x', '!new'] })
    const own = after(states.rooms, { type: 'toggleRooms', keys: ['#a:x'], isOn: true }, opened)
    expect(own).toMatchObject({ chosen: ['#lobby:x', '#a:x'] })
  })
})

describe('the account goes along to the next community', () => {
  test('from the rooms, and while rooms may still be tried again', () => {
    for (const step of ['rooms', 'done'] as const) {
      const welcome = after(states[step], { type: 'addAnother' })
      expect(welcome).toMatchObject({ step: 'welcome', account: ada })
      const rooms = after(
        welcome,
        { type: 'communityOpened', community: club, at: 1 },
        { type: 'leavePreview' },
      )
      expect(rooms).toMatchObject({ step: 'rooms', account: ada })
      expect(after(rooms, { type: 'back' })).toMatchObject({ step: 'preview', account: ada })
    }
  })

  test('not once it is being signed out', () => {
    const leaving = after(states.done, { type: 'stopAndSignOut' })
    expect(after(leaving, { type: 'addAnother' })).toMatchObject({ step: 'welcome', account: null })
    expect(after(states.rooms, { type: 'addAnother' }, { type: 'signOut' })).toMatchObject({ account: null })
  })
})

describe('the end', () => {
  test.each([
    [true, 'asking'],
    [false, 'working'],
  ] as const)('rooms may be tried again: %s, so signing out is %s', (staysSignedIn, signOut) => {
    expect(after(states.joining, { type: 'joiningEnded', staysSignedIn })).toMatchObject({
      step: 'done',
      signOut,
    })
  })

  test('trying again leads back to joining, unless signing out has begun', () => {
    const retry: OnboardingEvent = { type: 'retryRooms', keys: ['#a:x'] }
    expect(after(states.done, retry)).toMatchObject({ step: 'joining', account: ada, asks: null })
    for (const before of [{ type: 'stopAndSignOut' }, { type: 'signedOut', isDone: true }] as const) {
      const over = after(states.done, before)
      expect(next(over, retry)).toBe(over)
    }
  })

  test('signing out: working, failed, done', () => {
    const working = after(states.done, { type: 'stopAndSignOut' })
    expect(working).toMatchObject({ signOut: 'working' })
    expect(after(working, { type: 'signedOut', isDone: false })).toMatchObject({ signOut: 'failed' })
    expect(after(working, { type: 'signedOut', isDone: true })).toMatchObject({ signOut: 'done' })
  })

  test('questions open and close', () => {
    const asked = after(states.joining, { type: 'askToStop' })
    expect(asked).toMatchObject({ asks: 'stop' })
    expect(after(asked, { type: 'dismiss' })).toMatchObject({ step: 'joining', asks: null })
    expect(after(asked, { type: 'resume' })).toMatchObject({ step: 'joining', asks: null })
  })
})
