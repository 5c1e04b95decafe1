import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onePixel } from '../../core/testing/pictures.ts'
import type { BrowserState } from '../../core/onboarding/state.ts'
import { askAdmin, createAccount, deviceNames, joinedRooms, tokenIsDead } from '../../practice/admin.ts'
import { walkAccountPages, type Visitor } from '../../practice/fixtures/account-pages.ts'
import { testPython } from '../../practice/fixtures/python.ts'
import { noFaults } from '../../practice/oauth/faults.ts'
import type { OauthServer } from '../../practice/oauth/server.ts'
import { startWorld, type PracticeWorld } from '../../practice/world.ts'
import type { OnboardingPorts } from './ports.ts'
import { HeadlessPass } from '../../test/fixtures/headless-pass.ts'
import { openWayBack } from './way-back.ts'

const PASSWORD = 'four unrelated words here'

let world: PracticeWorld
let server: OauthServer
let count = 0
const running: HeadlessPass[] = []

beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised', delegates: true })
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

function newPass(change: Partial<OnboardingPorts> = {}, earlier?: HeadlessPass): HeadlessPass {
  const pass = new HeadlessPass(world, change, earlier?.keep)
  running.push(pass)
  return pass
}

function newName(): string {
  count += 1
  return `browser-${count}`
}

const isWaiting = (state: BrowserState): boolean => state.phase === 'waiting'
const isStopped = (state: BrowserState): boolean => state.phase === 'stopped'

/** Walks the page that the pass has opened last. */
function walk(pass: HeadlessPass, visitor: Partial<Visitor> & { username: string }) {
  return walkAccountPages(world, pass.opened.at(-1) ?? '', { password: PASSWORD, isNew: true, ...visitor })
}

/** A pass that has come to the page of matrix.org. */
async function atPage(community = 'mathesar', change: Partial<OnboardingPorts> = {}): Promise<HeadlessPass> {
  const pass = newPass(change)
  await pass.choose(community, 'matrix.org')
  await pass.until('browser', isWaiting)
  return pass
}

/** Tokens that the profile holds. */
function tokensOf(pass: HeadlessPass): { access: string; refresh: string } {
  const session = pass.keep.pass.get()?.session
  const access = session?.token?.kind === 'file' ? session.token.token : ''
  const refresh = session?.grant?.refreshToken?.kind === 'file' ? session.grant.refreshToken.token : ''
  return { access, refresh }
}

describe('by the browser', () => {
  test('an account is created, Mathesar’s rooms are joined, and every token is dead', async () => {
    const username = newName()
    const pass = await atPage()
    expect(pass.opened[0]).toContain('prompt=create')
    const { text } = await walk(pass, { username })
    expect(text).toContain('Go back to Foyer')
    const rooms = await pass.skipProfile()
    expect(rooms.account.userId).toBe(`@${username}:matrix.org`)
    expect(await deviceNames(world, rooms.account.userId)).toEqual(['Foyer (temporary)'])
    const { access, refresh } = tokensOf(pass)
    expect(server.secrets()).toEqual(expect.arrayContaining([access, refresh]))

    pass.onboarding.dispatch({ type: 'setPreset', preset: 'all' })
    pass.onboarding.dispatch({ type: 'startJoining' })
    const done = await pass.untilSignedOut()
    expect(done.progress.lines.filter((line) => line.status === 'joined')).toHaveLength(13)
    expect(await joinedRooms(world, done.account.userId)).toHaveLength(14)
    expect(await tokenIsDead(world, 'matrix.org', access)).toBe(true)
    expect(await deviceNames(world, done.account.userId)).toEqual([])
    expect(tokensOf(pass)).toEqual({ access: '', refresh: '' })
    const told = JSON.stringify([pass.states, pass.logged])
    for (const secret of [...server.secrets(), PASSWORD]) expect(told).not.toContain(secret)
  })

  test('somebody with an account signs in', async () => {
    const username = newName()
    await createAccount(world, 'matrix.org', { username, password: PASSWORD })
    const pass = newPass()
    pass.onboarding.dispatch({ type: 'setExperience', experience: 'matrix' })
    pass.onboarding.dispatch({ type: 'chooseCommunity', id: 'derse' })
    await pass.until('preview', (state) => state.phase === 'answered')
    pass.onboarding.dispatch({ type: 'leavePreview' })
    await pass.until('signIn')
    pass.onboarding.dispatch({ type: 'lookUpId', text: `@${username}:matrix.org` })
    const found = await pass.until('signIn', (state) => state.lookup === 'found')
    expect(found.acceptsPassword).toBe(false)
    pass.onboarding.dispatch({ type: 'signInInBrowser' })
    await pass.until('browser', isWaiting)
    expect(pass.opened[0]).not.toContain('prompt=')
    await walk(pass, { username, isNew: false })
    const rooms = await pass.until('rooms')
    expect(rooms.account.userId).toBe(`@${username}:matrix.org`)
  })

  test('a new account is named on the way in, once', async () => {
    const username = newName()
    const pass = await atPage()
    await walk(pass, { username })
    expect(await pass.until('profile')).toMatchObject({ known: { name: '' } })
    pass.send({ type: 'saveProfile', name: 'Grace Hopper', picture: onePixel.png })
    const { account } = await pass.until('rooms')
    const user = await askAdmin(world, 'matrix.org', `/v2/users/${encodeURIComponent(account.userId)}`)
    expect(user).toMatchObject({ displayname: 'Grace Hopper', avatar_url: expect.stringMatching(/^mxc:/) })
    await pass.close()

    const again = await atPage()
    await walk(again, { username, isNew: false })
    await again.until('rooms')
    expect(again.states.some((state) => state.step === 'profile')).toBe(false)
  })

  test('the person says no, and may think again', async () => {
    const username = newName()
    const pass = await atPage()
    const { text } = await walk(pass, { username, consents: false })
    expect(text).toContain('Nothing was changed')
    expect((await pass.until('browser', isStopped)).problem).toEqual({ kind: 'denied' })
    pass.onboarding.dispatch({ type: 'useBrowser' })
    await pass.until('browser', isWaiting)
    await walk(pass, { username, isNew: false })
    await pass.skipProfile()
  })

  test('a callback with a wrong state changes nothing, and one that comes twice is told so', async () => {
    const username = newName()
    const pass = await atPage()
    const redirect = new URL(new URL(pass.opened[0] ?? '').searchParams.get('redirect_uri') ?? '')
    const forged = await fetch(`${redirect.href}?code=stolen&state=guessed`)
    expect(await forged.text()).toContain('This page belongs to an earlier try')
    expect((await fetch(`${redirect.href}?code=stolen`)).status).toBe(200)
    expect((await fetch(redirect.origin)).status).toBe(404)
    expect(pass.onboarding.state).toMatchObject({ step: 'browser', phase: 'waiting' })
    const { url } = await walk(pass, { username })
    await pass.skipProfile()
    expect(await (await fetch(url)).text()).toContain('This page has done its work already')
  })

  test('an answer of another server is not used', async () => {
    const pass = await atPage()
    const asked = new URL(pass.opened[0] ?? '').searchParams
    const answer = new URLSearchParams({
      code: 'x',
      state: asked.get('state') ?? '',
      iss: 'https://evil.example/',
    })
    await fetch(`${asked.get('redirect_uri')}?${answer.toString()}`)
    expect((await pass.until('browser', isStopped)).problem).toEqual({ kind: 'mixedUp' })
  })

  test('nobody comes back', async () => {
    let isOver = false
    const clock = {
      wall: () => Date.now(),
      monotonic: () => performance.now(),
      sleep: (ms: number, signal: AbortSignal) =>
        new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve())
          if (ms === 600_000) setInterval(() => isOver && resolve(), 20).unref()
          else setTimeout(resolve, ms)
        }),
    }
    const pass = await atPage('mathesar', { clock })
    isOver = true
    const stopped = await pass.until('browser', isStopped)
    expect(stopped).toMatchObject({ problem: { kind: 'timedOut' }, offersCode: true })
  })

  test('127.0.0.1 is taken: [::1] does, and where that is too, a code', async () => {
    const username = newName()
    const refuse = (): Promise<number> => Promise.reject(new Error('EADDRINUSE'))
    const onSix = await atPage('mathesar', {
      openWayBack: () => openWayBack((each, host) => (host === '::1' ? listenOnSix(each) : refuse())),
    })
    expect(new URL(onSix.opened[0] ?? '').searchParams.get('redirect_uri')).toMatch(
      /^http:\/\/\[::1\]:\d+\/callback$/,
    )
    await walk(onSix, { username })
    await onSix.skipProfile()

    const pass = newPass({ openWayBack: () => openWayBack(refuse) })
    await pass.choose('mathesar', 'matrix.org')
    expect((await pass.until('browser', isStopped)).problem).toEqual({ kind: 'noWayBack' })
    pass.onboarding.dispatch({ type: 'showCode' })
    expect((await pass.until('browser', isWaiting)).code?.userCode).toHaveLength(6)
  })

  test('the account server goes away while the page is open, and comes back', async () => {
    const username = newName()
    const pass = await atPage()
    world.setReachable('account.matrix.org', false)
    const asked = new URL(pass.opened[0] ?? '').searchParams
    const answer = new URLSearchParams({
      code: 'lost',
      state: asked.get('state') ?? '',
      iss: 'https://account.matrix.org/',
    })
    await fetch(`${asked.get('redirect_uri')}?${answer.toString()}`)
    expect((await pass.until('browser', isStopped)).problem).toEqual({ kind: 'unreachable' })
    pass.onboarding.dispatch({ type: 'useBrowser' })
    await pass.until('browser', (state) => state.phase === 'preparing')
    expect((await pass.until('browser', isStopped)).problem).toEqual({ kind: 'unreachable' })
    world.setReachable('account.matrix.org', true)
    pass.onboarding.dispatch({ type: 'useBrowser' })
    await pass.until('browser', isWaiting)
    await walk(pass, { username })
    await pass.skipProfile()
  })

  test('too many registrations are a rest, after which it goes on by itself', async () => {
    server.faults.isRegistrationLimited = true
    const began = Date.now()
    let waited = 0
    const clock = {
      wall: () => Date.now(),
      monotonic: () => performance.now(),
      sleep: async (ms: number) => {
        const { state } = pass.onboarding
        // The next look at joined communities is a day away.
        if (ms > 3_600_000) return new Promise<void>(() => undefined)
        if (state.step !== 'browser') return
        if (state.problem === null) return new Promise<void>(() => undefined)
        waited = ms
        server.faults.isRegistrationLimited = false
      },
    }
    const pass: HeadlessPass = newPass({ clock })
    await pass.choose('mathesar', 'matrix.org')
    await pass.until('browser', isWaiting)
    const rest = pass.states.find((state) => state.step === 'browser' && state.problem !== null)
    expect(rest).toMatchObject({ problem: { kind: 'rateLimited' } })
    expect(waited).toBeGreaterThan(4_000)
    expect(Date.now() - began).toBeLessThan(4_000)
  })

  test('Foyer is closed while it waits: it doesn’t open the browser unasked', async () => {
    const first = await atPage()
    await first.close()
    const second = newPass({}, first)
    expect(second.onboarding.state).toMatchObject({
      step: 'browser',
      phase: 'stopped',
      problem: { kind: 'interrupted' },
    })
    expect(second.opened).toEqual([])
    second.onboarding.dispatch({ type: 'useBrowser' })
    await second.until('browser', isWaiting)
    await walk(second, { username: newName() })
    await second.skipProfile()
  })
})

describe('by a code', () => {
  test('somebody enters it in another browser', async () => {
    const username = newName()
    await createAccount(world, 'matrix.org', { username, password: PASSWORD })
    const pass = await atPage()
    pass.onboarding.dispatch({ type: 'showCode' })
    const { code } = await pass.until('browser', isWaiting)
    expect(code).toMatchObject({
      address: 'account.matrix.org/link',
      link: 'https://account.matrix.org/link',
    })
    // Whoever finds the profile must not find the code.
    expect(JSON.stringify(pass.keep.pass.get())).not.toContain(code?.userCode)
    const link = `${code?.link}?user_code=${code?.userCode}`
    await walkAccountPages(world, link, { username, password: PASSWORD, isNew: false })
    const rooms = await pass.until('rooms')
    expect(rooms.account.userId).toBe(`@${username}:matrix.org`)
  }, 20_000)

  test('it runs out, and the next one holds the code in its link', async () => {
    server.faults.deviceCodeLifetime = 1
    server.faults.hasCompleteLink = true
    const pass = await atPage()
    pass.onboarding.dispatch({ type: 'showCode' })
    const { code } = await pass.until('browser', isWaiting)
    expect(code?.link).toBe(`https://account.matrix.org/link?user_code=${code?.userCode}`)
    expect((await pass.until('browser', isStopped)).problem).toEqual({ kind: 'codeExpired' })
  }, 20_000)

  test('the person says no', async () => {
    const username = newName()
    await createAccount(world, 'matrix.org', { username, password: PASSWORD })
    const pass = await atPage()
    pass.onboarding.dispatch({ type: 'showCode' })
    const { code } = await pass.until('browser', isWaiting)
    const link = `${code?.link}?user_code=${code?.userCode}`
    await walkAccountPages(world, link, { username, password: PASSWORD, isNew: false, consents: false })
    expect((await pass.until('browser', isStopped)).problem).toEqual({ kind: 'denied' })
  }, 20_000)
})

async function listenOnSix(
  each: Parameters<NonNullable<Parameters<typeof openWayBack>[0]>>[0],
): Promise<number> {
  await new Promise<void>((resolve, reject) => each.once('error', reject).listen(0, '::1', resolve))
  const address = each.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
