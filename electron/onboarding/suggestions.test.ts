import { describe, expect, test } from 'vitest'
import type { Candidate } from '../../core/homeservers/candidates.ts'
import { HomeserverStand } from './testing/homeserver-stand.ts'

function candidates(origin: Candidate['origin'], ...names: string[]): Candidate[] {
  return names.map((name) => ({ name, about: null, origin }))
}

describe('suggesting homeservers', () => {
  test('three names at once, in order once the answers are in, the best one chosen', async () => {
    const stand = new HomeserverStand({
      'far.example': {},
      'near.example': { isIn: true },
      'other.example': {},
    })
    await stand.suggest(candidates('hint', 'far.example', 'near.example', 'other.example'))
    expect(stand.shown).toEqual([
      ['far.example', 'near.example', 'other.example'],
      ['near.example', 'far.example', 'other.example'],
    ])
    expect(stand.state.chosen).toBe('near.example')
    expect(stand.state.cards.every((card) => card.seconds !== null && card.facts !== null)).toBe(true)
  })

  test('one that does not answer makes room for one of the list, and nobody is asked for nothing', async () => {
    const stand = new HomeserverStand({
      'a.example': {},
      'c.example': {},
      'listed.example': {},
      'spare.example': {},
    })
    await stand.suggest([
      ...candidates('hint', 'a.example', 'silent.example', 'c.example'),
      ...candidates('list', 'listed.example', 'spare.example'),
    ])
    expect(stand.shown.at(-1)?.toSorted()).toEqual(['a.example', 'c.example', 'listed.example'])
    expect(stand.asked).not.toContain('spare.example')
  })

  test('a closed one is shown where the community names it, not where it was merely found', async () => {
    const closed = { isClosed: true, isIn: true }
    const stand = new HomeserverStand({ 'own.example': closed, 'rooms.example': closed, 'open.example': {} })
    await stand.suggest([
      ...candidates('hint', 'own.example'),
      ...candidates('rooms', 'rooms.example'),
      ...candidates('list', 'open.example'),
    ])
    expect(stand.shown.at(-1)).toEqual(['open.example', 'own.example'])
    expect(stand.state.chosen).toBe('open.example')
  })

  test('nothing moves any more once the newcomer has chosen', async () => {
    const stand = new HomeserverStand({ 'far.example': {}, 'near.example': { isIn: true } })
    const asked = stand.suggest(candidates('hint', 'far.example', 'silent.example', 'near.example'))
    stand.dispatch({ type: 'chooseHomeserver', name: 'silent.example' })
    await asked
    expect(stand.state.chosen).toBe('silent.example')
    expect(stand.state.cards.map((card) => card.name)).toEqual([
      'far.example',
      'silent.example',
      'near.example',
    ])
  })

  test('a slow one is not waited for for ever', async () => {
    let answer: () => void = () => undefined
    const after = new Promise<void>((resolve) => {
      answer = resolve
    })
    const stand = new HomeserverStand({
      'slow.example': { after },
      'far.example': {},
      'near.example': { isIn: true },
    })
    const asked = stand.suggest(candidates('hint', 'slow.example', 'far.example', 'near.example'))
    await expect.poll(() => stand.state.cards.filter((card) => card.seconds !== null)).toHaveLength(2)
    expect(stand.shown).toHaveLength(1)
    stand.wake()
    await expect.poll(() => stand.shown.at(-1)).toEqual(['near.example', 'far.example', 'slow.example'])
    answer()
    await asked
    expect(stand.state.cards.at(-1)).toMatchObject({ name: 'slow.example', probe: 'answered' })
  })

  test('says whether there are further ones, and leaves a round that is over alone', async () => {
    let answer: () => void = () => undefined
    const after = new Promise<void>((resolve) => {
      answer = resolve
    })
    const stand = new HomeserverStand({
      'a.example': {},
      'b.example': {},
      'c.example': {},
      'slow.example': { after },
    })
    const all = [
      ...candidates('hint', 'a.example', 'b.example', 'c.example'),
      ...candidates('list', 'd.example'),
    ]
    await stand.suggest(all)
    expect(stand.state.round).toEqual({ passedOver: [], others: 'further' })
    stand.dispatch({ type: 'showOthers' })
    expect(stand.state).toMatchObject({ cards: [], chosen: null, round: { others: 'none' } })
    const slow = stand.suggest(candidates('list', 'slow.example'))
    stand.wake()
    await expect.poll(() => stand.state.round?.others).toBe('first')
    stand.dispatch({ type: 'showOthers' })
    expect(stand.state.round).toEqual({ passedOver: [], others: 'none' })
    answer()
    await slow.catch(() => undefined)
    expect(stand.state.cards).toEqual([])
  })

  test('when nobody answers the names stay', async () => {
    const stand = new HomeserverStand({})
    await stand.suggest(candidates('hint', 'a.example', 'b.example'))
    expect(stand.state.cards.map((card) => card.probe)).toEqual(['unreachable', 'unreachable'])
  })

  test('leaving the screen ends it', async () => {
    const stand = new HomeserverStand({ 'a.example': {}, 'b.example': {} })
    const asked = stand.suggest(candidates('hint', 'a.example', 'b.example'))
    const before = stand.shown.length
    stand.end.abort()
    await asked.catch(() => undefined)
    expect(stand.shown).toHaveLength(before)
    expect(stand.state.cards.every((card) => card.probe === 'asking')).toBe(true)
  })
})
