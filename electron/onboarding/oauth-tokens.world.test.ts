import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { deviceNames, joinedRooms, tokenIsDead } from '../../practice/admin.ts'
import { walkAccountPages } from '../../practice/fixtures/account-pages.ts'
import { testPython } from '../../practice/fixtures/python.ts'
import { noFaults } from '../../practice/oauth/faults.ts'
import type { OauthServer } from '../../practice/oauth/server.ts'
import { startWorld, type PracticeWorld } from '../../practice/world.ts'
import { HeadlessPass } from '../../test/fixtures/headless-pass.ts'
import type { OnboardingPorts } from './ports.ts'

const PASSWORD = 'four unrelated words here'

let world: PracticeWorld
let server: OauthServer
let count = 0
const running: HeadlessPass[] = []

// Limits under which Auxolotl's 33 rooms take a quarter of a minute, so that short tokens run out on the way.
beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'twentyfold', delegates: true })
  if (world.oauth === null) throw new Error('matrix.org delegates nothing')
  server = world.oauth
}, 300_000)
afterAll(() => world.stop())
beforeEach(() => {
  Object.assign(server.faults, noFaults())
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((pass) => pass.close()))
})

/** A pass that is joining Auxolotl's rooms from matrix.org. */
async function joining(
  change: Partial<OnboardingPorts> = {},
): Promise<{ pass: HeadlessPass; username: string }> {
  count += 1
  const username = `tokens-${count}`
  const pass = new HeadlessPass(world, change)
  running.push(pass)
  await pass.choose('auxolotl', 'matrix.org')
  await inBrowser(pass, username, true)
  await pass.skipProfile()
  pass.onboarding.dispatch({ type: 'setPreset', preset: 'all' })
  pass.onboarding.dispatch({ type: 'startJoining' })
  await pass.until('joining')
  return { pass, username }
}

async function inBrowser(pass: HeadlessPass, username: string, isNew: boolean): Promise<void> {
  await pass.until('browser', (state) => state.phase === 'waiting')
  await walkAccountPages(world, pass.opened.at(-1) ?? '', { username, password: PASSWORD, isNew })
}

function refreshesSince(from: number) {
  return server.requests.filter((request) => request.grant === 'refresh_token' && request.from >= from)
}

async function expectAllJoined(pass: HeadlessPass, username: string): Promise<void> {
  const userId = `@${username}:matrix.org`
  const done = await pass.untilSignedOut()
  expect(done.progress.lines.filter((line) => line.status === 'joined')).toHaveLength(33)
  expect(await joinedRooms(world, userId)).toHaveLength(33)
  expect(await deviceNames(world, userId)).toEqual([])
}

test('tokens of ten seconds run out while 33 rooms are joined, and nobody notices', async () => {
  server.faults.accessTokenLifetime = 10
  const from = Date.now()
  const { pass, username } = await joining()
  await expectAllJoined(pass, username)
  const refreshes = refreshesSince(from)
  expect(refreshes.length).toBeGreaterThanOrEqual(1)
  expect(refreshes.every((request) => request.status === 200)).toBe(true)
  const inOrder = refreshes.toSorted((one, other) => one.from - other.from)
  for (const [index, request] of inOrder.entries()) {
    expect(request.from).toBeGreaterThanOrEqual(inOrder[index - 1]?.until ?? 0)
  }
  // Ahead of their end: no room was ever refused for a token.
  expect(JSON.stringify(pass.states)).not.toContain('M_UNKNOWN_TOKEN')
  const access = server.secrets().filter((secret) => secret.length > 30)
  for (const token of access) expect(await tokenIsDead(world, 'matrix.org', token)).toBe(true)
})

test('answers to refreshes get lost, and all rooms are joined', async () => {
  Object.assign(server.faults, { accessTokenLifetime: 4, refreshAnswersToLose: 3 })
  const from = Date.now()
  const { pass, username } = await joining()
  await expectAllJoined(pass, username)
  expect(server.faults.refreshAnswersToLose).toBe(0)
  expect(refreshesSince(from).length).toBeGreaterThanOrEqual(5)
})

test('the account server is away while a token runs out, and joining goes on when it is back', async () => {
  server.faults.accessTokenLifetime = 4
  const { pass, username } = await joining()
  world.setReachable('account.matrix.org', false)
  await pass.until('joining', (state) => state.progress.phase === 'offline')
  world.setReachable('account.matrix.org', true)
  pass.onboarding.nudge()
  await expectAllJoined(pass, username)
})

test('the session is ended elsewhere: signing in again goes on with the queue', async () => {
  const { pass, username } = await joining()
  await pass.until(
    'joining',
    ({ progress }) => progress.lines.filter((each) => each.status === 'joined').length > 5,
  )
  server.endSessionsOf(username)
  const stopped = await pass.until('joining', (state) => state.progress.phase === 'stopped')
  expect(stopped.progress.stopReason).toBe('signedOut')
  const before = await joinedRooms(world, `@${username}:matrix.org`)
  expect(before.length).toBeLessThan(33)

  pass.onboarding.dispatch({ type: 'signInAgain' })
  const signIn = await pass.until('signIn', (state) => state.lookup === 'found' && !state.acceptsPassword)
  expect(signIn.knownId).toBe(`@${username}:matrix.org`)
  pass.onboarding.dispatch({ type: 'signInInBrowser' })
  await inBrowser(pass, username, false)
  await expectAllJoined(pass, username)
})

test('Foyer is closed in the middle, and opened again when the token has run out', async () => {
  server.faults.accessTokenLifetime = 3
  const { pass: first, username } = await joining()
  await first.close()
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const pass = new HeadlessPass(world, {}, first.keep)
  running.push(pass)
  expect(pass.onboarding.state).toMatchObject({ step: 'joining', asks: 'resume' })
  pass.onboarding.dispatch({ type: 'resume' })
  await expectAllJoined(pass, username)
})

test('the computer’s clock is a year ahead, or a year behind', async () => {
  server.faults.accessTokenLifetime = 6
  for (const skew of [1, -1]) {
    const year = 365 * 24 * 60 * 60 * 1000
    const { pass, username } = await joining({
      clock: {
        wall: () => Date.now() + skew * year,
        monotonic: () => performance.now(),
        sleep: (ms, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve())
            setTimeout(resolve, ms)
          }),
      },
    })
    await expectAllJoined(pass, username)
  }
})
