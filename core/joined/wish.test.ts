import { describe, expect, test } from 'vitest'
import { after, states } from '../testing/states.ts'
import type { RoomsState } from '../onboarding/state.ts'
import { noWish, saidAgain, wishOf } from './wish.ts'

const rooms = states.rooms as RoomsState
const errand = {
  kind: 'news',
  id: 'x',
  userId: '@ada:x',
  preset: 'lobby',
  fresh: [],
  moved: [],
  known: [],
  knowsInside: false,
} as const

describe('what is wished for', () => {
  test('is the preset, with what was said', () => {
    expect(wishOf(rooms)).toEqual({ preset: rooms.preset, said: noWish.said })
    const said = { agreedTo: 'https://x.example/', answers: [[0]] }
    expect(wishOf({ ...rooms, preset: 'own', said })).toEqual({ preset: 'own', said })
  })

  test('stays as it was for whoever came for news, unless they take another preset', () => {
    expect(wishOf({ ...rooms, preset: 'own', errand }).preset).toBeNull()
    const all = after({ ...rooms, preset: 'own', errand }, { type: 'setPreset', preset: 'all' })
    expect(wishOf(all as RoomsState).preset).toBe('all')
  })
})

describe('what was said, once the questions have changed', () => {
  const question = (text: string, ...answers: string[]) => ({
    text,
    isMany: true,
    answers: answers.map((each) => ({ text: each, keys: [], sections: [] })),
  })
  const before = { questions: [question('Grow?', 'Roses', 'Leeks'), question('Help?', 'Yes', 'No')] }
  const said = { agreedTo: 'https://x.example/', answers: [[1], [0]] }

  test.each([
    ['the same', before.questions, [[1], [0]]],
    ['in another order', [question('Help?', 'No', 'Yes'), question('Grow?', 'Leeks', 'Roses')], [[1], [0]]],
    ['some gone, and new ones', [question('Where?', 'Yes'), question('Grow?', 'Roses', 'Beans')], [[], []]],
    ['none', [], []],
  ])('%s', (_name, questions, answers) => {
    expect(saidAgain(said, before, { questions: [...questions] })).toEqual({ ...said, answers })
  })
})
