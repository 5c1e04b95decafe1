import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { askAdmin, createAccount, joinedRooms, resolveAlias } from '../practice/admin.ts'
import { testWorld } from '../practice/fixtures/test-world.ts'
import type { ServerName } from '../practice/servers.ts'
import type { Event } from './events.ts'
import { joinedCount, networkWords, newcomer as newcomerOn, type Newcomer } from './testing/command-line.ts'
import { runFoyer, type FoyerRun } from './testing/run-foyer.ts'

const LOBBY = '#galaxyproject_Lobby:gitter.im'
const SPACE = '#galaxyproject:matrix.org'

const { world } = await testWorld()
let stateDir: string
let journal: string

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'foyer-quiet-'))
  journal = join(stateDir, 'kept.jsonl')
  return () => rm(stateDir, { recursive: true })
})

test('all of Galaxy starts quietly, also over a kill; --no-quiet and leaving take it back', async () => {
  const person = await newcomer('matrix.org')
  const [lobby, space] = await Promise.all(
    [LOBBY, SPACE].map(async (each) => String(await resolveAlias(world, each))),
  )
  if (lobby === undefined || space === undefined) throw new Error('Galaxy isn’t there')
  // A room that the newcomer wants to hear in full.
  const own = String(await resolveAlias(world, '#galaxyproject_dev:gitter.im'))
  await ask(person, 'PUT', `/pushrules/global/room/${encodeURIComponent(own)}`, { actions: ['notify'] })
  const words = ['galaxy', ...person.words, '--preset', 'all', '--token-stdin', '--json', '--resume', journal]

  const killed = foyer(words, person)
  await killed.until((events) => joinedCount(events) >= 30)
  killed.signal('SIGKILL')
  await killed.exit
  expect(readFileSync(journal, 'utf8')).not.toContain(person.token)
  const rulesThen = await rulesOf(person)
  const first = foyer(words, person)
  expect(await first.exit).toBe(3)
  expect(first.events()[0]).toMatchObject({ type: 'planned', isQuiet: true })
  const inside = (await joinedRooms(world, person.id)).filter((roomId) => ![lobby, space].includes(roomId))
  const rules = await rulesOf(person)
  // A room that was replaced before its turn has none, as what replaced it does.
  const isOld = (name: string): boolean => name === 'Galaxy Events'
  const lasting = async (found: ReadonlyMap<string, unknown>): Promise<string[]> => {
    const names = await Promise.all([...found.keys()].map(async (id) => [id, await nameOf(id)] as const))
    return names.flatMap(([id, name]) => (isOld(name) ? [] : [id])).toSorted()
  }
  const ringing = await Promise.all(inside.filter((roomId) => !rules.has(roomId)).map(nameOf))
  expect(ringing.filter((name) => !isOld(name))).toEqual(['Newsletter'])
  // The room that was asked and waits for a moderator will be quiet from its first moment.
  expect([...rules.keys()].filter((roomId) => !inside.includes(roomId))).toEqual(askedIn(first.events()))
  expect(rules.get(own)).toEqual(['notify'])
  expect([...rules].filter(([roomId, actions]) => roomId !== own && actions.length > 0)).toEqual([])
  expect([...rulesThen.keys()].filter((roomId) => !rules.has(roomId))).toEqual([])
  expect(await traces(person, lobby, space)).toEqual({ favourite: true, order: 'z' })
  expect(quietIn(first.events())).toMatchObject({
    isOn: true,
    rooms: rules.size - 1,
    hasFavourite: true,
    hasPlace: true,
    leftAlone: 1,
    isComplete: true,
  })

  const again = foyer(words, person)
  expect(await again.exit).toBe(3)
  expect(again.stderr()).toContain('nothing is left to do')

  const loud = foyer([...words, '--no-quiet'], person)
  expect(await loud.exit).toBe(3)
  expect(quietIn(loud.events())).toMatchObject({ isOn: false, rooms: 0, isComplete: true })
  expect([...(await rulesOf(person)).keys()]).toEqual([own])
  expect(await traces(person, lobby, space)).toEqual({ favourite: false, order: null })
  expect(await joinedRooms(world, person.id)).toHaveLength(71)

  const quiet = foyer([...words, '--quiet'], person)
  expect(await quiet.exit).toBe(3)
  expect(await lasting(await rulesOf(person))).toEqual(await lasting(rules))

  const left = foyer(['--resume', journal, '--token-stdin'], person, 'leave')
  expect(await left.exit).toBe(0)
  expect(left.stdout()).toMatch(/^Left all \d+ rooms again\.$/m)
  expect(await joinedRooms(world, person.id)).toEqual([])
  expect([...(await rulesOf(person)).keys()]).toEqual([own])
  expect(await traces(person, lobby, space)).toEqual({ favourite: false, order: null })
})

test('Ctrl-C in the middle leaves the rest of the quiet start to --resume', async () => {
  const person = await newcomer('matrix.org')
  const words = ['galaxy', ...person.words, '--preset', 'all', '--token-stdin', '--json', '--resume', journal]
  const first = foyer(words, person)
  await first.until((events) => joinedCount(events) >= 20)
  first.signal('SIGINT')
  expect(await first.exit).toBe(130)
  expect(first.events().map((event) => event.type)).not.toContain('quiet')
  const second = foyer(words, person)
  expect(await second.exit).toBe(3)
  const { size } = await rulesOf(person)
  expect(size).toBeGreaterThanOrEqual(68)
  expect(quietIn(second.events())).toMatchObject({ isOn: true, rooms: size, isComplete: true })
})

test('a few rooms ring as ever, unless somebody asks for quiet; many don’t, unless somebody says no', async () => {
  const [few, asked, many] = await Promise.all([0, 1, 2].map(() => newcomer('matrix.org')))
  if (few === undefined || asked === undefined || many === undefined) throw new Error('Nobody came')
  const all = (community: string, person: Newcomer, ...more: string[]): FoyerRun =>
    foyer([community, ...person.words, '--preset', 'all', '--token-stdin', '--json', ...more], person)
  const runs = [all('derse', few), all('derse', asked, '--quiet'), all('galaxy', many, '--no-quiet')]
  expect(await Promise.all(runs.map((run) => run.exit))).toEqual([0, 0, 3])
  expect(runs.map((run) => quietIn(run.events())?.isOn)).toEqual([undefined, true, undefined])
  const rules = await Promise.all([few, asked, many].map(rulesOf))
  expect(rules.map(({ size }) => size)).toEqual([0, expect.any(Number), 0])
  expect(rules[1]?.size).toBeGreaterThan(0)
})

function newcomer(server: ServerName): Promise<Newcomer> {
  return newcomerOn(server, (account) => createAccount(world, server, account))
}

function foyer(words: readonly string[], { token }: Newcomer, command: 'join' | 'leave' = 'join'): FoyerRun {
  return runFoyer([...words, ...networkWords(world)], `${token}\n`, { XDG_STATE_HOME: stateDir }, command)
}

async function nameOf(roomId: string): Promise<string> {
  const room = await askAdmin(world, 'matrix.org', `/v1/rooms/${encodeURIComponent(roomId)}`)
  return String(room['name'])
}

function quietIn(events: readonly Event[]): Extract<Event, { type: 'quiet' }> | undefined {
  return events.find((event) => event.type === 'quiet')
}

function askedIn(events: readonly Event[]): string[] {
  const last = events.at(-1)
  return last?.type === 'finished' ? last.notJoined.flatMap(({ roomId }) => roomId ?? []) : []
}

function ask(
  { token, id }: Newcomer,
  method: 'GET' | 'PUT',
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const server = id.split(':')[1] ?? ''
  return world.client.request(server, `/_matrix/client/v3${path}`, { token, method, ...(body && { body }) })
}

/** What the account's rules for single rooms do, by room. */
async function rulesOf(person: Newcomer): Promise<Map<string, unknown[]>> {
  const { global } = (await ask(person, 'GET', '/pushrules/')) as {
    global: { room: { rule_id: string; actions: unknown[] }[] }
  }
  return new Map(global.room.map((rule) => [rule.rule_id, rule.actions]))
}

/** Whether the lobby is a favourite, and which place the space has. */
async function traces(
  person: Newcomer,
  lobby: string,
  space: string,
): Promise<{ favourite: boolean; order: unknown }> {
  const path = (roomId: string): string =>
    `/user/${encodeURIComponent(person.id)}/rooms/${encodeURIComponent(roomId)}`
  const { tags } = (await ask(person, 'GET', `${path(lobby)}/tags`)) as { tags: object }
  const order = await ask(person, 'GET', `${path(space)}/account_data/org.matrix.msc3230.space_order`)
  return { favourite: 'm.favourite' in tags, order: order['order'] ?? null }
}
