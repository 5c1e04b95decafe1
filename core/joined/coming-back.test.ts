import { describe, expect, test } from 'vitest'
import { firstState } from '../onboarding/moves.ts'
import type { Rules } from '../communities/description.ts'
import type { Errand, OnboardingState, RoomsState } from '../onboarding/state.ts'
import { community, facts, room } from '../testing/communities.ts'
import { idOf, joinedIn } from '../testing/joined.ts'
import { ada, after, card } from '../testing/states.ts'
import { noChanges } from './joined-community.ts'
import { communityAgain, joinedCard, newsErrand } from './return.ts'
import { noWish } from './wish.ts'
import { agreementTo, hasAgreed } from '../onboarding/said.ts'

const space = { address: '#space:x', via: [], name: 'Club', roomId: '!space:x' }
const club = community(
  ['#lobby:x', '#aside:x'].map((key) => room(key, { sight: 'seen', joinRule: 'public', roomId: idOf(key) })),
  { space },
)
const added = [{ key: '#new:x', name: 'New', roomId: null, isInside: false }]
const record = joinedIn(club, ['#space:x', '#lobby:x'], { inside: [], changes: { ...noChanges, added } })
const again = communityAgain(record, community([...club.rooms, room('#new:x')], { space }))
const joined = [joinedCard(record, [record])]
const doors = after(firstState, { type: 'joinedRead', joined, isWatching: false })
const homeserver = card('x')
const { said } = noWish

function returned(errand: Errand, state: OnboardingState = doors): OnboardingState {
  return after(state, { type: 'communityReturned', community: again, errand, said, account: ada, homeserver })
}

describe('the question whether to remove a community', () => {
  test('stands for one that is there, until it is answered', () => {
    const asked = after(doors, { type: 'askToRemove', id: record.id })
    expect(asked).toMatchObject({ asksToRemove: record.id })
    expect(after(doors, { type: 'askToRemove', id: 'nobody' })).toBe(doors)
    expect(after(asked, { type: 'dismiss' })).toMatchObject({ asksToRemove: null })
    expect(after(asked, { type: 'forgetCommunity', id: record.id })).toMatchObject({ asksToRemove: null })
    expect(after(asked, { type: 'joinedRead', joined: [], isWatching: false })).toMatchObject({
      asksToRemove: null,
    })
    expect(after(asked, { type: 'joinedRead', joined, isWatching: true })).toMatchObject({
      asksToRemove: record.id,
      isWatching: true,
    })
  })
})

describe('back for what is new', () => {
  const errand = newsErrand(record)

  test('leads to signing in with the account that joined, and back to the doors', () => {
    const signIn = returned(errand)
    expect(signIn).toMatchObject({ step: 'signIn', knownId: ada.userId, lookup: 'found', errand })
    expect(after(signIn, { type: 'goToCreate' })).toBe(signIn)
    expect(after(signIn, { type: 'back' })).toMatchObject({ step: 'welcome' })
  })

  test('leads straight to the rooms for whoever is signed in with it, but not with another', () => {
    const here = { ...doors, account: ada } as OnboardingState
    expect(returned(errand, here)).toMatchObject({ step: 'rooms', preset: 'own', chosen: ['#new:x'] })
    const eve = { ...doors, account: { userId: '@eve:x', homeserver: 'x' } } as OnboardingState
    expect(returned(errand, eve)).toMatchObject({ step: 'signIn' })
  })

  test('chooses what is new on the page and in the space, and what one unticked stays so', () => {
    const rooms = after(returned(errand), { type: 'signedIn', account: ada, profile: null }) as RoomsState
    expect(rooms.chosen).toEqual(['#new:x'])
    const unticked = after(rooms, { type: 'toggleRooms', keys: ['#new:x'], isOn: false })
    const child = (roomId: string) => ({
      address: roomId,
      via: ['x'],
      facts: facts({ roomId }),
      isSuggested: false,
      within: null,
      path: [],
    })
    const children = [child('!lobby:x'), child('!inside:x')]
    expect(after(unticked, { type: 'spaceOpened', children })).toMatchObject({ chosen: ['!inside:x'] })
    expect(after(rooms, { type: 'spaceOpened', children })).toMatchObject({ chosen: ['#new:x', '!inside:x'] })
  })

  test('brings what was said: rules are agreed to until they change', () => {
    const rules = { url: 'https://x.example/rules', name: null, points: ['Be kind.'], mustAgree: true }
    const agreed = { ...said, agreedTo: agreementTo(rules) }
    const agrees = (now: Rules): boolean => {
      const back = after({ ...doors, account: ada } as OnboardingState, {
        type: 'communityReturned',
        community: { ...again, rules: now },
        errand,
        said: agreed,
        account: ada,
        homeserver,
      })
      return hasAgreed(back as RoomsState)
    }
    expect(agrees({ ...rules, name: 'Manners' })).toBe(true)
    expect(agrees({ ...rules, points: ['Be kind.', 'Be brief.'] })).toBe(false)
    expect(agrees({ ...rules, url: 'https://x.example/new' })).toBe(false)
  })

  test('never chooses one’s own rooms, whatever is wished for', () => {
    const rooms = after(returned(errand), { type: 'signedIn', account: ada, profile: null })
    expect(after(rooms, { type: 'setPreset', preset: 'all' })).toMatchObject({
      chosen: ['#aside:x', '#new:x'],
    })
    expect(after(rooms, { type: 'toggleRooms', keys: ['#lobby:x'], isOn: true })).toMatchObject({
      chosen: ['#new:x'],
    })
  })
})
