import { afterEach, describe, expect, test } from 'vitest'
import type { JoinedCommunity } from '../../core/joined/joined-community.ts'
import type { JoinedCard, WelcomeState } from '../../core/onboarding/state.ts'
import { amongStrangers } from '../../matrix/homeserver/strangers.ts'
import type { Fetch } from '../../matrix/http/fetch.ts'
import { deviceNames, joinedRooms } from '../../practice/admin.ts'
import {
  deleteAlias,
  makeRoom,
  putState,
  replaceRoom,
  upgradeRoom,
} from '../../practice/fixtures/make-room.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import type { OnboardingPorts } from '../onboarding/ports.ts'
import { PassRun } from '../onboarding/testing/pass-run.ts'
import { newsLine } from '../i18n/words.ts'
import type { JoinedFile } from '../storage/joined-record.ts'
import type { Kept } from '../storage/pass-record.ts'

const HOME = 'matrix.org'
const PAGE = 'https://garden.example/foyer.json'
const PASSWORD = 'four unrelated words'

const { world, agent, fetch: through } = await testWorld()
let runs: PassRun[] = []
/** A test that is tried once more finds nothing taken. */
let count = 0

afterEach(async () => {
  await Promise.all(runs.map((run) => run.onboarding.stop()))
  runs = []
})

describe('what has changed in a community', () => {
  test('in words, after a restart without an account: a new room on the page, one upgraded, one whose alias is gone', async () => {
    const garden = await makeGarden('words')
    const profile = new Profile(garden)
    await profile.join('words-ada')
    expect(profile.file.communities).toHaveLength(1)
    const before = await welcomed(profile.start())
    expect(before.changes).toEqual({ added: [], moved: [], closed: [] })

    await garden.make('pond')
    await upgradeRoom(world, HOME, garden.alias('roses'))
    await deleteAlias(world, HOME, garden.alias('shed'))
    garden.page.push('pond')
    const card = await welcomed(profile.start(), ({ changes }) => changes.added.length > 0)
    expect(newsLine(card.changes)).toBe('1 new room, 1 moved, 1 closed')
    expect(card.changes.added).toMatchObject([{ key: garden.alias('pond'), name: 'pond', isInside: false }])
    expect(card.changes.moved).toMatchObject([{ key: garden.alias('roses'), name: 'roses' }])
    expect(card.changes.closed).toEqual([{ key: garden.alias('shed'), name: 'shed', why: 'gone' }])
  })

  test('is told once, and no more once it was seen', async () => {
    const garden = await makeGarden('once')
    const profile = new Profile(garden)
    await profile.join('once-ada')
    await deleteAlias(world, HOME, garden.alias('shed'))
    const told: (readonly JoinedCommunity[])[] = []
    const first = profile.start((news) => told.push(news))
    await welcomed(first, ({ changes }) => changes.closed.length > 0)
    await first.onboarding.looked()
    const again = profile.start((news) => told.push(news))
    const card = await welcomed(again, ({ changes }) => changes.closed.length > 0)
    await again.onboarding.looked()
    expect(told.map((news) => news.map(({ community }) => community.name))).toEqual([['Garden once']])
    again.send({ type: 'seenNews', id: card.id })
    const seen = await welcomed(again, ({ changes }) => changes.closed.length === 0)
    expect(seen.since).toBeGreaterThan(card.since)
    const last = profile.start()
    await last.onboarding.looked()
    expect((await welcomed(last)).changes.closed).toEqual([])
  })

  test('stays as it is known while the computer is offline', async () => {
    const garden = await makeGarden('offline')
    const profile = new Profile(garden)
    await profile.join('offline-ada')
    await deleteAlias(world, HOME, garden.alias('shed'))
    profile.isOnline = false
    const run = profile.start()
    await run.onboarding.looked()
    expect((await welcomed(run)).changes.closed).toEqual([])
    profile.isOnline = true
    run.onboarding.nudge()
    expect((await welcomed(run, ({ changes }) => changes.closed.length > 0)).changes.closed).toHaveLength(1)
  })

  test('rooms that members see only are found by signing in, and no others are chosen', async () => {
    const garden = await makeGarden('inside')
    // Left aside from the beginning, and known to the newcomer as a member.
    const aside = await garden.makeInside('aside')
    const profile = new Profile(garden)
    const { userId } = await profile.join('inside-ada')
    const fresh = await garden.makeInside('fresh')
    const run = profile.start()
    const { id } = await welcomed(run)
    run.send({ type: 'joinNews', id })
    await signIn(run, userId)
    const rooms = await run.until('rooms', (state) => !state.isLoading)
    expect(rooms.chosen).toEqual([fresh])
    expect(rooms.community.rooms.filter(({ isYours }) => isYours).length).toBe(3)
    expect(rooms.community.rooms.map(({ key }) => key)).toContain(aside)
    run.send({ type: 'startJoining' })
    await run.until('done')
    const joined = await joinedRooms(world, userId)
    expect(joined).toContain(fresh)
    expect(joined).not.toContain(aside)
  })

  test('rooms without an address that were replaced are seen while signed in', async () => {
    const garden = await makeGarden('replaced')
    const profile = new Profile(garden)
    const run = profile.start()
    await join(run, 'replaced-ada')
    run.send({ type: 'addAnother' })
    await run.until('welcome', (state) => state.account !== null)
    const old = garden.ids.get('tools') ?? ''
    const next = await makeRoom(world, HOME, { name: 'tools', predecessor: old })
    await replaceRoom(world, HOME, old, next)
    // The session is taken over by the next start.
    void run.onboarding.stop()
    const card = await welcomed(profile.start(), ({ changes }) => changes.moved.length > 0)
    expect(card.changes.moved).toEqual([{ key: garden.alias('tools'), name: 'tools', roomId: next }])
  })
})

describe('joining what is new', () => {
  test('signs in with the same account, chooses the new and the moved, and then nothing is new', async () => {
    const garden = await makeGarden('news')
    const profile = new Profile(garden)
    const { userId } = await profile.join('news-ada')
    const pond = await garden.make('pond')
    const roses = await upgradeRoom(world, HOME, garden.alias('roses'))
    garden.page.push('pond')
    const run = profile.start()
    const { id } = await welcomed(run, ({ changes }) => changes.added.length + changes.moved.length === 2)
    run.send({ type: 'joinNews', id })
    await signIn(run, userId)
    const rooms = await run.until('rooms', (state) => !state.isLoading)
    expect(rooms.chosen.toSorted()).toEqual([garden.alias('pond'), garden.alias('roses')].toSorted())
    run.send({ type: 'startJoining' })
    await run.until('done')
    expect(await joinedRooms(world, userId)).toEqual(expect.arrayContaining([pond, roses]))
    await run.onboarding.takeLeave(10_000)
    expect(await deviceNames(world, userId)).toEqual([])
    run.send({ type: 'addAnother' })
    const last = profile.start()
    await last.onboarding.looked()
    const { changes } = await welcomed(last)
    expect(changes).toEqual({ added: [], moved: [], closed: [] })
  })

  test('follows the preset of the pass, and asks for no agreement that was given', async () => {
    const garden = await makeGarden('preset')
    const profile = new Profile(garden)
    const { userId } = await profile.join('preset-ada', async (run) => {
      await run.until('rooms', (state) => !state.isLoading)
      run.send({ type: 'setPreset', preset: 'suggested' })
      run.send({ type: 'agreeToRules', isOn: true })
    })
    expect(await joinedRooms(world, userId)).toHaveLength(2)
    await garden.make('pond')
    await garden.make('gate')
    garden.page.push('pond', 'gate')
    garden.suggested.push('gate')
    const run = profile.start()
    const { id } = await welcomed(run, ({ changes }) => changes.added.length === 2)
    run.send({ type: 'joinNews', id })
    await signIn(run, userId)
    const rooms = await run.until('rooms', (state) => !state.isLoading)
    expect(rooms.chosen).toEqual([garden.alias('gate')])
    expect(rooms.community.rooms.map(({ key }) => key)).toContain(garden.alias('pond'))
    expect(rooms.community.rules?.mustAgree).toBe(true)
    run.send({ type: 'startJoining' })
    await run.until('done')
    expect(profile.file.communities[0]?.wish.preset).toBe('suggested')
  })

  test('refuses another account, and signs it out again', async () => {
    const garden = await makeGarden('other')
    const profile = new Profile(garden)
    await profile.join('other-ada')
    const eve = await new Profile(await makeGarden('eves')).join('other-eve')
    const run = profile.start()
    const { id } = await welcomed(run)
    run.send({ type: 'joinNews', id })
    await run.until('signIn', (state) => state.lookup === 'found' && state.homeserver?.baseUrl !== null)
    run.send({ type: 'signIn', id: eve.userId, password: PASSWORD })
    const refused = await run.until('signIn', (state) => state.problem !== null)
    expect(refused.problem).toMatchObject({ kind: 'otherAccount' })
    expect(await deviceNames(world, eve.userId)).toEqual([])
  })
})

describe('removing a community', () => {
  test('forgets it and leaves its rooms alone', async () => {
    const garden = await makeGarden('forget')
    const profile = new Profile(garden)
    const { userId } = await profile.join('forget-ada')
    const run = profile.start()
    const { id } = await welcomed(run)
    run.send({ type: 'askToRemove', id })
    run.send({ type: 'forgetCommunity', id })
    await run.until('welcome', ({ joined, asksToRemove }) => joined.length === 0 && asksToRemove === null)
    expect(profile.file.communities).toEqual([])
    expect(await joinedRooms(world, userId)).toHaveLength(4)
  })

  test('leaves its rooms on request, but none that was there before or that another community has', async () => {
    const garden = await makeGarden('leave')
    const profile = new Profile(garden)
    const { userId, token } = await profile.join('leave-ada', async (run) => {
      // In the lobby before Foyer comes.
      await run.until('rooms', (state) => !state.isLoading)
      const access = tokenOf(run)
      const lobby = garden.ids.get('lobby') ?? ''
      await world.client.request(HOME, `/_matrix/client/v3/join/${encodeURIComponent(lobby)}`, {
        token: access,
        body: {},
      })
      return access
    })
    expect(token).toBeTruthy()
    expect(await joinedRooms(world, userId)).toHaveLength(4)
    // Another community has the tools as well.
    const tools = garden.ids.get('tools') ?? ''
    const [first] = profile.file.communities
    if (first === undefined) throw new Error('Nothing is remembered')
    const other: JoinedCommunity = {
      ...first,
      id: `#other:x ${userId}`,
      joined: first.joined.filter(({ roomId }) => roomId === tools),
    }
    profile.joined.set({ ...profile.file, communities: [first, other] })
    const run = profile.start()
    const { leavable, id } = await welcomed(run)
    expect(leavable).toBe(2)
    run.send({ type: 'leaveCommunity', id })
    await signIn(run, userId)
    const { progress } = await run.until('joining', (state) => state.progress.leaving?.phase === 'finished')
    expect(progress.leaving).toMatchObject({ left: 2, failed: 0 })
    expect(new Set(await joinedRooms(world, userId))).toEqual(new Set([garden.ids.get('lobby'), tools]))
    run.send({ type: 'addAnother' })
    await run.until('welcome', (state) => state.account !== null)
    await run.onboarding.takeLeave(10_000)
  })
})

const rules = { url: 'https://garden.example.org/conduct', points: ['Be kind.'], accept: true }

interface Garden {
  readonly name: string
  /** Names of the rooms on its page. */
  readonly page: string[]
  /** Those that newcomers are advised to take, beside the lobby. */
  readonly suggested: string[]
  readonly ids: Map<string, string>
  alias(room: string): string
  make(room: string): Promise<string>
  makeInside(room: string): Promise<string>
  readonly file: string
}

/** A space with three rooms, a page that lists them, and a room for `tools` without which nothing is replaced. */
async function makeGarden(name: string): Promise<Garden> {
  const ids = new Map<string, string>()
  count += 1
  const suffix = `${name}-${count}`
  const alias = (room: string): string => `#${room}-${suffix}:${HOME}`
  const space = await makeRoom(world, HOME, {
    alias: `garden-${suffix}`,
    name: `Garden ${name}`,
    isSpace: true,
  })
  const make = async (room: string): Promise<string> => {
    const roomId = await makeRoom(world, HOME, { alias: `${room}-${suffix}`, name: room })
    ids.set(room, roomId)
    return roomId
  }
  const rooms =
    name === 'leave' || name === 'replaced' ? ['lobby', 'tools', 'shed'] : ['lobby', 'roses', 'shed']
  for (const room of rooms) await make(room)
  const page = [...rooms]
  const suggested: string[] = []
  return {
    name,
    page,
    suggested,
    ids,
    alias,
    make,
    async makeInside(room) {
      const roomId = await makeRoom(world, HOME, { name: room, rule: { restrictedTo: [space] } })
      await putState(world, HOME, space, 'm.space.child', { via: [HOME] }, roomId)
      return roomId
    },
    get file() {
      return JSON.stringify({
        version: 2,
        name: `Garden ${name}`,
        space: { address: `#garden-${suffix}:${HOME}` },
        rules: name === 'preset' ? rules : undefined,
        rooms: page.map((room) => ({
          address: alias(room),
          label: room,
          lobby: room === 'lobby',
          suggested: suggested.includes(room),
        })),
      })
    },
  }
}

/** What outlives a run of Foyer, with the community's page as the web has it at each moment. */
class Profile {
  isOnline = true
  readonly joined: Kept<JoinedFile>
  readonly #garden: Garden
  #run: PassRun | null = null

  constructor(garden: Garden) {
    this.#garden = garden
    let kept: string | null = null
    this.joined = {
      get: () => (kept === null ? null : (JSON.parse(kept) as JoinedFile)),
      set: (file) => {
        kept = JSON.stringify(file)
      },
      clear: () => {
        kept = null
      },
    }
  }

  get file(): JoinedFile {
    return this.joined.get() ?? { version: 1, isWatching: false, communities: [] }
  }

  /** Opens Foyer, anew if it was open. */
  start(onNews?: (news: readonly JoinedCommunity[]) => void): PassRun {
    const fetch: Fetch = async (input, init) => {
      if (!this.isOnline) throw new TypeError('offline')
      const url = input instanceof Request ? input.url : String(input)
      return url === PAGE ? new Response(this.#garden.file) : through(input, init)
    }
    void this.#run?.onboarding.stop()
    const strangers = amongStrangers(fetch, null)
    const change: Partial<OnboardingPorts> = { fetch, strangers, joined: this.joined, resolveHost: null }
    const run = new PassRun(agent, this.#run?.keep, change, onNews)
    runs.push(run)
    this.#run = run
    return run
  }

  /** Joins everything on the page with a new account, unless `before` chooses anew, and closes Foyer. */
  async join<Extra>(
    username: string,
    before: (run: PassRun) => Promise<Extra | undefined> = async () => undefined,
  ): Promise<{ userId: string; token: Extra | undefined }> {
    const run = this.start()
    const token = await join(run, username, before)
    const { account } = await run.until('done')
    await run.onboarding.takeLeave(10_000)
    run.send({ type: 'addAnother' })
    await run.until('welcome')
    return { userId: account.userId, token }
  }
}

async function join<Extra>(
  run: PassRun,
  username: string,
  before: (run: PassRun) => Promise<Extra | undefined> = async () => undefined,
): Promise<Extra | undefined> {
  run.send({ type: 'openLink', text: PAGE })
  await run.until('preview', (state) => state.phase === 'answered')
  await run.chooseHomeserver(HOME)
  count += 1
  await run.createAccount(`${username}-${count}`)
  run.send({ type: 'toggleRooms', keys: listed(run), isOn: true })
  const extra = await before(run)
  run.send({ type: 'startJoining' })
  await run.until('done')
  return extra
}

function listed(run: PassRun): string[] {
  const { state } = run.onboarding
  return state.step === 'rooms'
    ? state.community.rooms.filter(({ label }) => label !== null).map(({ key }) => key)
    : []
}

/** The one community at the front doors, once it looks like this. */
async function welcomed(
  run: PassRun,
  isThere: (card: JoinedCard) => boolean = () => true,
): Promise<JoinedCard> {
  const has = ({ joined }: WelcomeState): boolean => joined[0] !== undefined && isThere(joined[0])
  const { joined } = await run.until('welcome', has)
  const [card] = joined
  if (card === undefined) throw new Error('Nothing is remembered')
  return card
}

async function signIn(run: PassRun, userId: string): Promise<void> {
  await run.until('signIn', (state) => state.lookup === 'found' && state.homeserver?.baseUrl !== null)
  run.send({ type: 'signIn', id: userId, password: PASSWORD })
}

function tokenOf(run: PassRun): string {
  const token = run.keep.pass.get()?.session?.token
  return token?.kind === 'file' ? token.token : ''
}
