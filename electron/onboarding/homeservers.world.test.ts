import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { communityFromManifest, type Community } from '../../core/communities/community.ts'
import { fitOf, roomsToPlace, type RoomPlace } from '../../core/homeservers/fit.ts'
import type { HomeserverCard } from '../../core/onboarding/state.ts'
import { HomeserverDirectory } from '../../matrix/homeserver/discover.ts'
import { amongStrangers } from '../../matrix/homeserver/strangers.ts'
import { RoomPlaces } from '../../matrix/homeserver/room-places.ts'
import { askAdmin, resolveAlias } from '../../practice/admin.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import { serverNames, type ServerName } from '../../practice/servers.ts'
import { readManifests } from '../communities.ts'
import { brand } from '../../matrix/account/oauth/own-brand.ts'
import { fail } from '../../core/result.ts'
import { BundledCatalogue } from '../homeservers/catalogue.ts'
import { realClock } from './clock.ts'
import { askCandidate, blankCard } from './homeserver-flow.ts'
import type { OnboardingPorts } from './ports.ts'
import { findInstitution, findTyped } from './typed-homeserver.ts'

const { world, fetch } = await testWorld()
const manifests = readManifests('assets/communities', (line) => expect.unreachable(line))
const communities = manifests.map(communityFromManifest)

const none = { get: () => null, set: () => undefined, clear: () => undefined }
const ports: OnboardingPorts = {
  fetch,
  homeservers: new HomeserverDirectory(fetch),
  strangers: amongStrangers(fetch, null),
  resolveHost: null,
  roomPlaces: new RoomPlaces(fetch, () => performance.now()),
  catalogue: new BundledCatalogue('assets/homeservers', none),
  manifests,
  keep: { pass: none, journal: none },
  joined: none,
  secrets: { hasKeyring: () => false, seal: () => null, unseal: () => null },
  brand,
  readPage: async () => fail('broke'),
  openPage: async () => false,
  openWayBack: async () => null,
  language: 'en',
  isPractice: true,
  clock: realClock,
  log: () => undefined,
}

const roomsSchema = z.array(z.object({ room_id: z.string(), joined_local_members: z.int() }))

/** IDs of the rooms that people of a server are in, as the server's own administrator sees it. */
async function roomsWithMembers(server: ServerName): Promise<ReadonlySet<string>> {
  const answer = await askAdmin(world, server, '/v1/rooms?limit=1000')
  const rooms = roomsSchema.parse(answer['rooms'])
  return new Set(rooms.filter((room) => room.joined_local_members > 0).map((room) => room.room_id))
}

/** The card of a server once everything is answered. */
async function cardOf(server: string, community: Community): Promise<HomeserverCard> {
  let card = blankCard(server, null)
  const { signal } = new AbortController()
  await askCandidate(ports, { name: server, origin: 'hint' }, community, signal, (change) => {
    card = { ...card, ...change }
  })
  return card
}

describe.each(serverNames)('%s', (server) => {
  test.each(communities.map((community) => [community.name, community] as const))(
    'says truly which of the rooms of %s it takes part in',
    async (_, community) => {
      const there = await roomsWithMembers(server)
      const truth = new Map<string, RoomPlace>()
      for (const { key, address } of roomsToPlace(community)) {
        const id = address.startsWith('#') ? await resolveAlias(world, address) : address
        truth.set(key, id !== undefined && there.has(id) ? 'here' : 'elsewhere')
      }
      const card = await cardOf(server, community)
      // The space shows in the time alone.
      expect(card).toMatchObject({ probe: 'answered', ...fitOf(community, truth) })
    },
  )
})

test('the figures that the practice world was made for', async () => {
  const auxolotl = communities.find((community) => community.id === 'auxolotl')
  if (auxolotl === undefined) throw new Error('Auxolotl is missing')
  const [there, nowhere] = await Promise.all([
    cardOf('matrix.org', auxolotl),
    cardOf('tu-dresden.de', auxolotl),
  ])
  expect(there.roomsHere).toHaveLength(31)
  expect((there.seconds?.high ?? 0) / 60).toBeCloseTo(4, 0)
  expect(nowhere.roomsHere).toHaveLength(0)
  expect((nowhere.seconds?.high ?? 0) / 60).toBeCloseTo(38, -1)
})

test('what a server runs, and that it is up to date', async () => {
  const { facts } = await cardOf('auxolotl.org', communities[0] as Community)
  expect(facts?.software).toMatchObject({ name: 'Synapse', isOutdated: false })
  expect(facts?.software?.version).toMatch(/^1\.\d+/)
})

test('rules are those that the server names itself', async () => {
  const { facts } = await cardOf('matrix.mathesar.org', communities[0] as Community)
  expect(facts?.rules).toMatch(/^https:\/\/matrix\.mathesar\.org\/_matrix\/consent/)
  expect(facts?.age).toBeNull()
})

describe('whatever a person types', () => {
  const club = (): Community => communities.find((community) => community.id === 'derse') as Community

  test.each([
    ['matrix.org', 'matrix.org', null],
    ['  HTTPS://Matrix.ORG/ ', 'matrix.org', null],
    ['matrix.org:8448', 'matrix.org', null],
    ['@ada:matrix.org', 'matrix.org', { server: 'matrix.org', userId: '@ada:matrix.org', institution: null }],
    ['＠ａｄａ：ｔｕ－ｄｒｅｓｄｅｎ．ｄｅ', 'tu-dresden.de', { userId: '@ada:tu-dresden.de' }],
    [
      'ada@tu-dresden.de',
      'tu-dresden.de',
      { userId: null, institution: 'Technische Universität Dresden', login: 'ZIH login' },
    ],
    ['ada@mailbox.tu-dresden.de', 'tu-dresden.de', { server: 'tu-dresden.de', userId: null }],
    ['https://tu-dresden.de/studium', 'tu-dresden.de', { institution: 'Technische Universität Dresden' }],
  ])('%s leads to %s', async (text, server, own) => {
    const found = await findTyped(ports, club(), text)
    if (!found.ok) throw new Error(found.reason.reason)
    expect(found.value.card).toMatchObject({ name: server, probe: 'answered' })
    if (own === null) expect(found.value.own).toBeNull()
    else expect(found.value.own).toMatchObject(own)
  })

  test.each([
    ['matrx.org', 'noServer', 'matrix.org'],
    ['@ada:tu-dresen.de', 'noServer', 'tu-dresden.de'],
    ['ada@nowhere.example', 'mailOnly', null],
    ['nowhere.example', 'noServer', null],
    ['matrix', 'notAServer', null],
    // Known, but not on this network.
    ['ada@tu-berlin.de', 'noServer', null],
  ])('%s leads nowhere: %s', async (text, reason, suggestion) => {
    expect(await findTyped(ports, club(), text)).toMatchObject({ ok: false, reason: { reason, suggestion } })
  })

  test('an institution that was picked', async () => {
    expect(await findInstitution(ports, 'TU Dresden', 'tu-dresden.de')).toMatchObject({
      ok: true,
      value: { card: { name: 'tu-dresden.de' }, own: { institution: 'TU Dresden', login: 'ZIH login' } },
    })
    expect(await findInstitution(ports, 'KIT', 'kit.edu')).toMatchObject({ ok: false })
  })
})
