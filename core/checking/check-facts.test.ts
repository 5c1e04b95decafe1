import { describe, expect, test } from 'vitest'
import type { SpaceChild } from '../communities/community.ts'
import { hasHiddenCharacters } from '../text/plain-text.ts'
import { details, factsOf, roomReport, serverReport, view } from '../testing/facts.ts'
import { checkFacts } from './check-facts.ts'
import { checkWorkshop } from './check-workshop.ts'
import { readDraft } from './draft.ts'
import type { Facts, RoomReport } from './facts.ts'
import { standingOf } from './standing.ts'

const A = '#a:example.org'
const draft = readDraft({
  version: 2,
  name: 'A',
  rooms: [{ address: A }, { address: '#b:example.org' }],
  privacy: { public: false, encrypted: false },
})

function found(facts: Facts): string[] {
  return checkFacts(facts, draft).map((each) => each.id)
}

/** One room that is as usual but for this, seen from one homeserver. */
function one(some: Partial<RoomReport>, more: Partial<Facts> = {}): Facts {
  return factsOf([roomReport(A, some)], more)
}

const space = roomReport('#space:example.org', {
  path: ['space'],
  details: details({ roomId: '!space', isSpace: true }),
})

function child(roomId: string, some: Partial<SpaceChild> = {}, name: string | null = null): SpaceChild {
  return {
    address: roomId,
    via: [],
    isSuggested: false,
    within: null,
    path: [],
    facts: details({ roomId, name }),
    ...some,
  }
}

describe('what homeservers say', () => {
  test('all is well', () => {
    expect(found(one({}))).toEqual([])
  })

  test.each<[string[], Facts]>([
    [['room-missing'], one({ home: view('example.org', { sight: 'missing' }), details: null })],
    [['server-unreachable'], one({ home: view('example.org', { sight: 'unreachable' }), details: null })],
    [
      ['room-hidden'],
      one({
        home: view('example.org', { sight: 'private' }),
        details: details({ sight: 'private', joinRule: null }),
      }),
    ],
    [['unreachable-from'], one({ views: [view('one.example', { sight: 'unreachable' })] })],
    [['unreachable-from'], one({ views: [view('one.example', { sight: 'missing' })] })],
    [['not-asked'], one({ views: [view('one.example', { sight: 'limited' })] })],
    [
      ['server-silent'],
      one(
        { views: [view('one.example', { sight: 'unreachable' })] },
        { servers: [serverReport('one.example', { isReachable: false })] },
      ),
    ],
    [['moved'], one({ movedTo: { roomId: '!new', name: 'New' } })],
    [['invite-only'], one({ details: details({ joinRule: 'invite' }) })],
    [['asks-first'], one({ details: details({ joinRule: 'knock' }) })],
    [
      ['restricted-elsewhere'],
      one({ details: details({ joinRule: 'restricted', allowedRoomIds: ['!other'] }) }),
    ],
    [['restricted-elsewhere'], one({ details: details({ joinRule: 'restricted', allowedRoomIds: [] }) })],
    [['asks-first'], one({ details: details({ joinRule: 'knock_restricted', allowedRoomIds: ['!other'] }) })],
    [[], one({ details: details({ joinRule: 'restricted', allowedRoomIds: null }) })],
    [['is-space'], one({ details: details({ isSpace: true }) })],
    [['nobody-there'], one({ details: details({ members: 1 }) })],
    [['name-differs'], one({ label: 'Gardening', details: details({ name: 'Cooking' }) })],
    [[], one({ label: 'Gardening', details: details({ name: 'The gardening room' }) })],
    [[], one({ label: 'General', details: details({ name: 'Garden Club' }) })],
    [['privacy-differs'], one({ details: details({ isEncrypted: true }) })],
    [['privacy-differs'], one({ details: details({ isWorldReadable: true }) })],
    [['account-needed'], one({}, { isSignedIn: false })],
    [['account-needed'], one({}, { unseenRooms: 1 })],
    [
      ['version-too-new'],
      one(
        { details: details({ version: '12' }) },
        { servers: [serverReport('one.example', { roomVersions: ['10', '11'] })] },
      ),
    ],
    [
      ['version-too-new'],
      one(
        { details: details({ version: '11' }) },
        { servers: [serverReport('one.example', { software: { name: 'Synapse', version: '1.88.0' } })] },
      ),
    ],
    [
      [],
      one(
        { details: details({ version: '11' }) },
        { servers: [serverReport('one.example', { software: { name: 'Synapse', version: '1.163.0' } })] },
      ),
    ],
    [
      [],
      one(
        { details: details({ version: '12' }) },
        { servers: [serverReport('one.example', { software: { name: 'Other', version: '0.1' } })] },
      ),
    ],
    [['not-a-space'], factsOf([], { space: roomReport(A), children: [] })],
    [['account-needed'], factsOf([], { space, children: null })],
  ])('%j', (ids, facts) => {
    expect(found(facts)).toEqual(ids)
  })

  test('a room for members of the space, or of a space within it, is fine', () => {
    const forMembersOf = (id: string): Facts =>
      one(
        { details: details({ roomId: '!a', joinRule: 'restricted', allowedRoomIds: [id] }) },
        {
          space,
          children: [child('!a'), child('!inner', { facts: details({ roomId: '!inner', isSpace: true }) })],
        },
      )
    expect(found(forMembersOf('!space'))).toEqual([])
    expect(found(forMembersOf('!inner'))).toEqual([])
    expect(found(forMembersOf('!other'))).toEqual(['restricted-elsewhere'])
  })

  test('the list and the space', () => {
    const rooms = [
      roomReport(A, {
        label: 'Roses',
        isSuggested: true,
        details: details({ roomId: '!old', name: 'Roses' }),
      }),
      roomReport('#b:example.org', { details: details({ roomId: '!b' }) }),
    ]
    const children = [
      child('!b', { isSuggested: true }),
      child('!new', {}, 'Roses'),
      child('!c', {}, 'Ferns'),
    ]
    const findings = checkFacts(factsOf(rooms, { space, children }), draft)
    expect(findings.map((each) => each.id)).toEqual([
      'not-in-space',
      'not-listed',
      'suggestions-differ',
      'join-time',
    ])
    expect(findings[0]?.message).toBe(
      `${A} isn’t in the space. The space has another room called “Roses”, !new.`,
    )
    expect(findings[1]?.message).toContain('“Roses” and “Ferns”')
  })

  test('two addresses of one room, and exchanged labels', () => {
    const same = details({ roomId: '!same' })
    expect(
      found(factsOf([roomReport(A, { details: same }), roomReport('#b:example.org', { details: same })])),
    ).toEqual(['same-room', 'join-time'])
    const exchanged = [
      roomReport(A, { label: 'Roses', details: details({ roomId: '!1', name: 'Ferns' }) }),
      roomReport('#b:example.org', { label: 'Ferns', details: details({ roomId: '!2', name: 'Roses' }) }),
    ]
    expect(found(factsOf(exchanged)).filter((id) => id === 'name-of-another')).toHaveLength(2)
  })

  test('how long joining takes depends on where the rooms are', () => {
    const rooms = Array.from({ length: 33 }, (_, index) =>
      roomReport(`#r${index}:example.org`, {
        views: [view('near.example'), view('far.example', { isHere: false })],
      }),
    )
    const servers = [serverReport('near.example'), serverReport('far.example')]
    expect(checkFacts(factsOf(rooms, { servers }), null).map((each) => each.message)).toEqual([
      'near.example is in 33 of 33 rooms; joining all takes about 4 min.',
      'far.example is in 0 of 33 rooms; joining all takes about 39 min.',
    ])
  })

  test('a server that is away is said once, with its rooms', () => {
    const away = view('example.org', { sight: 'unreachable' })
    const rooms = ['#x', '#y', '#z'].map((name) =>
      roomReport(`${name}:example.org`, {
        home: away,
        details: null,
        views: [view('one.example', { sight: 'unreachable' })],
      }),
    )
    const [first] = checkFacts(factsOf(rooms), null).filter((each) => each.severity === 'error')
    expect(found(factsOf(rooms)).filter((id) => id !== 'join-time')).toEqual(['server-unreachable'])
    expect(first?.message).toContain('#x:example.org, #y:example.org and #z:example.org')
  })

  test('names that servers send can’t break a line', () => {
    const facts = one({
      label: 'Roses',
      details: details({ name: 'Ferns\n::error::\u001B[31m\u202Eplanted' }),
    })
    const [shown] = checkFacts(facts, draft)
    expect(hasHiddenCharacters(shown?.message ?? '\n')).toBe(false)
  })

  test('standings', () => {
    const facts = one({})
    const room = roomReport(A)
    const of = (report: RoomReport, sight = view('one.example')): string =>
      standingOf(facts, report, sight, facts.servers[0])
    expect(of(room)).toBe('here')
    expect(of(room, view('one.example', { isHere: false }))).toBe('open')
    expect(of(room, view('one.example', { sight: 'missing' }))).toBe('missing')
    expect(of({ ...room, movedTo: { roomId: '!n', name: null } })).toBe('moved')
    expect(of({ ...room, details: details({ joinRule: 'invite' }) })).toBe('closed')
    expect(of({ ...room, details: null })).toBe('unknown')
  })
})

describe('before a workshop', () => {
  const server = (signUp: NonNullable<Facts['servers'][number]['signUp']>): Facts =>
    factsOf([], { servers: [serverReport('one.example', { signUp })] })

  test.each<[number, Facts | null, string[]]>([
    [3, null, []],
    [5, null, ['workshop-sign-up']],
    [20, null, ['workshop-sign-up', 'workshop-sign-in']],
    [50, null, ['workshop-join-wave', 'workshop-sign-up', 'workshop-sign-in']],
    [20, server('closed'), ['workshop-sign-in']],
    [20, server('token'), ['workshop-sign-up', 'workshop-sign-in']],
  ])('%i people', (people, facts, ids) => {
    expect(checkWorkshop(people, facts).map((each) => each.id)).toEqual(ids)
  })

  test('figures: three at once, then three an hour with MAS, and one each six seconds with Synapse', () => {
    expect(checkWorkshop(21, server('browser'))[0]?.message).toContain('21 accounts take 6 h')
    expect(checkWorkshop(23, server('open'))[0]?.message).toContain('23 accounts take 2 min')
    expect(checkWorkshop(15, null).at(-1)?.message).toContain('takes 56 min')
  })
})
