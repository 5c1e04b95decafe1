import { describe, expect, test } from 'vitest'
import { community, room } from '../testing/communities.ts'
import { mayLieDeeper, planJoins, planMore } from './plan.ts'

const space = { address: '#space:x', via: ['x'], name: null, roomId: '!space' }

test('the space first, then the lobby, then the rest in the page’s order', () => {
  const rooms = [room('#a:x'), room('#b:x'), room('#lobby:x', { isLobby: true })]
  const queue = planJoins(community(rooms, { space }), ['#lobby:x', '#b:x', '#a:x'])
  expect(queue.entries.map((entry) => entry.key)).toEqual(['#space:x', '#lobby:x', '#a:x', '#b:x'])
  expect(queue.entries[0]).toMatchObject({ kind: 'space', roomId: '!space', status: 'queued' })
})

test('only what was chosen, and nothing that does not exist', () => {
  const queue = planJoins(community([room('#a:x'), room('#b:x')]), ['#b:x', '#gone:x'])
  expect(queue.entries.map((entry) => entry.key)).toEqual(['#b:x'])
})

test('a space that is listed among the rooms is joined once', () => {
  const queue = planJoins(community([room('#space:x'), room('#a:x')], { space }), ['#space:x', '#a:x'])
  expect(queue.entries.map((entry) => entry.kind)).toEqual(['space', 'room'])
})

test.each([
  ['restricted', 'seen', true, false],
  ['knock_restricted', 'seen', true, false],
  ['knock', 'seen', false, true],
  ['public', 'seen', false, false],
  [null, 'private', true, false],
  [null, 'unreachable', false, false],
] as const)('a %s, %s room', (joinRule, sight, needsSpace, isKnock) => {
  const [entry] = planJoins(community([room('#a:x', { joinRule, sight })]), ['#a:x']).entries
  expect(entry).toMatchObject({ needsSpace, isKnock })
})

test('where rooms are is known for those with an ID only', () => {
  const rooms = [room('#a:x', { roomId: '!a' }), room('#b:x', { roomId: '!b' }), room('#c:x')]
  const keys = ['#a:x', '#b:x', '#c:x']
  const places = planJoins(community(rooms), keys, ['#a:x', '#c:x']).entries.map((entry) => entry.isLocal)
  expect(places).toEqual([true, false, null])
  expect(planJoins(community(rooms), keys).entries.every((entry) => entry.isLocal === null)).toBe(true)
})

test('rooms from inside the space are added once, whatever they are called', () => {
  const queue = planJoins(community([room('#a:x', { roomId: '!a' })]), ['#a:x'])
  const more = planMore(queue, [room('#a:x'), room('!a', { roomId: '!a' }), room('!new', { roomId: '!new' })])
  expect(more.entries.map((entry) => entry.key)).toEqual(['#a:x', '!new'])
  expect(more.entries[0]).toBe(queue.entries[0])
})

describe('rooms for members of a space inside', () => {
  const outer = { address: '!outer', via: ['x'] }
  const inner = { address: '!inner', via: ['y'] }
  const deep = room('#deep:x', { joinRule: 'restricted', path: [outer, inner] })

  test('the spaces that lead to it come first, each behind the one around it', () => {
    const { entries } = planJoins(community([room('#a:x'), deep], { space }), ['#a:x', '#deep:x'])
    expect(entries.map(({ key, kind, behind }) => [key, kind, behind])).toEqual([
      ['#space:x', 'space', null],
      ['!outer', 'gateway', null],
      ['!inner', 'gateway', '!outer'],
      ['#a:x', 'room', null],
      ['#deep:x', 'room', '!inner'],
    ])
  })

  test('one that shows itself only now was named as closed before', () => {
    const hidden = room('!late', { sight: 'private', label: null, path: [outer] })
    const named = planMore(planJoins(community([], { space }), []), [hidden])
    expect(named.entries.map(({ key, status }) => [key, status])).toEqual([
      ['#space:x', 'queued'],
      ['!outer', 'queued'],
      ['!late', 'notJoined'],
    ])
    const shown = planMore(named, [{ ...hidden, sight: 'seen', joinRule: 'restricted' }])
    expect(shown.entries.map(({ key, status }) => [key, status])).toEqual([
      ['#space:x', 'queued'],
      ['!outer', 'queued'],
      ['!late', 'queued'],
    ])
  })

  test('one that turns out to be a space is joined for what it hides, or not at all', () => {
    const hidden = (key: string) => room(key, { sight: 'private', label: null, path: [outer] })
    const named = planMore(planJoins(community([], { space }), []), [hidden('!inner'), hidden('!idle')])
    const last = room('!last', { sight: 'private', label: null, path: [outer, inner] })
    const shown = planMore(named, [last], ['!outer', '!inner', '!idle'])
    expect(shown.entries.map(({ key, kind, status }) => [key, kind, status])).toEqual([
      ['#space:x', 'space', 'queued'],
      ['!outer', 'gateway', 'queued'],
      ['!inner', 'gateway', 'queued'],
      ['!idle', 'gateway', 'notJoined'],
      ['!last', 'room', 'notJoined'],
    ])
  })

  test('one in line learns what it is behind', () => {
    const before = planJoins(community([room('#deep:x', { sight: 'private' })], { space }), ['#deep:x'])
    expect(mayLieDeeper(before)).toBe(true)
    const after = planMore(before, [deep])
    expect(after.entries.map(({ key, behind }) => [key, behind])).toEqual([
      ['#space:x', null],
      ['#deep:x', '!inner'],
      ['!outer', null],
      ['!inner', '!outer'],
    ])
    expect(mayLieDeeper(after)).toBe(false)
  })
})
