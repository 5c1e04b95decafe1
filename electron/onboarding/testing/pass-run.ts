import { fetch as undiciFetch, type Dispatcher } from 'undici'
import type { JoinedCommunity } from '../../../core/joined/joined-community.ts'
import type { OnboardingEvent } from '../../../core/onboarding/flow-events.ts'
import type { OnboardingState, OnboardingStep, RoomsState } from '../../../core/onboarding/state.ts'
import { HomeserverDirectory } from '../../../matrix/homeserver/discover.ts'
import { amongStrangers } from '../../../matrix/homeserver/strangers.ts'
import { RoomPlaces } from '../../../matrix/homeserver/room-places.ts'
import type { Fetch } from '../../../matrix/http/fetch.ts'
import { brand } from '../../../matrix/account/oauth/own-brand.ts'
import { readManifests } from '../../communities.ts'
import { readHandedPage } from '../../importer/read-handed-page.ts'
import { BundledCatalogue } from '../../homeservers/catalogue.ts'
import type { Kept, PassKeep } from '../../storage/pass-record.ts'
import { realClock } from '../clock.ts'
import { Onboarding } from '../controller.ts'
import type { OnboardingPorts } from '../ports.ts'
import { openWayBack } from '../way-back.ts'

/** Longest wait for a state, in milliseconds: less than a test may take, so that what was there instead is told. */
const LONGEST_WAIT = 60_000

/** One newcomer's pass without a window. What it writes down outlives it, as a profile does. */
export class PassRun {
  readonly keep: PassKeep
  readonly onboarding: Onboarding
  /** Addresses that would have been opened in the system's browser. */
  readonly opened: string[] = []
  /** All states so far, as the screens would have been told. */
  readonly states: OnboardingState[] = []
  /** Everything that was logged. */
  readonly logged: string[] = []
  #listener: (state: OnboardingState) => void = () => undefined

  /**
   * `through` leads to the world; `keep` is the profile of an earlier run; `change` replaces parts of what is around;
   * `onNews` hears what the system would tell.
   */
  constructor(
    through: Dispatcher,
    keep: PassKeep = { pass: inMemory(), journal: inMemory() },
    change: Partial<OnboardingPorts> = {},
    onNews: (news: readonly JoinedCommunity[]) => void = () => undefined,
  ) {
    this.keep = keep
    const ports = portsOf(through, keep, this.opened, this.logged)
    const onState = (state: OnboardingState): void => {
      this.states.push(state)
      this.#listener(state)
    }
    this.onboarding = new Onboarding({ ...ports, ...change }, onState, onNews)
    this.onboarding.start()
  }

  send(event: OnboardingEvent): void {
    this.onboarding.dispatch(event)
  }

  /** Waits for a step, and a condition within it. Rejects with what is there instead where that takes a minute. */
  until<Step extends OnboardingStep>(
    step: Step,
    isThere: (state: Extract<OnboardingState, { step: Step }>) => boolean = () => true,
  ): Promise<Extract<OnboardingState, { step: Step }>> {
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => {
        reject(new Error(`Never came to ${step}, but to ${JSON.stringify(this.onboarding.state)}`))
      }, LONGEST_WAIT)
      this.#listener = (state) => {
        if (state.step !== step) return
        const found = state as Extract<OnboardingState, { step: Step }>
        if (!isThere(found)) return
        clearTimeout(tooLong)
        resolve(found)
      }
      this.#listener(this.onboarding.state)
    })
  }

  /** From the front doors to where `homeserver` makes accounts. */
  async choose(community: string, homeserver: string): Promise<void> {
    this.send({ type: 'chooseCommunity', id: community })
    await this.until('preview', (state) => state.phase === 'answered')
    await this.chooseHomeserver(homeserver)
  }

  /** From looking around to where `homeserver` makes accounts. */
  async chooseHomeserver(homeserver: string): Promise<void> {
    this.send({ type: 'leavePreview' })
    await this.until('homeserver', (state) => state.cards.every((card) => card.probe !== 'asking'))
    this.send({ type: 'chooseHomeserver', name: homeserver })
    this.send({ type: 'continueWithHomeserver' })
  }

  /** From the front doors to the rooms, with a new account on `homeserver`. */
  async signUp(community: string, homeserver: string, username: string): Promise<void> {
    await this.choose(community, homeserver)
    await this.createAccount(username)
  }

  /** From the form for a new account to the rooms. */
  async createAccount(username: string): Promise<void> {
    await this.until('createAccount')
    const password = 'four unrelated words'
    this.send({ type: 'createAccount', username, password, token: null, acceptsTerms: true })
    await this.skipProfile()
  }

  /** From the name and picture of a new account to the rooms, once all of them are known. */
  async skipProfile(): Promise<RoomsState> {
    await this.until('profile')
    this.send({ type: 'skipProfile' })
    return this.until('rooms', (state) => !state.isLoading)
  }
}

function portsOf(
  dispatcher: Dispatcher,
  keep: PassKeep,
  opened: string[],
  logged: string[],
): OnboardingPorts {
  const fetch: Fetch = (input, init) => undiciFetch(input as string, { ...(init as object), dispatcher })
  return {
    fetch,
    homeservers: new HomeserverDirectory(fetch),
    strangers: amongStrangers(fetch, null),
    resolveHost: null,
    roomPlaces: new RoomPlaces(fetch, () => performance.now()),
    catalogue: new BundledCatalogue('assets/homeservers', { get: () => null, set: () => undefined }),
    manifests: readManifests('assets/communities', (line) => {
      throw new Error(line)
    }),
    keep,
    joined: inMemory(),
    secrets: {
      hasKeyring: () => false,
      seal: (token) => ({ kind: 'file', token }),
      unseal: (kept) => (kept.kind === 'file' ? kept.token : null),
    },
    brand,
    readPage: async (page) => readHandedPage(page),
    openPage: async (url) => {
      opened.push(url)
      return true
    },
    openWayBack: () => openWayBack(),
    isPractice: true,
    clock: realClock,
    log: (line) => {
      logged.push(line)
      if (process.env['FOYER_LOG']) console.log(line)
    },
    language: 'en',
  }
}

function inMemory<Content>(): Kept<Content> {
  let kept: string | null = null
  return {
    // As text, so that nothing is shared with what goes on.
    get: () => (kept === null ? null : (JSON.parse(kept) as Content)),
    set: (content) => {
      kept = JSON.stringify(content)
    },
    clear: () => {
      kept = null
    },
  }
}
