import { describe, expect, test } from 'vitest'
import type { SpaceChild } from '../communities/community.ts'
import { details, factsOf, roomReport, serverReport, view } from '../testing/facts.ts'
import { checkIds, type CheckId } from './catalogue.ts'
import { checkFacts } from './check-facts.ts'
import { checkManifestText } from './check-manifest.ts'
import { checkPage } from './check-page.ts'
import { checkWorkshop } from './check-workshop.ts'
import { readDraft } from './draft.ts'
import type { Facts, RoomDetails, RoomReport } from './facts.ts'

/* For each check something that it is about, and beside it something much like it that is as it should be. */

/** What was found in the one and in the other. */
type Example = readonly [bad: readonly string[], good: readonly string[]]

const lobby = { address: '#lobby:club.example', label: 'Lobby', lobby: true, suggested: true }
const roses = { address: '#roses:club.example', label: 'Roses' }
const ferns = { address: '#ferns:club.example', label: 'Ferns' }
const club = { version: 2, name: 'Club', space: { address: '#club:club.example' }, rooms: [lobby, roses] }

const inText = (text: string): string[] => checkManifestText(text).findings.map(({ id }) => id)
const inFile = (change: object): string[] => inText(JSON.stringify({ ...club, ...change }))
const inRooms = (...rooms: object[]): string[] => inFile({ rooms: [lobby, ...rooms] })
const inPage = (...lines: string[]): string[] =>
  checkPage(lines.join('\n'), { name: 'chat.md' }).findings.map(({ id }) => id)
const page = ['# Club', '', 'Our space: #club:club.test', '', '- Roses: #roses:club.test']

const draft = readDraft(club)
const inFacts = (facts: Facts): string[] => checkFacts(facts, draft).map(({ id }) => id)
const A = '#a:example.org'
const room = (some: Partial<RoomReport>, more: Partial<Facts> = {}): string[] =>
  inFacts(factsOf([roomReport(A, some)], more))
const told = (some: Partial<RoomDetails>, more: Partial<Facts> = {}): string[] =>
  room({ details: details(some) }, more)
const atHome = (sight: 'missing' | 'unreachable' | 'private'): Partial<RoomReport> => ({
  home: view('example.org', { sight }),
  details: sight === 'private' ? details({ sight: 'private', joinRule: null }) : null,
})
const seenAs = (sight: 'seen' | 'missing' | 'limited'): string[] =>
  room({ views: [view('one.example', { sight })] })

const space = roomReport('#club:club.example', {
  path: ['space'],
  details: details({ roomId: '!space', isSpace: true }),
})
const child = (roomId: string, isSuggested = false): SpaceChild => ({
  address: roomId,
  via: [],
  isSuggested,
  within: null,
  path: [],
  facts: details({ roomId }),
})
const listedRoom = (isSuggested = false): RoomReport =>
  roomReport(A, { isSuggested, details: details({ roomId: '!a' }) })
const inSpace = (rooms: readonly RoomReport[], children: readonly SpaceChild[]): string[] =>
  inFacts(factsOf(rooms, { space, children }))
const twoRooms = (one: Partial<RoomReport>, other: Partial<RoomReport>): string[] =>
  inFacts(factsOf([roomReport(A, one), roomReport('#b:example.org', other)]))
const named = (label: string, name: string, roomId: string): Partial<RoomReport> => ({
  label,
  details: details({ name, roomId }),
})
const workshop = (people: number): string[] => checkWorkshop(people, null).map(({ id }) => id)

const plants = ['Roses', 'Ferns', 'Moss', 'Herbs', 'Vines', 'Oaks']
const governed = (purposeOfLast: string): object[] =>
  plants.map((plant, index) => ({
    address: `#${plant.toLowerCase()}-gov:club.example`,
    label: `${plant} Governance`,
    purpose: `How the ${index === 5 ? purposeOfLast : plant} group is run.`,
  }))
const swapped = (label: string): object[] =>
  plants.map((plant) => ({
    address: `#${plant.toLowerCase()}:club.example`,
    label: plant === 'Ferns' ? label : plant,
  }))

const examples: Readonly<Record<CheckId, Example>> = {
  unreadable: [inText('{"version": 2,'), inText(JSON.stringify(club))],
  schema: [inFile({ colour: 'red' }), inFile({ colour: '#cc0000' })],
  'nothing-listed': [inFile({ space: undefined, rooms: undefined }), inFile({ rooms: undefined })],
  'bad-address': [inRooms({ address: '@ada:club.example' }), inRooms(ferns)],
  'address-is-link': [inRooms({ ...roses, address: 'matrix:r/roses:club.example' }), inRooms(roses)],
  'room-twice': [inRooms(roses, roses), inRooms(roses, ferns)],
  'two-names': [inRooms(roses, { ...roses, label: 'Ferns' }), inRooms(roses, { ...roses, label: 'roses' })],
  'name-twice': [inRooms(roses, { ...ferns, label: 'Roses' }), inRooms(roses, { ...ferns, label: 'Rose' })],
  'label-address': [inRooms(...swapped('Oaks')), inRooms(...swapped('Farne'))],
  'purpose-label': [inRooms(...governed('Ferns')), inRooms(...governed('Oaks'))],
  'case-twin': [
    inRooms(roses, { address: '#Roses:club.example', label: 'More' }),
    inRooms(roses, { address: '#Roses:flowers.example', label: 'More' }),
  ],
  'look-alike': [
    inRooms({ ...roses, address: '#r\u043eses:club.example' }),
    inRooms({ ...roses, address: '#\u0440\u043e\u0437\u044b:club.example' }),
  ],
  'look-alike-name': [
    inRooms({ ...roses, label: 'R\u043eses' }),
    inRooms({ ...roses, label: '\u0420\u043e\u0437\u044b' }),
  ],
  'damaged-text': [
    inFile({ summary: 'It\u00e2\u20ac\u2122s a club' }),
    inFile({ summary: 'Café “Größe” – it’s a club' }),
  ],
  'space-as-room': [inRooms({ address: '#club:club.example', label: 'All' }), inRooms(roses)],
  'private-server': [
    inRooms({ ...roses, address: '#roses:192.168.0.7' }),
    inRooms({ ...roses, address: '#roses:203.0.114.7' }),
  ],
  'id-without-via': [inRooms({ address: '!r' }), inRooms({ address: '!r', via: ['club.example'] })],
  'id-not-alias': [inRooms({ address: '!r', via: ['club.example'] }), inRooms(roses)],
  'empty-section': [
    inFile({ sections: ['start', 'plants'].map((id) => ({ id, name: id })) }),
    inFile({ sections: ['start', 'rest'].map((id) => ({ id, name: id })) }),
  ],
  'no-space': [inFile({ space: undefined }), inFile({})],
  'no-lobby': [inFile({ rooms: [roses, ferns] }), inFile({ rooms: [roses] })],
  'many-lobbies': [inRooms({ ...roses, lobby: true }), inRooms(roses)],
  'no-suggestion': [
    inFile({ rooms: [{ ...lobby, suggested: false }, ...swapped('Ferns'), ...governed('Oaks')] }),
    inFile({ rooms: [{ ...lobby, suggested: false }, ...swapped('Ferns')] }),
  ],
  'empty-preset': [
    inFile({ presets: [{ id: 'none', name: 'None' }] }),
    inFile({ presets: [{ id: 'some', name: 'Some', rooms: [roses.address] }] }),
  ],
  'institution-without-domains': [
    inFile({ homeservers: [{ name: 'tu.example', about: 'institution' }] }),
    inFile({ homeservers: [{ name: 'tu.example', about: 'institution', domains: ['tu.example'] }] }),
  ],
  'misspelt-field': [inFile({ sumary: 'A club' }), inFile({ motto: 'A club' })],
  'one-by-one': [
    inPage(...page, '- Ferns: #ferns:club.test', '', 'You need to individually join whichever you like.'),
    inPage(...page, '- Ferns: #ferns:club.test', '', 'Join us. Rooms are moderated individually.'),
  ],
  unpublished: [
    inPage('---', 'published: false', '---', ...page),
    inPage('---', 'published: true', '---', ...page),
  ],
  'old-version': [inFile({ version: 1 }), inFile({})],

  'server-silent': [
    room({}, { servers: [serverReport('one.example', { isReachable: false })] }),
    room({}, { servers: [serverReport('one.example')] }),
  ],
  'server-unreachable': [room(atHome('unreachable')), seenAs('missing')],
  'room-missing': [room(atHome('missing')), seenAs('missing')],
  'room-hidden': [room(atHome('private')), told({ joinRule: 'public' })],
  'unreachable-from': [seenAs('missing'), seenAs('seen')],
  moved: [room({ movedTo: { roomId: '!new', name: 'New' } }), room({ movedTo: null })],
  'invite-only': [told({ joinRule: 'invite' }), told({ joinRule: 'public' })],
  'asks-first': [told({ joinRule: 'knock' }), told({ joinRule: 'public' })],
  'restricted-elsewhere': [
    told({ joinRule: 'restricted', allowedRoomIds: ['!other'] }, { space, children: [child('!room')] }),
    told({ joinRule: 'restricted', allowedRoomIds: ['!space'] }, { space, children: [child('!room')] }),
  ],
  'is-space': [told({ isSpace: true }), told({ isSpace: false })],
  'not-a-space': [
    inFacts(factsOf([], { space: roomReport(A), children: [] })),
    inFacts(factsOf([], { space, children: [] })),
  ],
  'same-room': [
    twoRooms({ details: details({ roomId: '!x' }) }, { details: details({ roomId: '!x' }) }),
    twoRooms({ details: details({ roomId: '!x' }) }, { details: details({ roomId: '!y' }) }),
  ],
  'name-differs': [room(named('Roses', 'Ferns', '!a')), room(named('Roses', 'The roses room', '!a'))],
  'name-of-another': [
    twoRooms(named('Roses', 'Ferns', '!a'), named('Ferns', 'Roses', '!b')),
    twoRooms(named('Roses', 'Roses', '!a'), named('Ferns', 'Ferns', '!b')),
  ],
  'version-too-new': [
    told({ version: '12' }, { servers: [serverReport('one.example', { roomVersions: ['11'] })] }),
    told({ version: '12' }, { servers: [serverReport('one.example', { roomVersions: ['11', '12'] })] }),
  ],
  'not-in-space': [inSpace([listedRoom()], [child('!b')]), inSpace([listedRoom()], [child('!a')])],
  'not-listed': [inSpace([listedRoom()], [child('!a'), child('!b')]), inSpace([listedRoom()], [child('!a')])],
  'suggestions-differ': [
    inSpace([listedRoom(false)], [child('!a', true)]),
    inSpace([listedRoom(true)], [child('!a', true)]),
  ],
  'join-time': [twoRooms({}, {}), room({})],
  encrypted: [told({ isEncrypted: true }), told({ isEncrypted: false })],
  'privacy-differs': [
    checkFacts(
      factsOf([roomReport(A, { details: details({ isEncrypted: true }) })]),
      readDraft({ ...club, privacy: { encrypted: false } }),
    ).map(({ id }) => id),
    checkFacts(
      factsOf([roomReport(A, { details: details({ isEncrypted: true }) })]),
      readDraft({ ...club, privacy: { encrypted: true } }),
    ).map(({ id }) => id),
  ],
  'nobody-there': [told({ members: 1 }), told({ members: 2 })],
  'account-needed': [room({}, { isSignedIn: false }), room({}, { isSignedIn: true })],
  'not-asked': [seenAs('limited'), seenAs('seen')],
  'workshop-join-wave': [workshop(50), workshop(49)],
  'workshop-sign-up': [workshop(4), workshop(3)],
  'workshop-sign-in': [workshop(6), workshop(5)],
}

describe('every check', () => {
  test.each(checkIds)('%s: says so, and keeps silent beside it', (id) => {
    const [bad, good] = examples[id]
    expect(bad).toContain(id)
    expect(good).not.toContain(id)
  })
})
