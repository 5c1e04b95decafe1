import { fetch as undiciFetch, type Dispatcher } from 'undici'
import type { OnboardingEvent } from '../../../core/onboarding/flow-events.ts'
import type { OnboardingState, OnboardingStep } from '../../../core/onboarding/state.ts'
import { HomeserverDirectory } from '../../../matrix/homeserver/discover.ts'
import { RoomPlaces } from '../../../matrix/homeserver/room-places.ts'
import type { Fetch } from '../../../matrix/http/fetch.ts'
import { readManifests } from '../../communities.ts'
import { BundledCatalogue } from '../../homeservers/catalogue.ts'
import type { Kept, PassKeep } from '../../storage/pass-record.ts'
import { realClock } from '../clock.ts'
import { Onboarding } from '../controller.ts'
import type { OnboardingPorts } from '../ports.ts'

/** One newcomer's pass without a window. What it writes down outlives it, as a profile does. */
export class PassRun {
  readonly keep: PassKeep
  readonly onboarding: Onboarding
  #listener: (state: OnboardingState) => void = () => undefined

  /** `through` leads to the world; `keep` is the profile of an earlier run; `own` stands in for parts of the rest. */
  constructor(
    through: Dispatcher,
    keep: PassKeep = { pass: inMemory(), journal: inMemory() },
    own: Partial<OnboardingPorts> = {},
  ) {
    this.keep = keep
    this.onboarding = new Onboarding(portsOf(through, keep, own), (state) => this.#listener(state))
    this.onboarding.start()
  }

  send(event: OnboardingEvent): void {
    this.onboarding.dispatch(event)
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

  /** From the front doors to the rooms, with a new account on `homeserver`. */
  async signUp(community: string, homeserver: string, username: string): Promise<void> {
    this.send({ type: 'chooseCommunity', id: community })
    await this.until('preview', (state) => state.phase === 'answered')
    this.send({ type: 'leavePreview' })
    await this.until('homeserver', (state) => state.cards.every((card) => card.probe !== 'asking'))
    this.send({ type: 'chooseHomeserver', name: homeserver })
    this.send({ type: 'continueWithHomeserver' })
    await this.until('createAccount')
    const password = 'four unrelated words'
    this.send({ type: 'createAccount', username, password, token: null, acceptsTerms: true })
    await this.until('profile')
    this.send({ type: 'skipProfile' })
    await this.until('rooms', (state) => !state.isLoading)
  }
}

function portsOf(dispatcher: Dispatcher, keep: PassKeep, own: Partial<OnboardingPorts>): OnboardingPorts {
  const fetch: Fetch = (input, init) => undiciFetch(input as string, { ...(init as object), dispatcher })
  return {
    fetch,
    homeservers: new HomeserverDirectory(fetch),
    resolveHost: null,
    roomPlaces: new RoomPlaces(fetch, () => performance.now()),
    catalogue: new BundledCatalogue('assets/homeservers', { get: () => null, set: () => undefined }),
    manifests: readManifests('assets/communities', (line) => {
      throw new Error(line)
    }),
    keep,
    secrets: {
      hasKeyring: () => false,
      seal: (token) => ({ kind: 'file', token }),
      unseal: (kept) => (kept.kind === 'file' ? kept.token : null),
    },
    openPage: () => true,
    language: 'en',
    isPractice: true,
    clock: realClock,
    log: (line) => process.env['FOYER_LOG'] && console.log(line),
    ...own,
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
