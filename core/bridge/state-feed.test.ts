import { assert, jsonValue, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OnboardingState } from '../onboarding/state.ts'
import { room } from '../testing/communities.ts'
import { after, states } from '../testing/states.ts'
import { patched, patchOf } from '../patch.ts'
import { StateFeed, StateFollower } from './state-feed.ts'

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a patch', () => {
  test('leads from anything to anything', () => {
    assert(
      property(jsonValue(), jsonValue(), (before, made) => {
        // What can be sent at all: JSON knows no -0.
        const next = throughJson(made)
        const patch = patchOf(before, next)
        expect(patch === null ? before : patched(before, throughJson(patch) as never)).toEqual(next)
      }),
    )
  })

  test('leaves alone what it doesn’t touch', () => {
    const before = { rooms: [{ name: 'a' }, { name: 'b' }], other: { deep: [1] } }
    const next = { ...before, rooms: [before.rooms[0], { name: 'c' }] }
    const patch = patchOf(before, next)
    expect(patch).toEqual({ fields: { rooms: { items: { 1: { fields: { name: { value: 'c' } } } } } } })
    const result = patch && (patched(before, patch) as typeof before)
    expect(result?.rooms[0]).toBe(before.rooms[0])
    expect(result?.other).toBe(before.other)
  })

  test('takes one name out of a long list by one cut', () => {
    expect(patchOf(['a', 'b', 'c', 'd'], ['a', 'c', 'd'])).toEqual({ at: 1, less: 1, more: [] })
    expect(patchOf(['a', 'c'], ['a', 'b', 'c'])).toEqual({ at: 1, less: 0, more: ['b'] })
  })

  test.each([
    [7, { fields: {} }],
    [{}, { items: {} }],
    [[], { items: { 0: { value: 1 } } }],
    [['a'], { at: 0, less: 2, more: [] }],
  ])('for something else than %j is refused', (before, patch) => {
    expect(() => patched(before, patch)).toThrow('The patch is for')
  })
})

describe('the feed of states', () => {
  const walk = [states.preview, states.homeserver, states.rooms, states.joining, states.done]

  test('shows every state to whoever follows', () => {
    const feed = new StateFeed()
    const follower = new StateFollower()
    for (const state of walk) {
      expect(follower.take(feed.change(state) ?? '')).toBe(true)
      expect(follower.state).toEqual(state)
    }
    expect(feed.change(states.done)).toBeNull()
  })

  test('says a tick among 5,000 rooms in a few words', () => {
    const rooms = Array.from({ length: 5_000 }, (_, index) =>
      room(`#room-${index}:x`, { sight: 'seen', joinRule: 'public' }),
    )
    const { community } = states.rooms as Extract<OnboardingState, { step: 'rooms' }>
    const many = { ...states.rooms, community: { ...community, rooms } } as OnboardingState
    const all = after(many, { type: 'setPreset', preset: 'all' })
    const feed = new StateFeed()
    const follower = new StateFollower()
    follower.take(feed.whole(all))
    const ticked = after(all, { type: 'toggleRooms', keys: ['#room-2500:x'], isOn: false })
    const change = feed.change(ticked) ?? ''
    expect(change.length).toBeLessThan(200)
    const before = follower.state
    follower.take(change)
    expect(follower.state).toEqual(ticked)
    expect('community' in ticked && 'community' in (before ?? {})).toBe(true)
    expect(follower.state).toHaveProperty('community', before && 'community' in before && before.community)
  })

  test('tells who has missed something, who then stays with what is known until the whole comes', () => {
    const feed = new StateFeed()
    const follower = new StateFollower()
    expect(follower.take('{"from":3,"to":4,"patch":{"fields":{}}}')).toBe(false)
    follower.take(feed.whole(states.preview))
    feed.change(states.homeserver)
    expect(follower.take(feed.change(states.rooms) ?? '')).toBe(false)
    expect(follower.state).toEqual(states.preview)
    expect(follower.take(feed.whole(states.rooms))).toBe(true)
    expect(follower.state).toEqual(states.rooms)
  })
})
