import { describe, expect, test } from 'vitest'
import { community, facts } from '../testing/communities.ts'
import { gardenCommunity } from '../testing/garden-club.ts'
import { ada, after, card, states } from '../testing/states.ts'
import type { OnboardingEvent } from './flow-events.ts'
import { firstState } from './moves.ts'
import { hasAgreed } from './said.ts'
import type { OnboardingState, RoomsState } from './state.ts'

const garden = gardenCommunity()
const [LOBBY, ROSES, VEGETABLES, BEES, WORMS] = garden.rooms.map((room) => room.key) as [
  string,
  string,
  string,
  string,
  string,
]

function rooms(...events: OnboardingEvent[]): RoomsState {
  return roomsOf(
    after(
      firstState,
      { type: 'communityOpened', community: garden, at: 1 },
      { type: 'leavePreview' },
      { type: 'homeserversListed', cards: [card('x')] },
      { type: 'signUpOpened', homeserver: card('x'), policies: [], acceptsPassword: true },
      { type: 'signedIn', account: ada, profile: { name: '' } },
      { type: 'skipProfile' },
      ...events,
    ),
  )
}

function roomsOf(state: OnboardingState): RoomsState {
  if (state.step !== 'rooms') throw new Error(state.step)
  return state
}

describe('the preset to begin with', () => {
  test('is the community’s', () => {
    expect(rooms()).toMatchObject({ preset: 'essential', chosen: [LOBBY, ROSES] })
  })

  test.each([
    ['helpers', 'helpers', [BEES, WORMS]],
    ['lobby', 'lobby', [LOBBY]],
    ['own', 'essential', [LOBBY, ROSES]],
    ['nowhere', 'essential', [LOBBY, ROSES]],
  ])('of a link that says %s: %s', (hinted, preset, chosen) => {
    const hints = { homeserver: null, preset: hinted, hasToken: false }
    const opened = after(firstState, { type: 'communityOpened', community: garden, at: 1, hints })
    const state = after({ ...opened, step: 'preview', account: ada } as OnboardingState, {
      type: 'leavePreview',
    })
    expect(state).toMatchObject({ step: 'rooms', preset, chosen })
  })

  test('can be changed to any that there is', () => {
    expect(rooms({ type: 'setPreset', preset: 'helpers' }).chosen).toEqual([BEES, WORMS])
    const before = rooms()
    expect(after(before, { type: 'setPreset', preset: 'nowhere' })).toBe(before)
  })
})

describe('interest questions', () => {
  test('come before the rooms, may be left open, and stand behind them on the way back', () => {
    expect(rooms()).toMatchObject({ isAsking: true })
    const shown = rooms({ type: 'answerQuestion', question: 0, answers: [1] }, { type: 'showRooms' })
    expect(shown).toMatchObject({ isAsking: false, chosen: [LOBBY, ROSES, VEGETABLES] })
    const back = roomsOf(after(shown, { type: 'back' }))
    expect(back).toMatchObject({ isAsking: true, said: { answers: [[1], []] } })
    const again = after(back, { type: 'back' }, { type: 'leavePreview' })
    expect(again).toMatchObject({ step: 'rooms', isAsking: true, said: { answers: [[1], []] } })
    expect(again).toMatchObject({ chosen: [LOBBY, ROSES, VEGETABLES] })
  })

  test('add rooms of rooms and of sections, on top of the preset', () => {
    const state = rooms(
      { type: 'answerQuestion', question: 0, answers: [1] },
      { type: 'answerQuestion', question: 1, answers: [0] },
    )
    expect(state.chosen).toEqual([LOBBY, ROSES, VEGETABLES, BEES, WORMS])
    expect(roomsOf(after(state, { type: 'setPreset', preset: 'helpers' })).chosen).toEqual([
      VEGETABLES,
      BEES,
      WORMS,
    ])
    expect(roomsOf(after(state, { type: 'setPreset', preset: 'lobby' })).chosen).toEqual([LOBBY])
    expect(roomsOf(after(state, { type: 'answerQuestion', question: 1, answers: [] })).chosen).toEqual([
      LOBBY,
      ROSES,
      VEGETABLES,
    ])
  })

  test('with one’s own choice, only what answers add or take back changes', () => {
    const own = rooms(
      { type: 'answerQuestion', question: 1, answers: [0] },
      { type: 'toggleRooms', keys: [ROSES, BEES], isOn: false },
    )
    expect(own).toMatchObject({ preset: 'own', chosen: [LOBBY, WORMS] })
    const more = roomsOf(after(own, { type: 'answerQuestion', question: 0, answers: [1] }))
    expect(more.chosen).toEqual([LOBBY, VEGETABLES, WORMS])
    expect(roomsOf(after(more, { type: 'answerQuestion', question: 1, answers: [1] })).chosen).toEqual([
      LOBBY,
      VEGETABLES,
    ])
  })

  test('take one answer or many, and none that isn’t there', () => {
    expect(rooms({ type: 'answerQuestion', question: 0, answers: [1, 0, 1, 9] }).said?.answers[0]).toEqual([
      0, 1,
    ])
    expect(rooms({ type: 'answerQuestion', question: 1, answers: [0, 1] }).said?.answers[1]).toEqual([0])
    const before = rooms()
    expect(after(before, { type: 'answerQuestion', question: 2, answers: [0] })).toBe(before)
  })

  test('are not asked where there are none', () => {
    expect(roomsOf(states.rooms).isAsking).toBe(false)
    expect(after(states.rooms, { type: 'back' })).toMatchObject({ step: 'preview' })
  })
})

describe('rules to agree to', () => {
  test('are agreed to once, and for these rules only', () => {
    const agreed = rooms({ type: 'agreeToRules', isOn: true })
    expect([hasAgreed(rooms()), hasAgreed(agreed)]).toEqual([false, true])
    expect(hasAgreed(roomsOf(after(agreed, { type: 'agreeToRules', isOn: false })))).toBe(false)
    const rules = {
      ...garden.rules,
      url: 'https://garden.example.org/new',
      name: null,
      points: [],
      mustAgree: true,
    }
    expect(hasAgreed({ ...agreed, community: { ...garden, rules } })).toBe(false)
  })

  test('stay agreed to on the way back, and after signing in again', () => {
    const agreed = rooms({ type: 'agreeToRules', isOn: true })
    const again = after(agreed, { type: 'back' }, { type: 'leavePreview' })
    expect(hasAgreed(roomsOf(again))).toBe(true)
    const said = agreed.said ?? { agreedTo: null, answers: [] }
    const needed = after(firstState, {
      type: 'signInNeeded',
      community: garden,
      homeserver: card('x'),
      userId: '@ada:x',
      said,
    })
    expect(hasAgreed(roomsOf(after(needed, { type: 'signedIn', account: ada, profile: null })))).toBe(true)
  })

  test('need not be where none are given, or none has to', () => {
    expect(hasAgreed(roomsOf(states.rooms))).toBe(true)
    const rules = { url: 'https://x.example/', name: null, points: [], mustAgree: false }
    expect(hasAgreed({ ...roomsOf(states.rooms), community: { ...garden, rules } })).toBe(true)
    expect(after(states.rooms, { type: 'agreeToRules', isOn: true })).toBe(states.rooms)
  })
})

describe('a manifest that the space itself brings', () => {
  const space = { address: '#garden:matrix.org', via: [], name: 'Garden', roomId: '!garden' }
  const bare = community([], { id: space.address, space, roomCount: 0, questions: [] })
  const opened = roomsOf(
    after(
      {
        ...after(firstState, { type: 'communityOpened', community: bare, at: 1 }),
        account: ada,
      } as OnboardingState,
      { type: 'leavePreview' },
    ),
  )

  test('asks its questions and begins with its preset, until something was chosen', () => {
    const found = roomsOf(after(opened, { type: 'manifestFound', described: garden }))
    expect(found).toMatchObject({ isAsking: true, preset: 'essential', chosen: [LOBBY, ROSES] })
    const chose = after(
      opened,
      { type: 'setPreset', preset: 'all' },
      { type: 'manifestFound', described: garden },
    )
    expect(chose).toMatchObject({ isAsking: false, preset: 'all' })
    expect(hasAgreed(found)).toBe(false)
  })

  test('adds the rooms of its space to a preset that names their section', () => {
    const described = { ...garden, presets: [{ id: 'rest', name: 'Rest', keys: [], sections: ['rest'] }] }
    const child = {
      address: '!new',
      via: ['x'],
      facts: facts({ roomId: '!new' }),
      isSuggested: false,
      within: null,
      path: [],
    }
    const state = after(
      opened,
      { type: 'manifestFound', described: { ...described, firstPreset: 'rest' } },
      { type: 'spaceOpened', children: [child] },
    )
    expect(state).toMatchObject({ preset: 'rest', chosen: ['!new'] })
  })
})
