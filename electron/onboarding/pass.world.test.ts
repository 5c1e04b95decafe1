import { fetch as undiciFetch, ProxyAgent } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OnboardingState, OnboardingStep } from '../../core/onboarding/state.ts'
import type { Fetch } from '../../matrix/http/fetch.ts'
import { HomeserverDirectory } from '../../matrix/homeserver/discover.ts'
import { RoomPlaces } from '../../matrix/homeserver/room-places.ts'
import { joinedRooms } from '../../practice/admin.ts'
import { testPython } from '../../practice/fixtures/python.ts'
import { startWorld, type PracticeWorld } from '../../practice/world.ts'
import { readManifests } from '../communities.ts'
import { BundledCatalogue } from '../homeservers/catalogue.ts'
import type { Kept } from '../storage/pass-record.ts'
import { realClock } from './clock.ts'
import { Onboarding } from './controller.ts'
import type { OnboardingPorts } from './ports.ts'

let world: PracticeWorld
let agent: ProxyAgent

beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
  agent = new ProxyAgent({ uri: world.proxyUrl, requestTls: { ca: world.caPem } })
})
afterAll(async () => {
  await agent.destroy()
  await world.stop()
})

describe('the pass without a window', () => {
  test.each([
    // Rooms that can be joined: Galaxy's space holds one that is by invitation and one that asks first.
    ['galaxy', 'matrix.org', 69, ['asked']],
    ['mathesar', 'matrix.mathesar.org', 13, []],
    ['derse', 'matrix.org', 5, []],
    ['auxolotl', 'matrix.org', 33, []],
  ])('%s: an account on %s, and %i rooms', async (community, homeserver, rooms, reasons) => {
    const pass = new Pass()
    pass.onboarding.dispatch({ type: 'chooseCommunity', id: community })
    const preview = await pass.until('preview', (state) => state.phase === 'answered')
    expect(preview.community.rooms.every((room) => room.sight === 'seen' || room.sight === 'private')).toBe(
      true,
    )
    pass.onboarding.dispatch({ type: 'leavePreview' })
    await pass.until('homeserver', (state) => state.cards.every((card) => card.probe !== 'asking'))
    pass.onboarding.dispatch({ type: 'chooseHomeserver', name: homeserver })
    pass.onboarding.dispatch({ type: 'continueWithHomeserver' })
    await pass.until('createAccount')
    pass.onboarding.dispatch({
      type: 'createAccount',
      username: `pass-${community}`,
      password: 'four unrelated words',
      token: null,
      acceptsTerms: true,
    })
    await pass.until('rooms', (state) => !state.isLoading)
    pass.onboarding.dispatch({ type: 'setPreset', preset: 'all' })
    pass.onboarding.dispatch({ type: 'startJoining' })
    const done = await pass.until('done', (state) => state.signOut === 'done')
    const joined = await joinedRooms(world, done.account.userId)
    const lines = done.progress.lines
    expect(lines.filter((line) => line.status === 'joined')).toHaveLength(rooms)
    expect(lines.filter((line) => line.status !== 'joined').map((line) => line.reason)).toEqual(reasons)
    expect(joined.length).toBeGreaterThanOrEqual(rooms)
  })
})

/** One newcomer's pass, with a profile of its own. */
class Pass {
  readonly onboarding: Onboarding
  #listener: (state: OnboardingState) => void = () => undefined

  constructor() {
    this.onboarding = new Onboarding(ports(), (state) => this.#listener(state))
    this.onboarding.start()
  }

  /** Waits for a step, and a condition within it. */
  until<Step extends OnboardingStep>(
    step: Step,
    isThere: (state: Extract<OnboardingState, { step: Step }>) => boolean = () => true,
  ): Promise<Extract<OnboardingState, { step: Step }>> {
    return new Promise((resolve) => {
      this.#listener = (state) => {
        if (state.step !== step) return
        const found = state as Extract<OnboardingState, { step: Step }>
        if (isThere(found)) resolve(found)
      }
      this.#listener(this.onboarding.state)
    })
  }
}

function ports(): OnboardingPorts {
  // undici's fetch and Node's own are the same code under two sets of types.
  const fetch: Fetch = (input, init) =>
    undiciFetch(input as string, { ...(init as object), dispatcher: agent }) as unknown as Promise<Response>
  return {
    fetch,
    homeservers: new HomeserverDirectory(fetch),
    resolveHost: null,
    roomPlaces: new RoomPlaces(fetch, () => performance.now()),
    catalogue: new BundledCatalogue('assets/homeservers', { get: () => null, set: () => undefined }),
    manifests: readManifests('assets/communities', (line) => expect.unreachable(line)),
    keep: { pass: inMemory(), journal: inMemory() },
    secrets: { hasKeyring: () => false, seal: (token) => ({ kind: 'file', token }), unseal: () => null },
    isPractice: true,
    clock: realClock,
    log: (line) => process.env['FOYER_LOG'] && console.log(line),
  }
}

function inMemory<Content>(): Kept<Content> {
  let kept: Content | null = null
  return {
    get: () => kept,
    set: (content) => {
      kept = content
    },
    clear: () => {
      kept = null
    },
  }
}
