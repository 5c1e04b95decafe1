import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { News } from '../../cli/events.ts'
import { linesOf } from '../../cli/sentences.ts'
import { joinRequestsOf } from '../../practice/access-log.ts'
import { joinedRooms } from '../../practice/admin.ts'
import { addChildren, makeRoom, replaceRoom, type RoomWishes } from '../../practice/fixtures/make-room.ts'
import { testPython } from '../../practice/fixtures/python.ts'
import { acceptKnocks, ban, invite } from '../../practice/moderation.ts'
import { startWorld, type PracticeWorld } from '../../practice/world.ts'
import { hurry } from './hurry.ts'
import { runHere } from './run-here.ts'
import { newPerson, SERVER, type Person } from './stage.ts'

/* Rooms on another homeserver than everybody's own, in which joining goes differently. */

const AWAY = 'tu-dresden.de'
const scratch = mkdtempSync(join(tmpdir(), 'foyer-odd-'))

let world: PracticeWorld
beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
  // Not more, as homeservers take their real time to hear from each other.
  hurry(null, { factor: 2, patience: 20_000 })
})
afterAll(async () => {
  rmSync(scratch, { recursive: true })
  await world.stop()
})

describe('rooms for members', () => {
  test('of a space that was joined a moment ago, and chains of them', async () => {
    const space = await make('chain', { isSpace: true })
    const members = await make('chain-members', { rule: { restrictedTo: [space] } })
    const theirs = await make('chain-theirs', { rule: { restrictedTo: [members] } })
    const last = await make('chain-last', { rule: { restrictedTo: [theirs] } })
    // Each before the one that it depends on.
    await addChildren(world, AWAY, space, [last, theirs, members])
    const { person, reasons } = await take(`#chain:${AWAY}`)
    expect(reasons).toEqual({})
    expect(await joinedRooms(world, person.id)).toEqual(
      expect.arrayContaining([space, members, theirs, last]),
    )
    // The room's own server hears of the space a moment later, and says no until then.
    const statuses = (await joinRequestsOf(world, person.id)).map(({ status }) => status)
    expect(statuses.filter((status) => status !== 200 && status !== 403)).toEqual([])
  })
})

describe('rooms for members of another space', () => {
  test('inside the community’s own, and of one inside that', async () => {
    const space = await make('nest', { isSpace: true })
    const outer = await make('nest-outer', { isSpace: true, rule: { restrictedTo: [space] } })
    const inner = await make('nest-inner', { isSpace: true, rule: { restrictedTo: [outer] } })
    const members = await make('nest-members', { rule: { restrictedTo: [inner] } })
    const open = await make('nest-open')
    await addChildren(world, AWAY, space, [outer, open])
    await addChildren(world, AWAY, outer, [inner])
    await addChildren(world, AWAY, inner, [members])
    const { person, reasons } = await take(`#nest:${AWAY}`)
    expect(reasons).toEqual({})
    const joined = await joinedRooms(world, person.id)
    expect(joined).toEqual(expect.arrayContaining([space, outer, inner, members, open]))
  })
})

describe('rooms that somebody must open', () => {
  test('asked, let in, and joined by the next run', async () => {
    const room = await make('door', { rule: 'knock' })
    const first = await take(`#door:${AWAY}`)
    expect(first.reasons).toEqual({ [`#door:${AWAY}`]: 'asked' })
    expect(await acceptKnocks(world, `#door:${AWAY}`)).toEqual([first.person.id])
    await expect
      .poll(async () => (await take(`#door:${AWAY}`, first.person)).reasons, { timeout: 20_000 })
      .toEqual({})
    expect(await joinedRooms(world, first.person.id)).toContain(room)
  })

  test('by invitation, which comes between two runs', async () => {
    const room = await make('invited', { rule: 'invite' })
    const first = await takeRooms([`#invited:${AWAY}`])
    expect(first.reasons).toEqual({ [`#invited:${AWAY}`]: 'invite' })
    await invite(world, `#invited:${AWAY}`, first.person.id)
    const second = await takeRooms([`#invited:${AWAY}`], first.person)
    expect(second.reasons).toEqual({})
    expect(await joinedRooms(world, first.person.id)).toContain(room)
  })

  test('closed to one person, and to one homeserver', async () => {
    await make('banned')
    await make('denied', { deniedServers: [SERVER] })
    const person = await newPerson({ world })
    await ban(world, `#banned:${AWAY}`, person.id)
    const { reasons } = await takeRooms([`#banned:${AWAY}`, `#denied:${AWAY}`], person)
    expect(reasons).toEqual({ [`#banned:${AWAY}`]: 'banned', [`#denied:${AWAY}`]: 'blocked' })
  })
})

describe('rooms that have moved', () => {
  test('in a chain, to rooms whose IDs name no server', async () => {
    const rooms = [await make('first', { version: '11' })]
    for (const predecessor of ['second', 'third']) {
      const before = rooms.at(-1) ?? ''
      const room = await make(predecessor, { version: '12', predecessor: before })
      await replaceRoom(world, AWAY, before, room)
      rooms.push(room)
    }
    expect(rooms.at(-1)).not.toContain(':')
    const { person, reasons, news } = await take(`#first:${AWAY}`)
    expect(reasons).toEqual({})
    expect(await joinedRooms(world, person.id)).toEqual(expect.arrayContaining(rooms))
    expect(news).toContainEqual(expect.objectContaining({ type: 'joined', hasMoved: true }))
  })

  test('in a circle', async () => {
    const one = await make('round')
    const other = await make('and-round', { predecessor: one })
    await replaceRoom(world, AWAY, one, other)
    await replaceRoom(world, AWAY, other, one)
    const { person, reasons } = await take(`#round:${AWAY}`)
    expect(reasons).toEqual({ [`#round:${AWAY}`]: 'movedLost' })
    const asked = (await joinRequestsOf(world, person.id)).map(({ room }) => room)
    expect(asked).toEqual([...new Set(asked)])
  })

  test('a room of version 12, by its ID and a server', async () => {
    const room = await make('twelve', { version: '12' })
    const link = `https://matrix.to/#/${encodeURIComponent(room)}?via=${AWAY}`
    const { person, reasons } = await take(link)
    expect(reasons).toEqual({})
    expect(await joinedRooms(world, person.id)).toEqual([room])
  })
})

describe('addresses', () => {
  test('two of one room make one request', async () => {
    const room = await make('one')
    await world.client.request(
      AWAY,
      `/_matrix/client/v3/directory/room/${encodeURIComponent(`#two:${AWAY}`)}`,
      {
        method: 'PUT',
        token: world.tokens[AWAY].steward,
        body: { room_id: room },
      },
    )
    const { person, reasons, news } = await takeRooms([`#one:${AWAY}`, `#two:${AWAY}`])
    expect(reasons).toEqual({})
    expect(news.filter((each) => each.type === 'joined' && each.roomId === room)).toHaveLength(2)
    const asked = (await joinRequestsOf(world, person.id)).filter((request) => request.room === room)
    expect(asked).toHaveLength(1)
  })

  test('one of a space among the rooms is joined like a room', async () => {
    const space = await make('space-among-rooms', { isSpace: true })
    const { person, reasons } = await takeRooms([`#space-among-rooms:${AWAY}`])
    expect(reasons).toEqual({})
    expect(await joinedRooms(world, person.id)).toContain(space)
  })

  test('one of a person is nowhere to go', async () => {
    const { news, exit } = await take(`@steward:${AWAY}`)
    expect(exit).toBe(2)
    expect(news).toEqual([
      expect.objectContaining({
        type: 'failed',
        reason: 'usage',
        sentence: expect.stringContaining('is a person'),
      }),
    ])
  })
})

describe('names', () => {
  test.each([
    ['Übungsraum für Neue 🎓', 'Übungsraum für Neue 🎓'],
    ['غرفة الانتظار', 'غرفة الانتظار'],
    ['Lobby \u202Etxt.exe\u202C', 'Lobby txt.exe'],
    ['\u001B[2J\u001B]0;owned\u0007Lobby', '[2J]0;ownedLobby'],
    ['Two\nlines\u2028and more', 'Two lines and more'],
  ])('%j is shown as %j', async (name, shown) => {
    const alias = `name-${count}`
    await make(alias, { name })
    const { news, reasons } = await take(`#${alias}:${AWAY}`)
    expect(reasons).toEqual({})
    const joined = news.find((each) => each.type === 'joined')
    expect(joined).toMatchObject({ name: shown })
    // eslint-disable-next-line no-control-regex -- what a terminal would take for a command
    for (const line of news.flatMap(linesOf)) expect(line).not.toMatch(/[\u0000-\u001F\u202A-\u202E\u2028]/)
  })
})

let count = 0

interface Taken {
  readonly person: Person
  readonly news: readonly News[]
  readonly exit: number
  /** Why rooms weren't joined, by address. */
  readonly reasons: Readonly<Record<string, string>>
}

function make(alias: string, wishes: RoomWishes = {}): Promise<string> {
  count += 1
  return makeRoom(world, AWAY, { alias, name: alias, ...wishes })
}

/** Everything at an address. */
async function take(community: string, person?: Person): Promise<Taken> {
  return run({ community, preset: 'all' }, person)
}

/** Rooms one by one, beside a space that lets everybody in. */
async function takeRooms(addresses: readonly string[], person?: Person): Promise<Taken> {
  const rooms = addresses.map((address) => ({ address, via: [AWAY] }))
  return run({ community: 'practice/communities/odd-rooms.json', rooms }, person)
}

async function run(
  wish: Pick<Parameters<typeof runHere>[0], 'community' | 'preset' | 'rooms'>,
  known?: Person,
): Promise<Taken> {
  const person = known ?? (await newPerson({ world }))
  count += 1
  const { news, exit } = await runHere(
    {
      homeserver: SERVER,
      user: person.username,
      secret: 'token',
      resumePath: join(scratch, `${count}.json`),
      proxy: world.proxyUrl,
      caPath: world.caPath,
      ...wish,
    },
    person.token,
  )
  const last = news.at(-1)
  const left = last?.type === 'finished' ? last.notJoined : []
  return {
    person,
    news,
    exit,
    reasons: Object.fromEntries(left.map(({ address, reason }) => [address, reason])),
  }
}
