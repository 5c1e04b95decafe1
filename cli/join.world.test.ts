import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as timeout } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { gardenClub } from '../core/testing/garden-club.ts'
import { joinRequestsOf } from '../practice/access-log.ts'
import { askAdmin, createAccount, deviceNames, joinedRooms, tokenIsDead } from '../practice/admin.ts'
import { plantGarden } from '../practice/fixtures/garden.ts'
import { acceptKnocks } from '../practice/moderation.ts'
import { testWorld } from '../practice/fixtures/test-world.ts'
import type { ServerName } from '../practice/servers.ts'
import {
  joinedCount,
  journalIn,
  networkWords,
  newcomer as newcomerOn,
  PASSWORD,
  type Newcomer,
} from './testing/command-line.ts'
import { runFoyer, type FoyerRun } from './testing/run-foyer.ts'

const { world } = await testWorld()
let stateDir: string

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'foyer-cli-'))
  return () => rm(stateDir, { recursive: true })
})

describe('foyer join', () => {
  test('takes a fresh account into all of Galaxy, and leaves nothing behind', async () => {
    const person = await newcomer('matrix.org')
    const run = foyer(['galaxy', ...person.words, '--preset', 'all', '--password-stdin', '--json'], PASSWORD)
    // One of the 70 is asked and has to wait for a moderator.
    expect(await run.exit).toBe(3)
    const last = run.events().at(-1)
    expect(last).toMatchObject({ type: 'finished', joined: 69, asked: 70, exit: 3 })
    expect(last?.type === 'finished' && last.notJoined.map((room) => room.reason)).toEqual(['asked'])
    expect(run.events().filter((event) => event.type === 'joined' && event.kind === 'room')).toHaveLength(69)
    expect((await joinedRooms(world, person.id)).length).toBeGreaterThanOrEqual(70)
    expect(await deviceNames(world, person.id)).not.toContain('Foyer (temporary)')
    expect(await readdir(join(stateDir, 'foyer'))).toEqual([])
    expect(run.stdout() + run.stderr()).not.toContain(PASSWORD)
  })

  test('takes a preset of the manifest, and joins nothing before its rules are agreed to', async () => {
    const { space, rooms } = await plantGarden(world)
    const person = await newcomer('matrix.org')
    const path = join(stateDir, 'garden.json')
    await writeFile(path, JSON.stringify(gardenClub))
    const words = [path, ...person.words, '--preset', 'helpers', '--token-stdin', '--json']
    const refused = foyer(words, person.token)
    expect(await refused.exit).toBe(2)
    expect(refused.stdout() + refused.stderr()).toContain('https://garden.example.org/conduct')
    expect(await joinedRooms(world, person.id)).toEqual([])
    const agreed = foyer([...words, '--agree-to-rules'], person.token)
    expect(await agreed.exit).toBe(0)
    expect((await joinedRooms(world, person.id)).toSorted()).toEqual([space, ...rooms.slice(3)].toSorted())
  })

  test('Ctrl-C stops in order, and the command it prints goes on without asking twice', async () => {
    const person = await newcomer('matrix.org')
    const words = ['galaxy', ...person.words, '--preset', 'all', '--password-stdin', '--json']
    const first = foyer(words, PASSWORD)
    await first.until((events) => joinedCount(events) >= 20)
    first.signal('SIGINT')
    expect(await first.exit).toBe(130)
    const stopped = first.events().at(-1)
    expect(stopped?.type).toBe('interrupted')
    expect(await deviceNames(world, person.id)).not.toContain('Foyer (temporary)')
    const journal = journalIn(stopped)
    expect(first.stderr()).toContain(`--resume ${journal}`)
    expect(readFileSync(journal, 'utf8')).not.toContain(PASSWORD)
    expect(readFileSync(journal, 'utf8')).not.toMatch(/syt_|access_?token/i)
    const second = foyer([...words, '--resume', journal], PASSWORD)
    expect(await second.exit).toBe(3)
    expect(second.events().at(-1)).toMatchObject({ type: 'finished', joined: 69, asked: 70 })
    expect(joinedCount(second.events())).toBeLessThanOrEqual(51)
    expect(await roomsAskedTwice(person.id)).toEqual([])
    const third = foyer([...words, '--resume', journal], PASSWORD)
    expect(await third.exit).toBe(3)
    expect(third.stderr()).toContain('nothing is left to do')
  })

  test('npx foyer join: Ctrl-C at the terminal, --resume, and all 71 rooms', async () => {
    const person = await newcomer('matrix.org')
    const words = ['galaxy', ...person.words, '--preset', 'all', '--token-stdin', '--json']
    const environment = { XDG_STATE_HOME: stateDir }
    const typed = [...words, ...networkWords(world)]
    const first = runFoyer(typed, `${person.token}\n`, environment, 'join', 'npx')
    // Seventy rooms take two seconds, and their events come in bursts, so it is the homeserver who says when.
    await expect
      .poll(() => joinedRooms(world, person.id), { interval: 20, timeout: 30_000 })
      .toHaveProperty('8')
    first.signal('SIGINT')
    // What npx itself makes of a Ctrl-C differs; Foyer says how it ended in its last line.
    await first.exit
    const stopped = first.events().at(-1)
    expect(stopped).toMatchObject({ type: 'interrupted', exit: 130 })
    const inside = (await joinedRooms(world, person.id)).length
    expect(inside).toBeGreaterThanOrEqual(8)
    expect(inside).toBeLessThan(71)
    const resume = ['--resume', journalIn(stopped)]
    const second = runFoyer([...typed, ...resume], `${person.token}\n`, environment, 'join', 'npx')
    expect(await second.exit).toBe(3)
    const last = second.events().at(-1)
    expect(last).toMatchObject({ type: 'finished', joined: 69, asked: 70, notJoined: [{ reason: 'asked' }] })
    // The space, 69 rooms and one that has moved, as the homeserver’s own admins see it; the last waits for a moderator.
    expect(await joinedRooms(world, person.id)).toHaveLength(71)
    const waiting = last?.type === 'finished' ? last.notJoined[0] : undefined
    const path = `/v1/rooms/${encodeURIComponent(waiting?.roomId ?? '')}`
    const { canonical_alias: alias } = await askAdmin(world, 'matrix.org', path)
    expect(await acceptKnocks(world, String(alias))).toContain(person.id)
    // The invitation takes a moment to get around.
    const sync = (): Promise<unknown> =>
      world.client.request('matrix.org', '/_matrix/client/v3/sync?timeout=0', { token: person.token })
    await expect.poll(sync, { timeout: 20_000 }).toHaveProperty(['rooms', 'invite', waiting?.roomId ?? ''])
    const third = foyer([...words, ...resume], person.token)
    expect(await third.exit).toBe(0)
    expect(third.events().at(-1)).toMatchObject({ type: 'finished', joined: 70, asked: 70, notJoined: [] })
    expect(await joinedRooms(world, person.id)).toHaveLength(72)
    expect(await roomsAskedTwice(person.id)).toEqual([])
  })

  test('killed five times, it still asks for no room twice; the caller’s session lives on', async () => {
    const person = await newcomer('matrix.org')
    const journal = join(stateDir, 'kept.json')
    const words = [
      'galaxy',
      ...person.words,
      '--preset',
      'all',
      '--token-stdin',
      '--json',
      '--resume',
      journal,
    ]
    const exits: (number | null)[] = []
    for (let kill = 1; kill <= 5; kill += 1) {
      const run = foyer(words, person.token)
      // Early enough that five of them leave rooms for the last run: seventy take less than two seconds.
      const goal = Math.ceil(Math.random() * 5)
      await run.until((events) => joinedCount(events) >= goal)
      await timeout(Math.random() * 20)
      run.signal('SIGKILL')
      exits.push(await run.exit)
    }
    // On a busy computer it may be through before the signal comes.
    expect(exits.filter((code) => code !== 137 && code !== 3)).toEqual([])
    expect(exits[0]).toBe(137)
    const run = foyer(words, person.token)
    expect(await run.exit).toBe(3)
    expect(run.events().at(-1)).toMatchObject({ type: 'finished', joined: 69, asked: 70 })
    expect(await roomsAskedTwice(person.id)).toEqual([])
    expect(await tokenIsDead(world, 'matrix.org', person.token)).toBe(false)
  })

  test('a damaged journal is set aside, and rebuilt from what the homeserver says', async () => {
    const person = await newcomer('matrix.org')
    const journal = join(stateDir, 'kept.json')
    const words = [
      'derse',
      ...person.words,
      '--preset',
      'all',
      '--token-stdin',
      '--json',
      '--resume',
      journal,
    ]
    expect(await foyer(words, person.token).exit).toBe(0)
    const asked = (await joinRequestsOf(world, person.id)).length
    await writeFile(journal, readFileSync(journal, 'utf8').slice(0, 500))
    const run = foyer(words, person.token)
    expect(await run.exit).toBe(0)
    expect(run.stderr()).toMatch(/damaged and is kept as .*kept\.json\.damaged-\d+/)
    expect(run.events().at(-1)).toMatchObject({ joined: 5, asked: 5 })
    expect(await joinRequestsOf(world, person.id)).toHaveLength(asked)
  })

  test('a link to a space brings all its rooms; a link to a room that one', async () => {
    const person = await newcomer('matrix.org')
    const space = foyer(
      ['https://matrix.to/#/%23de-rse.org:matrix.org', ...person.words, '--token-stdin'],
      person.token,
    )
    expect(await space.exit).toBe(0)
    expect(space.stdout()).toContain('5 of 5 rooms joined.')
    const room = foyer(['#mathesar:matrix.mathesar.org', ...person.words, '--token-stdin'], person.token)
    expect(await room.exit).toBe(0)
    expect(room.stdout()).toContain('1 of 1 room joined.')
  })

  test('rooms chosen one by one, listed or not', async () => {
    const person = await newcomer('tu-dresden.de')
    const rooms = ['#de-rse.org-jobs:matrix.org', '#general:auxolotl.org', '#nobody:matrix.org']
    const run = foyer(
      ['derse', ...person.words, '--token-stdin', '--json', ...rooms.flatMap((room) => ['--room', room])],
      person.token,
    )
    expect(await run.exit).toBe(3)
    const last = run.events().at(-1)
    expect(last).toMatchObject({ type: 'finished', joined: 2, asked: 3 })
    expect(last?.type === 'finished' && last.notJoined).toMatchObject([
      { address: '#nobody:matrix.org', reason: 'notFound' },
    ])
  })

  test('ways in which joining goes differently have their reasons', async () => {
    const person = await newcomer('matrix.org')
    const names = ['plain', 'restricted', 'knock', 'invite', 'moved']
    const rooms = [...names.map((name) => `#odd-${name}:tu-dresden.de`), '#nobody-home:tu-dresden.de']
    const run = foyer(
      [
        'practice/communities/odd-rooms.json',
        ...person.words,
        '--token-stdin',
        '--json',
        ...rooms.flatMap((room) => ['--room', room]),
      ],
      person.token,
    )
    expect(await run.exit).toBe(3)
    const last = run.events().at(-1)
    const reasons =
      last?.type === 'finished'
        ? Object.fromEntries(last.notJoined.map((room) => [room.address, room.reason]))
        : {}
    expect(reasons).toEqual({
      '#odd-knock:tu-dresden.de': 'asked',
      '#odd-invite:tu-dresden.de': 'invite',
      '#nobody-home:tu-dresden.de': 'notFound',
    })
    expect(run.events()).toContainEqual(
      expect.objectContaining({ type: 'joined', address: '#odd-moved:tu-dresden.de', hasMoved: true }),
    )
  })

  test('a dry run plans and joins nothing, with or without a password', async () => {
    const person = await newcomer('matrix.org')
    const plain = foyer(['galaxy', '--homeserver', 'matrix.org', '--preset', 'all', '--dry-run'], '')
    expect(await plain.exit).toBe(0)
    expect(plain.stdout()).toMatch(/Galaxy.*8 rooms and those that only the space knows.*min/)
    expect(plain.stdout()).toContain('Nothing was joined.')
    const signedIn = foyer(
      ['#de-rse.org:matrix.org', ...person.words, '--dry-run', '--password-stdin', '--json'],
      PASSWORD,
    )
    expect(await signedIn.exit).toBe(0)
    expect(signedIn.events().map((event) => event.type)).toEqual(['planned', 'finished'])
    expect(await joinRequestsOf(world, person.id)).toEqual([])
    expect(await deviceNames(world, person.id)).not.toContain('Foyer (temporary)')
    expect(existsSync(join(stateDir, 'foyer'))).toBe(false)
  })

  test.each([
    ['a wrong password', ['--password-stdin'], 'not this one', 'doesn’t accept this password'],
    ['an unknown token', ['--token-stdin'], 'syt_nobody', 'doesn’t know this access token'],
  ])('%s is one sentence', async (_, words, secret, sentence) => {
    const person = await newcomer('matrix.org')
    const run = foyer(['derse', ...person.words, ...words], secret)
    expect(await run.exit).toBe(1)
    expect(run.stderr()).toContain(sentence)
    expect(run.stderr().trim().split('\n')).toHaveLength(1)
    expect(run.stdout()).toBe('')
  })

  test('somebody else’s token, an unknown homeserver, and a room that isn’t there', async () => {
    const person = await newcomer('matrix.org')
    const other = foyer(['derse', '--user', '@noor:matrix.org', '--token-stdin'], person.token)
    const server = foyer(['derse', '--homeserver', 'nowhere.example', '--user', 'me', '--token-stdin'], 'x')
    const room = foyer(['#nobody:matrix.org', ...person.words, '--token-stdin', '--json'], person.token)
    expect([await other.exit, await server.exit, await room.exit]).toEqual([1, 1, 1])
    expect(other.stderr()).toContain(`belongs to ${person.id}`)
    expect(server.stderr()).toBe(
      'No homeserver answers at nowhere.example. Check the name, or try again later.\n',
    )
    expect(room.events()).toMatchObject([{ type: 'failed', reason: 'notFound', exit: 1 }])
  })
})

describe('foyer leave', () => {
  test('leaves what was joined, also half-way and after a kill, and nothing of before', async () => {
    const person = await newcomer('matrix.org')
    const before = foyer(['derse', ...person.words, '--preset', 'all', '--token-stdin'], person.token)
    expect(await before.exit).toBe(0)
    const own = (await joinedRooms(world, person.id)).toSorted()
    const journal = join(stateDir, 'kept.jsonl')
    const words = [
      'galaxy',
      ...person.words,
      '--preset',
      'all',
      '--token-stdin',
      '--json',
      '--resume',
      journal,
    ]
    const joining = foyer(words, person.token)
    await joining.until((events) => joinedCount(events) >= 30)
    joining.signal('SIGKILL')
    await joining.exit
    expect((await joinedRooms(world, person.id)).length).toBeGreaterThan(own.length + 29)

    const first = leave(['--resume', journal, '--token-stdin'], person.token)
    await expect
      .poll(() => readFileSync(journal, 'utf8').includes('"status":{"value":"left"}'), { timeout: 20_000 })
      .toBe(true)
    first.signal('SIGKILL')
    await first.exit
    const second = leave(['--resume', journal, '--token-stdin'], person.token)
    expect(await second.exit).toBe(0)
    expect(second.stdout()).toMatch(/^Left all \d+ rooms again\.$/m)
    expect((await joinedRooms(world, person.id)).toSorted()).toEqual(own)
    // Whose session it is, is the caller's business.
    expect(await tokenIsDead(world, 'matrix.org', person.token)).toBe(false)
    const third = leave(['--resume', journal, '--token-stdin'], person.token)
    expect(await third.exit).toBe(0)
    expect(third.stdout()).toBe('There was nothing to leave.\n')
  })

  test('says what it needs, and what it can’t do', async () => {
    const nothing = join(stateDir, 'nothing.jsonl')
    const missing = leave(['--resume', nothing, '--token-stdin'], 'x')
    expect(await missing.exit).toBe(1)
    expect(missing.stderr()).toContain(`There is no journal at ${nothing}.`)
    const bare = leave(['--token-stdin'], 'x')
    expect(await bare.exit).toBe(2)
    expect(bare.stderr()).toContain('--resume')
  })
})

function newcomer(server: ServerName): Promise<Newcomer> {
  return newcomerOn(server, (account) => createAccount(world, server, account))
}

function foyer(words: readonly string[], secret: string): FoyerRun {
  return runFoyer([...words, ...networkWords(world)], `${secret}\n`, { XDG_STATE_HOME: stateDir })
}

function leave(words: readonly string[], secret: string): FoyerRun {
  return runFoyer([...words, ...networkWords(world)], `${secret}\n`, {}, 'leave')
}

/** Rooms that the homeserver let the person into more than once. */
async function roomsAskedTwice(userId: string): Promise<string[]> {
  const rooms = (await joinRequestsOf(world, userId)).filter((request) => request.status === 200)
  return rooms.map((request) => request.room).filter((room, index, all) => all.indexOf(room) !== index)
}
