import {
  array,
  assert,
  boolean,
  constantFrom,
  option,
  property,
  record as recordOf,
  uniqueArray,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import { community, facts, room } from '../testing/communities.ts'
import { idOf, joinedIn, sighting, silence } from '../testing/joined.ts'
import { changesOf, freshRooms, type Found } from './compare.ts'
import { acknowledged, noChanges, type JoinedCommunity } from './joined-community.ts'

const open = { sight: 'seen', joinRule: 'public' } as const
const space = { address: '#space:x', via: [], name: 'Club', roomId: '!space:x' }
const club = community(
  ['#lobby:x', '#tools:x', '#aside:x'].map((key) => room(key, { ...open, roomId: idOf(key) })),
  { space },
)
const page = community(
  ['#lobby:x', '#tools:x', '#aside:x'].map((key) => room(key)),
  { space },
)
const record = joinedIn(club, ['#space:x', '#lobby:x', '#tools:x'])
const asBefore = new Map([sighting('#lobby:x'), sighting('#tools:x')])

function look(own: Partial<Found>, of: JoinedCommunity = record) {
  return changesOf(of, { ...silence, described: page, sightings: asBefore, ...own })
}

function withPage(...keys: string[]): Partial<Found> {
  return { described: community([...page.rooms, ...keys.map((key) => room(key))], { space }) }
}

describe('nothing new', () => {
  test('where all is as it was', () => {
    expect(look({})).toEqual(noChanges)
  })

  test('where nobody answers', () => {
    expect(changesOf(record, silence)).toEqual(noChanges)
  })

  test('where an alias still leads to a room that Foyer has followed on', () => {
    // Joined by way of its replacement, while the alias stayed with the old one.
    const followed = joinedIn(club, ['#lobby:x', '#tools:x'])
    const joined = followed.joined.map((each) =>
      each.key === '#tools:x' ? { ...each, roomId: '!tools-2:x' } : each,
    )
    expect(look({}, { ...followed, joined })).toEqual(noChanges)
  })
})

describe('new rooms', () => {
  test('are those of the page that the newcomer hasn’t been shown, by their own names', () => {
    const { added } = look({
      ...withPage('#new:x'),
      sightings: new Map([...asBefore, sighting('#new:x', { name: 'Brand new' })]),
    })
    expect(added).toEqual([{ key: '#new:x', name: 'Brand new', roomId: '!new:x', isInside: false }])
  })

  test('are not those that were left aside', () => {
    expect(freshRooms(record, page)).toEqual([])
  })

  test.each([
    ['nobody has seen yet', []],
    ['are not there', [sighting('#new:x', { sight: 'missing', roomId: null })]],
    ['are by invitation', [sighting('#new:x', { joinRule: 'invite' })]],
    ['are known by another address', [sighting('#new:x', { roomId: idOf('#aside:x') })]],
  ])('are not those that %s', (_name, more) => {
    expect(look({ ...withPage('#new:x'), sightings: new Map([...asBefore, ...more]) }).added).toEqual([])
  })

  test('stay news while their server keeps silent, and while the page can’t be read', () => {
    const added = [{ key: '#new:x', name: 'New', roomId: null, isInside: false }]
    const told = { ...record, changes: { ...noChanges, added } }
    expect(look(withPage('#new:x'), told).added).toMatchObject([{ key: '#new:x' }])
    expect(look({ described: null }, told).added).toEqual(added)
    expect(look({}, told).added).toEqual([])
  })

  const child = {
    address: '!inside:x',
    via: ['x'],
    facts: facts({ roomId: '!inside:x', name: 'Inside' }),
    isSuggested: false,
    within: null,
    path: [],
  }

  test('are seen inside the space by a member who knows what was there, and stay news without one', () => {
    const looked = { ...record, inside: ['!old:x'] }
    const seen = look({ children: [child] }, looked)
    expect(seen.added).toEqual([{ key: '!inside:x', name: 'Inside', roomId: '!inside:x', isInside: true }])
    expect(look({}, { ...looked, changes: seen }).added).toEqual(seen.added)
    expect(look({ children: [] }, { ...looked, changes: seen }).added).toEqual([])
    expect(look({ children: [child] }, { ...record, inside: ['!inside:x'] }).added).toEqual([])
    expect(look({ children: [child] }).added).toEqual([])
  })

  test('are not told twice: the page’s and the space’s, or what a moved room has become', () => {
    const looked = { ...record, inside: [] }
    const sightings = new Map([...asBefore, sighting('#new:x', { roomId: '!inside:x' })])
    expect(look({ ...withPage('#new:x'), sightings, children: [child] }, looked).added).toHaveLength(1)
    const moved = look(
      { children: [child], replacements: new Map([[idOf('#tools:x'), '!inside:x']]) },
      looked,
    )
    expect(moved).toEqual({
      ...noChanges,
      moved: [{ key: '#tools:x', name: 'tools', roomId: '!inside:x' }],
    })
  })
})

describe('moved rooms', () => {
  test('are those whose address leads elsewhere', () => {
    const sightings = new Map([sighting('#lobby:x'), sighting('#tools:x', { roomId: '!tools-2:x' })])
    expect(look({ sightings })).toEqual({
      ...noChanges,
      moved: [{ key: '#tools:x', name: 'tools', roomId: '!tools-2:x' }],
    })
  })

  test('are told once', () => {
    const sightings = new Map([sighting('#lobby:x'), sighting('#tools:x', { roomId: '!tools-2:x' })])
    const seen = acknowledged({ ...record, changes: look({ sightings }) }, 2_000)
    expect(look({ sightings }, seen)).toEqual(noChanges)
  })

  test('are not those that the newcomer left aside', () => {
    const sightings = new Map([...asBefore, sighting('#aside:x', { roomId: '!aside-2:x' })])
    expect(look({ sightings })).toEqual(noChanges)
  })
})

describe('closed rooms', () => {
  test.each([
    ['whose address is gone', { sight: 'missing', roomId: null }, 'gone'],
    ['that say so', { joinRule: 'invite' }, 'invite'],
    ['that hide themselves now', { sight: 'private', joinRule: null }, 'invite'],
  ] as const)('are those %s', (_name, own, why) => {
    const sightings = new Map([sighting('#lobby:x'), sighting('#tools:x', own)])
    expect(look({ sightings }).closed).toEqual([{ key: '#tools:x', name: 'tools', why }])
  })

  test('are not those of which a server knows nothing that isn’t in them', () => {
    const away = { sight: 'private', joinRule: null, isHome: false } as const
    expect(look({ sightings: new Map([sighting('#lobby:x'), sighting('#tools:x', away)]) })).toEqual(
      noChanges,
    )
  })

  test('are those that the page lists no more, unless it has another address for them', () => {
    const [lobby = room('#lobby:x')] = page.rooms
    expect(look({ described: community([lobby], { space }) }).closed).toEqual([
      { key: '#tools:x', name: 'tools', why: 'unlisted' },
    ])
    const described = community([lobby, room('#instruments:x')], { space })
    expect(look({ described })).toEqual(noChanges)
    const same = sighting('#instruments:x', { roomId: idOf('#tools:x') })
    expect(look({ described, sightings: new Map([...asBefore, same]) })).toEqual(noChanges)
  })

  test('stay closed while their server keeps silent, and open again when it says so', () => {
    const closed = [{ key: '#tools:x', name: 'tools', why: 'gone' }] as const
    const told = { ...record, changes: { ...noChanges, closed } }
    expect(look({ sightings: new Map([sighting('#lobby:x')]) }, told).closed).toEqual(closed)
    expect(look({}, told).closed).toEqual([])
  })

  test('are told once', () => {
    const sightings = new Map([
      sighting('#lobby:x'),
      sighting('#tools:x', { sight: 'missing', roomId: null }),
    ])
    const seen = acknowledged({ ...record, changes: look({ sightings }) }, 2_000)
    expect(look({ sightings }, seen)).toEqual(noChanges)
  })
})

describe('whatever servers say', () => {
  const keys = constantFrom('#lobby:x', '#tools:x', '#aside:x', '#new:x', '#newer:x')
  const seen = recordOf({
    key: keys,
    sight: constantFrom('seen', 'private', 'missing'),
    roomId: constantFrom(null, '!lobby:x', '!tools:x', '!one:x', '!two:x'),
    joinRule: constantFrom(null, 'public', 'invite', 'knock'),
    isHome: boolean(),
  })
  const found = recordOf({
    page: option(uniqueArray(keys)),
    seen: array(seen),
    inside: option(uniqueArray(constantFrom('!lobby:x', '!one:x', '!two:x'))),
    replaced: option(constantFrom('!one:x', '!two:x', '!lobby:x')),
  }).map((each): Found => ({
    described:
      each.page === null
        ? null
        : community(
            each.page.map((key) => room(key)),
            { space },
          ),
    sightings: new Map(each.seen.map(({ key, ...own }) => sighting(key, own))),
    children:
      each.inside?.map((address) => ({
        address,
        via: [],
        facts: facts({ roomId: address }),
        isSuggested: false,
        within: null,
        path: [],
      })) ?? null,
    replacements: new Map(each.replaced === null ? [] : [['!tools:x', each.replaced]]),
  }))

  test('each room is news once, and what was seen is news no more', () => {
    assert(
      property(array(found, { minLength: 1, maxLength: 5 }), boolean(), (looks, hasLooked) => {
        let now: JoinedCommunity = { ...record, inside: hasLooked ? [] : null }
        for (const each of looks) {
          now = { ...now, changes: changesOf(now, each) }
          const { added, moved, closed } = now.changes
          const all = [...added, ...moved, ...closed].map(({ key }) => key)
          expect(new Set(all).size).toBe(all.length)
          expect(
            moved.every(({ key, roomId }) =>
              record.joined.some((own) => own.key === key && own.roomId !== roomId),
            ),
          ).toBe(true)
          expect(
            added.some(({ key }) => record.joined.some((own) => own.key === key || own.roomId === key)),
          ).toBe(false)
          // The same look says the same once more, and nothing after the newcomer has seen it.
          expect(changesOf(now, each)).toEqual(now.changes)
          const after = changesOf(acknowledged(now, 2_000), each)
          expect(after.added).toEqual([])
          expect(after.moved).toEqual([])
          expect(after.closed).toEqual([])
        }
      }),
    )
  })

  test('silence changes nothing', () => {
    assert(
      property(found, (each) => {
        const now = { ...record, inside: [], changes: changesOf({ ...record, inside: [] }, each) }
        expect(changesOf(now, silence)).toEqual(now.changes)
      }),
    )
  })
})
