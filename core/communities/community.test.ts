import { describe, expect, test } from 'vitest'
import { community, facts, room } from '../testing/communities.ts'
import {
  communityFromAddress,
  lobbyOf,
  roomTitle,
  withFacts,
  withSpaceChildren,
  type SpaceChild,
} from './community.ts'

const space = { address: '#space:x', via: ['x'], name: null, roomId: null }

function child(roomId: string, own: Parameters<typeof facts>[0] = {}): SpaceChild {
  return {
    address: roomId,
    via: ['x'],
    facts: facts({ roomId, ...own }),
    isSuggested: false,
    within: null,
    path: [],
  }
}

describe('the rooms of a space', () => {
  test('are merged with listed ones by ID and by address; the others follow in the space’s order', () => {
    const listed = [room('#a:x', { roomId: '!a', section: 'start' }), room('!b'), room('#c:x')]
    const merged = withSpaceChildren(community(listed, { space }), [
      child('!z', { name: 'Zoo' }),
      child('!b', { name: 'Bar' }),
      child('!a', { name: 'Ada', joinRule: 'restricted' }),
      child('!y'),
    ])
    expect(merged.rooms.map((each) => [each.key, each.section, each.name])).toEqual([
      ['#a:x', 'start', 'Ada'],
      ['!b', 'rooms', 'Bar'],
      ['#c:x', 'rooms', null],
      ['!z', 'rest', 'Zoo'],
      ['!y', 'rest', null],
    ])
    expect(merged.rooms[0]).toMatchObject({ joinRule: 'restricted', label: 'a' })
    expect(merged.roomCount).toBe(5)
    expect(merged.sections.map((each) => each.id)).toEqual(['rooms', 'rest'])
  })

  test('subspaces are no rooms', () => {
    const merged = withSpaceChildren(community([], { space }), [
      child('!sub', { isSpace: true }),
      child('!a'),
    ])
    expect(merged.rooms.map((each) => each.key)).toEqual(['!a'])
  })

  test('a hidden child tells nothing of a listed room, and stands for itself otherwise', () => {
    const seen = room('#a:x', { roomId: '!a', name: 'Ada', sight: 'seen', joinRule: 'public' })
    const merged = withSpaceChildren(community([seen], { space }), [
      child('!a', { sight: 'private', joinRule: null }),
      child('!b', { sight: 'private', joinRule: null }),
    ])
    expect(merged.rooms[0]).toBe(seen)
    expect(merged.rooms[1]).toMatchObject({ key: '!b', sight: 'private', section: 'rest' })
  })

  test('no section for the rest where nothing is left for it, and never a second one', () => {
    const listed = community([room('!a')], { space })
    expect(withSpaceChildren(listed, [child('!a')]).sections).toBe(listed.sections)
    const once = withSpaceChildren(listed, [child('!b')])
    expect(withSpaceChildren(once, [child('!b'), child('!c')]).sections).toHaveLength(2)
  })

  test('rooms of a subspace stand under its name, after those of the space itself', () => {
    const inside = (roomId: string, name: string, address: string) => ({
      ...child(address),
      within: { roomId, name },
    })
    const opened = communityFromAddress({ address: '#space:x', via: [] }, facts({ isSpace: true }))
    const merged = withSpaceChildren(opened, [
      inside('!plants', 'Plants', '!rose'),
      child('!lobby'),
      inside('!tools', 'Tools', '!spade'),
      inside('!plants', 'Plants', '!fern'),
    ])
    expect(merged.sections).toEqual([
      { id: 'rest', name: '' },
      { id: '!plants', name: 'Plants' },
      { id: '!tools', name: 'Tools' },
    ])
    expect(merged.rooms.map(({ key, section }) => [key, section])).toEqual([
      ['!rose', '!plants'],
      ['!lobby', 'rest'],
      ['!spade', '!tools'],
      ['!fern', '!plants'],
    ])
    expect(withSpaceChildren(merged, [inside('!tools', 'Tools', '!rake')]).sections).toHaveLength(3)
  })

  test('a subspace named like a section of the page is that section; others come before the rest', () => {
    const listed = community([room('#a:x', { section: 'plants' })], {
      space,
      sections: [
        { id: 'plants', name: 'Plants' },
        { id: 'rest', name: 'More' },
      ],
    })
    const merged = withSpaceChildren(listed, [
      { ...child('!rose'), within: { roomId: '!plants', name: 'Plants' } },
      { ...child('!spade'), within: { roomId: '!tools', name: 'Tools' } },
    ])
    expect(merged.sections.map(({ id }) => id)).toEqual(['plants', '!tools', 'rest'])
    expect(merged.rooms.map(({ section }) => section)).toEqual(['plants', 'plants', '!tools'])
  })

  test('two rooms that nobody could name are not taken for one', () => {
    const merged = withSpaceChildren(community([room('#a:x')], { space }), [child('!b')])
    expect(merged.rooms).toHaveLength(2)
  })
})

describe('facts', () => {
  test('of the space go to the space', () => {
    const told = withFacts(community([], { space }), '#space:x', facts({ name: 'Club', roomId: '!space' }))
    expect(told.space).toMatchObject({ name: 'Club', roomId: '!space' })
    // An ID once known is not forgotten.
    expect(withFacts(told, '#space:x', facts()).space?.roomId).toBe('!space')
  })

  test('of a room leave the others as they are, and of a stranger everything', () => {
    const before = community([room('#a:x'), room('#b:x')])
    const after = withFacts(before, '#b:x', facts({ members: 3 }))
    expect(after.rooms[0]).toBe(before.rooms[0])
    expect(after.rooms[1]?.members).toBe(3)
    expect(withFacts(before, '#stranger:x', facts())).toBe(before)
  })
})

describe('a pasted address', () => {
  test('of a room: the room is the lobby, its server the first homeserver', () => {
    const link = { address: '#a:own.example', via: ['far.example'] }
    const made = communityFromAddress(link, facts({ name: '  élan', topic: 'T', roomId: '!a' }))
    expect(made).toMatchObject({
      initials: 'É',
      summary: 'T',
      space: null,
      roomCount: 1,
      sections: [{ id: 'rooms' }],
      rooms: [{ key: '#a:own.example', isLobby: true, isSuggested: true, roomId: '!a' }],
    })
    expect(made.homeservers.map((each) => each.name)).toEqual(['own.example', 'matrix.org'])
  })

  test('of a space: its rooms are still to come', () => {
    const made = communityFromAddress(
      { address: '!s', via: ['matrix.org'] },
      facts({ isSpace: true, roomId: '!s' }),
    )
    expect(made).toMatchObject({ space: { address: '!s', roomId: '!s' }, rooms: [], roomCount: 0 })
    // The server of a room ID is never guessed from it; matrix.org is offered once.
    expect(made.homeservers.map((each) => each.name)).toEqual(['matrix.org'])
  })

  test('a name without letters has a sign of its own', () => {
    expect(communityFromAddress({ address: '#a:x', via: [] }, facts({ name: '🎉' })).initials).toBe('#')
  })
})

test('titles: the server’s name, the page’s, the alias, never a room ID', () => {
  expect(roomTitle(room('#a:x', { name: 'Ada' }))).toBe('Ada')
  expect(roomTitle(room('#a:x'))).toBe('a')
  expect(roomTitle(room('#a:x', { label: null }))).toBe('#a:x')
  expect(roomTitle(room('!a', { label: null }))).toBe('')
})

test('the lobby is the marked room, else the first', () => {
  const marked = room('#b:x', { isLobby: true })
  expect(lobbyOf(community([room('#a:x'), marked]))).toBe(marked)
  expect(lobbyOf(community([room('#a:x')]))?.key).toBe('#a:x')
  expect(lobbyOf(community([]))).toBeNull()
})
