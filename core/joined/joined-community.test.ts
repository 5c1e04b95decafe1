import { describe, expect, test } from 'vitest'
import { community, room } from '../testing/communities.ts'
import { idOf, joinedIn, outcome } from '../testing/joined.ts'
import { entry } from '../testing/queue.ts'
import { ada } from '../testing/states.ts'
import {
  acknowledged,
  fingerprint,
  joinedId,
  knownNames,
  noChanges,
  remembered,
  withoutLeft,
} from './joined-community.ts'
import { freshChoice } from './fresh.ts'
import { noWish } from './wish.ts'
import { communityAgain, leavableRooms, newsErrand, passOf } from './return.ts'

const space = { address: '#space:x', via: [], name: 'Club', roomId: '!space:x' }
const club = community(
  ['#lobby:x', '#tools:x', '#aside:x'].map((key) =>
    room(key, {
      sight: 'seen',
      joinRule: 'public',
      roomId: idOf(key),
      topic: 'Talk',
      isLobby: key === '#lobby:x',
    }),
  ),
  { space },
)
const record = joinedIn(club, ['#space:x', '#lobby:x', '#tools:x'])

describe('what is remembered of a pass', () => {
  test('its rooms, the community as it was shown, and no topics', () => {
    expect(record.joined).toEqual([
      { key: '#space:x', kind: 'space', roomId: '!space:x', wasBefore: false, isSettled: false },
      { key: '#lobby:x', kind: 'room', roomId: '!lobby:x', wasBefore: false, isSettled: false },
      { key: '#tools:x', kind: 'room', roomId: '!tools:x', wasBefore: false, isSettled: false },
    ])
    expect(record).toMatchObject({ id: '#space:x @ada:x', settledAt: 1_000, changes: noChanges })
    expect(JSON.stringify(record)).not.toContain('Talk')
    expect(knownNames(record).has('#aside:x')).toBe(true)
  })

  test('nothing, where nothing was joined', () => {
    expect(remembered(null, outcome(club, []))).toBeNull()
  })

  test('rooms that the newcomer was in before are never Foyer’s, also where nobody knows', () => {
    const mine = remembered(
      null,
      outcome(club, ['#lobby:x'], { entered: { before: ['!lobby:x'], replaced: [] } }),
    )
    const unknown = remembered(null, outcome(club, ['#lobby:x'], { entered: { before: null, replaced: [] } }))
    expect([mine, unknown].map((each) => each?.joined[0]?.wasBefore)).toEqual([true, true])
  })

  test('a second pass adds to the first, whose rooms stay Foyer’s', () => {
    const second = remembered(
      record,
      outcome(club, ['#space:x', '#aside:x'], {
        entered: { before: ['!space:x', '!lobby:x', '!tools:x', '!mine:x'], replaced: [] },
        at: 2_000,
      }),
    )
    expect(second?.joined.map(({ key, wasBefore }) => [key, wasBefore])).toEqual([
      ['#lobby:x', false],
      ['#tools:x', false],
      ['#space:x', false],
      ['#aside:x', false],
    ])
    expect(second?.settledAt).toBe(2_000)
  })

  test('a room that was joined where it has moved to is left in both places', () => {
    const queue = { entries: [entry('#tools:x', { status: 'joined', roomId: '!tools-2:x' })] }
    const moved = remembered(record, outcome(club, [], { queue }))
    expect(moved?.replaced).toEqual(['!tools:x'])
    expect(moved === null ? [] : leavableRooms(moved, [moved])).toEqual(
      ['!tools:x', '!lobby:x', '!tools-2:x', '!space:x'].toSorted(
        (one, other) => Number(one === '!space:x') - Number(other === '!space:x'),
      ),
    )
  })

  test('the preset and what was said, which coming for news leaves as it was', () => {
    const said = { agreedTo: 'https://x.example/', answers: [[1]] }
    const first = remembered(null, outcome(club, ['#lobby:x'], { wish: { preset: 'lobby', said } }))
    expect(first?.wish).toEqual({ preset: 'lobby', said })
    const wishes = [null, { preset: null, said: { ...said, answers: [[0]] } }, { preset: 'all', said }]
    const later = wishes.map((wish) => remembered(first, outcome(club, ['#tools:x'], { wish }))?.wish)
    expect(later).toEqual([first?.wish, { preset: 'lobby', said: { ...said, answers: [[0]] } }, wishes[2]])
    expect(record.wish).toEqual(noWish)
  })

  test('after leaving, what is left of it, or nothing', () => {
    expect(withoutLeft(record, new Set(['!tools:x']))?.joined.map(({ key }) => key)).toEqual([
      '#space:x',
      '#lobby:x',
    ])
    expect(withoutLeft(record, new Set(['!tools:x', '!lobby:x', '!space:x']))).toBeNull()
  })

  test('by its space, whichever way led to it', () => {
    expect(joinedId({ ...club, id: '#space:x' }, ada)).toBe(joinedId(club, ada))
    expect(joinedId({ ...club, space: null }, ada)).toBe('club @ada:x')
  })
})

test('news has the same fingerprint in any order, and another when there is more', () => {
  const one = { key: '#a:x', name: 'A', roomId: null, isInside: false }
  const two = { key: '#b:x', name: 'B', roomId: null, isInside: true }
  expect(fingerprint({ ...noChanges, added: [one, two] })).toBe(
    fingerprint({ ...noChanges, added: [two, one] }),
  )
  expect(fingerprint({ ...noChanges, added: [one, two] })).not.toBe(
    fingerprint({ ...noChanges, added: [one] }),
  )
  expect(fingerprint(noChanges)).toBe('')
})

test('what was seen is settled', () => {
  const closed = [{ key: '#tools:x', name: 'Tools', why: 'gone' }] as const
  const seen = acknowledged({ ...record, changes: { ...noChanges, closed }, notified: 'x' }, 5_000)
  expect(seen).toMatchObject({ settledAt: 5_000, changes: noChanges, notified: '' })
  expect(seen.joined.find(({ key }) => key === '#tools:x')?.isSettled).toBe(true)
})

describe('coming back', () => {
  const added = [{ key: '#new:x', name: 'New', roomId: null, isInside: false }]
  const moved = [{ key: '#tools:x', name: 'Tools', roomId: '!tools-2:x' }]
  const news = { ...record, changes: { ...noChanges, added, moved } }
  const described = community([...club.rooms, room('#new:x', { sight: 'asking' })], { space })
  const again = communityAgain(news, described)

  test('one’s own rooms are one’s own, except where they have moved', () => {
    expect(again.rooms.map(({ key, isYours }) => [key, isYours ?? false])).toEqual([
      ['#lobby:x', true],
      ['#tools:x', false],
      ['#aside:x', false],
      ['#new:x', false],
    ])
    expect(again.rooms.find(({ key }) => key === '#tools:x')?.roomId).toBe('!tools-2:x')
  })

  test('what is new or has moved is chosen, and what was left aside isn’t', () => {
    expect(freshChoice(again, newsErrand(news), news.wish.said)).toEqual(['#tools:x', '#new:x'])
  })

  test('whoever took what was suggested gets what is suggested of the new', () => {
    const more = community([...club.rooms, room('#new:x'), room('#advised:x', { isSuggested: true })], {
      space,
    })
    const both = {
      ...news,
      changes: { ...news.changes, moved: [], added: [...added, { ...added[0]!, key: '#advised:x' }] },
    }
    expect(freshChoice(communityAgain(both, more), newsErrand(both), both.wish.said)).toEqual(['#advised:x'])
    const all = joinedIn(club, ['#lobby:x', '#tools:x', '#aside:x'], { changes: both.changes })
    expect(freshChoice(communityAgain(all, more), newsErrand(all), all.wish.said)).toEqual([
      '#new:x',
      '#advised:x',
    ])
  })

  describe('by the preset that was taken', () => {
    const rooms = [
      room('#pond:x'),
      room('#gate:x', { isSuggested: true }),
      room('#bees:x', { section: 'bees' }),
    ]
    const presets = [{ id: 'hives', name: 'Hives', keys: [], sections: ['bees'] }]
    const questions = [
      { text: 'Swim?', isMany: false, answers: [{ text: 'Yes', keys: ['#pond:x'], sections: [] }] },
    ]
    const now = community([...club.rooms, ...rooms], { space, presets, questions })
    const newRooms = rooms.map(({ key }) => ({ key, name: key, roomId: null, isInside: false }))
    function choiceAfter(preset: string, answers: number[][] = []): readonly string[] {
      const wish = { preset, said: { agreedTo: null, answers } }
      const taken = joinedIn(club, ['#lobby:x', '#tools:x'], {
        wish,
        changes: { ...noChanges, added: newRooms, moved },
      })
      return freshChoice(communityAgain(taken, now), newsErrand(taken), wish.said)
    }

    test.each([
      ['all', ['#tools:x', '#pond:x', '#gate:x', '#bees:x']],
      ['suggested', ['#tools:x', '#gate:x']],
      ['lobby', ['#tools:x']],
      ['hives', ['#tools:x', '#bees:x']],
      // The page has it no more.
      ['closed', ['#tools:x', '#gate:x']],
    ])('%s', (preset, expected) => {
      expect(choiceAfter(preset)).toEqual(expected)
    })

    test('with what was answered, except in the lobby alone', () => {
      expect(choiceAfter('suggested', [[0]])).toEqual(['#tools:x', '#pond:x', '#gate:x'])
      expect(choiceAfter('lobby', [[0]])).toEqual(['#tools:x'])
    })

    test('nothing, where none of the new is in it', () => {
      const taken = joinedIn(club, ['#lobby:x'], {
        wish: { ...noWish, preset: 'suggested' },
        changes: { ...noChanges, added: newRooms.slice(0, 1) },
      })
      const then = communityAgain(taken, community([...club.rooms, room('#pond:x')], { space }))
      expect(freshChoice(then, newsErrand(taken), noWish.said)).toEqual([])
    })
  })

  test('rooms that show themselves only now are chosen where it is known that they are new', () => {
    const inside = community([...again.rooms, room('!inside:x', { sight: 'seen', joinRule: 'public' })], {
      space,
    })
    expect(freshChoice(inside, newsErrand({ ...news, inside: [] }), news.wish.said, again)).toEqual([
      '!inside:x',
    ])
    expect(
      freshChoice(inside, newsErrand({ ...news, inside: ['!inside:x'] }), news.wish.said, again),
    ).toEqual([])
    expect(freshChoice(inside, newsErrand(news), news.wish.said, again)).toEqual([])
  })
})

describe('leaving', () => {
  test('takes every room that Foyer joined, the space last', () => {
    expect(leavableRooms(record, [record])).toEqual(['!lobby:x', '!tools:x', '!space:x'])
  })

  test('leaves rooms alone that were there before, or that another community of the same account has', () => {
    const joined = record.joined.map((each) =>
      each.key === '#lobby:x' ? { ...each, wasBefore: true } : each,
    )
    const mine = { ...record, joined }
    const other = joinedIn(community([room('#tools:x')], { id: 'other' }), ['#tools:x'])
    expect(leavableRooms(mine, [mine, other])).toEqual(['!space:x'])
    const elses = { ...other, account: { userId: '@eve:x', homeserver: 'x' } }
    expect(leavableRooms(mine, [mine, elses])).toEqual(['!tools:x', '!space:x'])
    expect(passOf(mine, [mine, other]).entered.before).toEqual(['!lobby:x', '!tools:x'])
  })
})
