import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAccount, deviceNames, joinedRooms, tokenIsDead } from '../practice/admin.ts'
import { walkAccountPages } from '../practice/fixtures/account-pages.ts'
import { testPython } from '../practice/fixtures/python.ts'
import { noFaults } from '../practice/oauth/faults.ts'
import { startWorld, type PracticeWorld } from '../practice/world.ts'
import type { Event } from './events.ts'
import { runFoyer, type FoyerRun } from './testing/run-foyer.ts'

const PASSWORD = 'four unrelated words'

let world: PracticeWorld
let stateDir: string
let count = 0

beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised', delegates: true })
})
afterAll(() => world.stop())
beforeEach(async () => {
  Object.assign(world.oauth?.faults ?? {}, noFaults())
  stateDir = await mkdtemp(join(tmpdir(), 'foyer-cli-'))
  return () => rm(stateDir, { recursive: true })
})

function foyer(...words: string[]): FoyerRun {
  const network = ['--proxy', world.proxyUrl, '--ca', world.caPath]
  return runFoyer(['mathesar', '--device-code', '--json', ...words, ...network], '', {
    XDG_STATE_HOME: stateDir,
  })
}

async function codeOf(run: FoyerRun): Promise<Extract<Event, { type: 'code' }>> {
  const isCode = (event: Event): event is Extract<Event, { type: 'code' }> => event.type === 'code'
  await run.until((events) => events.some(isCode))
  const code = run.events().find(isCode)
  if (code === undefined) throw new Error(`no code: ${run.stderr()}`)
  return code
}

async function newcomer(): Promise<string> {
  count += 1
  const username = `coded-${count}`
  await createAccount(world, 'matrix.org', { username, password: PASSWORD })
  return username
}

async function enter({ page, code }: { page: string; code: string }, username: string): Promise<void> {
  await walkAccountPages(world, `${page}?user_code=${code}`, { username, password: PASSWORD, isNew: false })
}

test('a code lets the command line in, short tokens are renewed, and nothing is left', async () => {
  Object.assign(world.oauth?.faults ?? {}, { accessTokenLifetime: 2 })
  const username = await newcomer()
  const run = foyer('--homeserver', 'matrix.org', '--preset', 'all')
  const code = await codeOf(run)
  expect(code).toMatchObject({ page: 'https://account.matrix.org/link' })
  await enter(code, username)
  expect(await run.exit).toBe(0)
  expect(run.stderr()).toContain(`Open ${code.page} in any browser and enter ${code.code}`)
  const userId = `@${username}:matrix.org`
  expect(await joinedRooms(world, userId)).toHaveLength(14)
  expect(await deviceNames(world, userId)).not.toContain('Foyer (temporary)')
  const said = run.stdout() + run.stderr()
  for (const secret of world.oauth?.secrets() ?? []) {
    expect(said).not.toContain(secret)
    expect(await tokenIsDead(world, 'matrix.org', secret)).toBe(true)
  }
})

test('whoever enters it must be who was meant', async () => {
  const username = await newcomer()
  const run = foyer('--user', '@somebody:matrix.org')
  await enter(await codeOf(run), username)
  expect(await run.exit).toBe(1)
  expect(run.events().at(-1)).toMatchObject({ type: 'failed', reason: 'signIn' })
  expect(run.stderr()).toContain(
    `The code was entered by @${username}:matrix.org, not by @somebody:matrix.org.`,
  )
  expect(await deviceNames(world, `@${username}:matrix.org`)).not.toContain('Foyer (temporary)')
})

test('it runs out, and Ctrl-C ends the wait', async () => {
  const waiting = foyer('--homeserver', 'matrix.org')
  await codeOf(waiting)
  waiting.signal('SIGINT')
  expect(await waiting.exit).toBe(130)
  Object.assign(world.oauth?.faults ?? {}, { deviceCodeLifetime: 1 })
  const late = foyer('--homeserver', 'matrix.org')
  expect(await late.exit).toBe(1)
  expect(late.stderr()).toContain('The code wasn’t entered in time.')
})

test('a server that keeps its accounts itself has no codes', async () => {
  const run = foyer('--homeserver', 'matrix.mathesar.org')
  expect(await run.exit).toBe(1)
  expect(run.stderr()).toContain('matrix.mathesar.org has no sign-in by code.')
})
