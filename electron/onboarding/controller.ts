import {
  communityFromAddress,
  communityFromManifest,
  type Community,
} from '../../core/communities/community.ts'
import { parseRoomLink } from '../../core/addresses/room-address.ts'
import { firstState, next, type OnboardingEvent } from '../../core/onboarding/next.ts'
import { retryable } from '../../core/joining/progress.ts'
import type { JoinState } from '../../core/joining/engine.ts'
import type {
  Account,
  CommunityCard,
  DoneState,
  HomeserverState,
  JoiningState,
  JoinProgress,
  OnboardingState,
  RoomsState,
} from '../../core/onboarding/state.ts'
import { signOut } from '../../matrix/account/sign-in.ts'
import type { Session } from '../../matrix/client.ts'
import type { KeptPass } from '../storage/pass-record.ts'
import { createAccountFlow, signInFlow } from './account-flow.ts'
import { blankCard, findHomeserver, fitOf, probeCard, suggestedCards } from './homeserver-flow.ts'
import { isWorthWriting, rested } from './kept-state.ts'
import { Joining, planned, replanned, resumed } from './joining.ts'
import type { OnboardingPorts } from './ports.ts'
import { lookUpRoom, previewFlow } from './preview-flow.ts'
import { roomsHereFlow, spaceChildrenFlow } from './rooms-flow.ts'
import { usernameFlow } from './username-flow.ts'

/**
 * Keeps the one state of the pass: takes events, asks `next` for the new state, starts what that step needs, writes
 * it down, and tells the window. Whatever a step has under way ends when the step is left.
 */
export class Onboarding {
  #state: OnboardingState = firstState
  #session: Session | null = null
  /** The newcomer agreed to a file, where no keyring is. */
  #inFile: boolean
  #joining: Joining | null = null
  #stepEnd = new AbortController()
  readonly #runEnd = new AbortController()
  /** Looking around goes on behind the next steps, until another community is looked at. */
  #previewEnd = new AbortController()
  #previewing: Promise<void> = Promise.resolve()
  /** Of the look-up of what is being typed: a name, an ID or a server. A newer one takes its place. */
  #lookUpEnd = new AbortController()
  readonly #ports: OnboardingPorts
  readonly #onState: (state: OnboardingState) => void

  constructor(ports: OnboardingPorts, onState: (state: OnboardingState) => void) {
    this.#ports = ports
    this.#onState = onState
    this.#inFile = ports.isPractice
  }

  get state(): OnboardingState {
    return this.#state
  }

  /** The join queue, for the report; null before joining began. */
  get joinState(): JoinState | null {
    return this.#joining?.driver.view.state ?? this.#ports.keep.journal.get()
  }

  /** Takes up the pass that was kept on disk, or begins at the welcome. */
  start(): void {
    const kept = this.#ports.keep.pass.get()
    if (kept !== null) this.#takeUp(kept)
    else this.#enterStep()
  }

  /** Ends requests under way and writes nothing more; what the journal holds is enough to go on. */
  async stop(): Promise<void> {
    this.#runEnd.abort()
    this.#stepEnd.abort()
    this.#previewEnd.abort()
    await this.#joining?.driver.pause()
  }

  /** The computer has woken up or is online again: what waits for the network looks once more at once. */
  nudge(): void {
    const { state } = this
    if (state.step === 'joining' && state.progress.phase === 'offline') this.#drive()
    if (state.step === 'preview' && state.phase === 'offline') this.dispatch({ type: 'checkAgain' })
  }

  /** Takes an event in. What follows from it happens by itself and shows as further states. */
  dispatch(event: OnboardingEvent): void {
    const before = this.#state
    this.#state = next(before, event)
    if (this.#state === before) {
      if (!NO_STATE_EVENTS.has(event.type))
        this.#ports.log(`onboarding: ${event.type} changes nothing in ${before.step}`)
    } else {
      this.#write(before)
      this.#onState(this.#state)
    }
    if (this.#state.step !== before.step) this.#enterStep()
    this.#follow(event, before)
  }

  #enterStep(): void {
    this.#stepEnd.abort()
    this.#stepEnd = new AbortController()
    const state = this.#state
    this.#ports.log(`onboarding: ${state.step}`)
    switch (state.step) {
      case 'welcome':
        // What an earlier community left must not be taken for the next one's.
        this.#joining = null
        this.#ports.keep.journal.clear()
        this.dispatch({ type: 'communitiesRead', communities: this.#ports.manifests.map(cardOf) })
        break
      case 'preview':
        if (state.phase === 'asking') this.#preview(state.community)
        break
      case 'homeserver':
        this.#run(this.#homeservers(state))
        break
      case 'rooms':
        this.#run(this.#rooms(state))
        break
      case 'done':
        if (state.signOut === 'working') this.#run(this.#signOut())
        break
      case 'createAccount':
      case 'signIn':
      case 'joining':
        break
    }
  }

  /** What an event sets in motion beside the new state. */
  #follow(event: OnboardingEvent, before: OnboardingState): void {
    const state = this.#state
    switch (event.type) {
      case 'chooseCommunity': {
        const manifest = this.#ports.manifests.find((each) => each.id === event.id)
        if (manifest !== undefined) this.#open(communityFromManifest(manifest))
        break
      }
      case 'openLink':
        if (state.step === 'welcome') this.#run(this.#openLink(event.text))
        break
      case 'checkAgain':
        if (state.step === 'preview') this.#preview(state.community)
        break
      case 'findAnother':
        this.#run(this.#findAnother(event.text))
        break
      case 'continueWithHomeserver':
        if (state.step === 'homeserver') this.#run(this.#openSignUp(state))
        break
      case 'checkUsername':
        if (state.step === 'createAccount')
          this.#run(this.#checkUsername(state.homeserver.baseUrl ?? '', event.username))
        break
      case 'createAccount':
        if (before.step === 'createAccount' && !before.isBusy) {
          this.#run(
            this.#enter(
              createAccountFlow(this.#ports, before.homeserver, event, this.#stepEnd.signal, this.#refuse),
            ),
          )
        }
        break
      case 'lookUpId':
        if (state.step === 'signIn') this.#run(this.#lookUpId(event.text))
        break
      case 'signIn':
        if (before.step === 'signIn' && !before.isBusy) {
          this.#run(
            this.#enter(
              signInFlow(this.#ports, before.homeserver, event, this.#stepEnd.signal, this.#refuse),
            ),
          )
        }
        break
      case 'keepSignIn':
        this.#inFile = event.inFile
        this.#write(null)
        break
      case 'startJoining':
        if (before.step === 'rooms') this.#startJoining(before)
        break
      case 'pause':
        if (this.#joining !== null) this.#run(this.#joining.driver.pause())
        break
      case 'resume':
        this.#drive()
        break
      case 'retryRooms':
        if (state.step === 'joining') {
          this.#joining?.driver.retry(event.keys)
          this.#drive()
        }
        break
      case 'signOut':
        if (before.step === 'welcome') this.#run(this.#signOut())
        break
      case 'stopAndSignOut':
        if (before.step === 'joining') this.#run(this.#endJoining())
        else if (state.step === 'done') this.#run(this.#signOut())
        break
      default:
        break
    }
  }

  #open(community: Community): void {
    this.dispatch({ type: 'communityOpened', community, at: this.#ports.clock.wall() })
  }

  async #openLink(text: string): Promise<void> {
    const link = parseRoomLink(text)
    if (!link.ok) {
      const reason = link.reason === 'person' ? 'person' : 'badLink'
      this.dispatch({ type: 'linkLookedUp', link: { kind: 'failed', reason } })
      return
    }
    const { signal } = this.#stepEnd
    const known = this.#ports.manifests.find((each) => each.space?.address === link.value.address)
    if (known !== undefined) return this.#open(communityFromManifest(known))
    const facts = await lookUpRoom(this.#ports, link.value, ['matrix.org'], new Map(), signal)
    if (signal.aborted) return
    if (facts.sight === 'seen') this.#open(communityFromAddress(link.value, facts))
    else if (facts.sight !== 'asking') {
      this.dispatch({ type: 'linkLookedUp', link: { kind: 'failed', reason: facts.sight } })
    }
  }

  #preview(community: Community): void {
    this.#previewEnd.abort()
    this.#previewEnd = new AbortController()
    this.#previewing = this.#askAround(community, this.#previewEnd.signal)
    this.#run(this.#previewing)
  }

  async #askAround(community: Community, signal: AbortSignal): Promise<void> {
    const isOnline = await previewFlow(this.#ports, community, signal, (key, facts) =>
      this.dispatch({ type: 'factsArrived', key, facts }),
    )
    if (!signal.aborted) this.dispatch({ type: 'previewEnded', phase: isOnline ? 'answered' : 'offline' })
  }

  async #homeservers(state: HomeserverState): Promise<void> {
    const { signal } = this.#stepEnd
    const cards = state.cards.length > 0 ? state.cards : suggestedCards(state.community)
    if (state.cards.length === 0) this.dispatch({ type: 'homeserversListed', cards })
    await Promise.all(
      cards.map(async (card) => {
        const {
          policies: _,
          acceptsPassword: __,
          ...change
        } = card.probe === 'answered'
          ? { ...card, policies: [], acceptsPassword: true }
          : await probeCard(this.#ports, card.name)
        if (signal.aborted) return
        this.dispatch({ type: 'homeserverChanged', name: card.name, change })
        const probed = { ...card, ...change }
        if (probed.baseUrl === null || probed.roomsHere !== null) return
        const fit = await fitOf(this.#ports, { ...probed, baseUrl: probed.baseUrl }, state.community, signal)
        if (!signal.aborted) this.dispatch({ type: 'homeserverChanged', name: card.name, change: fit })
      }),
    )
  }

  async #findAnother(text: string): Promise<void> {
    this.#lookUpEnd.abort()
    this.#lookUpEnd = new AbortController()
    const signal = AbortSignal.any([this.#stepEnd.signal, this.#lookUpEnd.signal])
    const found = await findHomeserver(this.#ports, text)
    if (signal.aborted) return
    if (!found.ok) return this.dispatch({ type: 'anotherFailed', ...found.reason })
    this.dispatch({ type: 'anotherFound', card: found.value })
    if (this.#state.step === 'homeserver') await this.#homeservers(this.#state)
  }

  async #openSignUp(state: HomeserverState): Promise<void> {
    const card = state.cards.find((each) => each.name === state.chosen)
    if (card === undefined || card.probe !== 'answered' || card.signUp === 'closed') return
    const { signal } = this.#stepEnd
    // Policies are asked for again here: the newcomer accepts what the server says now.
    const { policies } = await probeCard(this.#ports, card.name)
    if (!signal.aborted) this.dispatch({ type: 'signUpOpened', homeserver: card, policies })
  }

  async #checkUsername(baseUrl: string, username: string): Promise<void> {
    this.#lookUpEnd.abort()
    this.#lookUpEnd = new AbortController()
    const { signal } = this.#lookUpEnd
    await usernameFlow(this.#ports, baseUrl, username, (check) => {
      if (!signal.aborted) this.dispatch({ type: 'usernameChecked', check })
    })
  }

  async #lookUpId(text: string): Promise<void> {
    this.#lookUpEnd.abort()
    this.#lookUpEnd = new AbortController()
    const { signal } = this.#lookUpEnd
    const found = await findHomeserver(this.#ports, text)
    if (signal.aborted) return
    if (!found.ok) return this.dispatch({ type: 'idLookedUp', homeserver: null, acceptsPassword: false })
    const { acceptsPassword } = await probeCard(this.#ports, found.value.name)
    if (!signal.aborted) this.dispatch({ type: 'idLookedUp', homeserver: found.value, acceptsPassword })
  }

  readonly #refuse = (problem: Parameters<Parameters<typeof createAccountFlow>[4]>[0]): void => {
    this.dispatch({ type: 'accountRefused', problem })
  }

  /** After a sign-in or sign-up: the token is in our hands, the screens get the name only. */
  async #enter(flow: Promise<Session | null>): Promise<void> {
    const { signal } = this.#stepEnd
    const session = await flow
    if (session === null) return
    if (signal.aborted) {
      // Back was pressed while the server was making the session; it must not stay behind.
      await signOut(this.#ports.fetch, session)
      return
    }
    this.#session = session
    const account = accountOf(session)
    const journal = this.#ports.keep.journal.get()
    if (
      this.#state.step === 'signIn' &&
      this.#state.knownId === session.userId &&
      journal?.userId === session.userId
    ) {
      return this.#openJoining(this.#state.community, account, resumed(journal, this.#ports), false, null)
    }
    this.dispatch({ type: 'signedIn', account })
  }

  async #rooms(state: RoomsState): Promise<void> {
    const session = this.#session
    if (session === null) return
    const { signal } = this.#stepEnd
    const { secrets, isPractice } = this.#ports
    if (!secrets.hasKeyring() && !isPractice && !this.#inFile)
      this.dispatch({ type: 'keepAsked', isAsked: true })
    // What a room's ID is must be known before the space's rooms come, or some would be listed twice.
    await this.#previewing.catch(() => undefined)
    const known = (): Community => (this.#state.step === 'rooms' ? this.#state.community : state.community)
    if (!signal.aborted && known().rooms.some((room) => room.roomId === null)) {
      await this.#askAround(known(), signal)
    }
    const children = signal.aborted ? null : await spaceChildrenFlow(this.#ports, session, known())
    if (signal.aborted) return
    if (children !== null) this.dispatch({ type: 'spaceOpened', children })
    const community = known()
    const roomsHere = await roomsHereFlow(this.#ports, session, community, signal)
    if (!signal.aborted) this.dispatch({ type: 'roomsLoaded', roomsHere })
  }

  #startJoining(state: RoomsState): void {
    const { community, account, chosen } = state
    // A space that shows none of its rooms yet is joined for the sake of the rooms inside.
    const includesHidden = state.includesHidden || (community.space !== null && community.rooms.length === 0)
    if (this.#session === null || (chosen.length === 0 && !includesHidden)) return
    this.#openJoining(community, account, planned(state), includesHidden, null)
  }

  #openJoining(
    community: Community,
    account: Account,
    joinState: JoinState,
    includesHidden: boolean,
    asks: 'resume' | null,
  ): void {
    const session = this.#session
    if (session === null) return
    this.#joining = this.#joiningOf(session, community, joinState, includesHidden)
    const progress = this.#joining.progress()
    this.dispatch({ type: 'joiningOpened', community, account, progress, includesHidden, asks })
    if (asks === null) this.#drive()
  }

  #joiningOf(session: Session, community: Community, joinState: JoinState, includesHidden: boolean): Joining {
    return new Joining(this.#ports, session, community, joinState, includesHidden, (progress, seen) =>
      this.#onProgress(progress, seen),
    )
  }

  #onProgress(progress: JoinProgress, community: Community): void {
    this.dispatch({ type: 'joinProgressed', progress, community })
    if (progress.phase === 'finished') {
      this.dispatch({ type: 'joiningEnded', mayRetry: retryable(progress.lines).length > 0 })
    }
  }

  #drive(): void {
    // Even when the step has ended: what goes wrong here is a bug, or a full disk.
    this.#joining?.driver.run().catch((error: unknown) => this.#logFailure(error))
  }

  async #endJoining(): Promise<void> {
    // Requests under way may take a while to end; the question is answered.
    this.dispatch({ type: 'dismiss' })
    await this.#joining?.driver.pause()
    this.dispatch({ type: 'joiningEnded', mayRetry: false })
  }

  // Goes on behind whatever comes next: a session must not stay behind because somebody was quick.
  async #signOut(): Promise<void> {
    const { signal } = this.#runEnd
    const session = this.#session
    for (let wait = 2_000; session !== null; wait = Math.min(wait * 2, 60_000)) {
      if (await signOut(this.#ports.fetch, session)) break
      this.dispatch({ type: 'signedOut', isDone: false })
      await this.#ports.clock.sleep(wait, signal)
      if (signal.aborted) return
    }
    if (this.#session === session) this.#session = null
    this.dispatch({ type: 'signedOut', isDone: true })
    this.#write(null)
  }

  #takeUp(kept: KeptPass): void {
    const token = kept.session?.token ? this.#ports.secrets.unseal(kept.session.token) : null
    this.#session = kept.session !== null && token !== null ? { ...kept.session, accessToken: token } : null
    this.#inFile ||= kept.session?.token?.kind === 'file'
    const { state } = kept
    if (state.step === 'joining' && this.#session !== null) {
      this.#state = { ...firstState, experience: state.experience }
      const { community, account, includesHidden } = state
      return this.#openJoining(community, account, this.#keptJoins(state), includesHidden, 'resume')
    }
    if (state.step === 'done' && this.#session !== null) {
      // For rooms that are tried again, and for the report.
      this.#joining = this.#joiningOf(this.#session, state.community, this.#keptJoins(state), false)
    }
    if (this.#session === null) {
      switch (state.step) {
        case 'joining':
        case 'rooms':
          return this.#askToSignInAgain(state)
        case 'done':
          // A token that was to be forgotten can't be used to sign out either.
          this.#state = { ...state, signOut: state.signOut === 'done' ? 'done' : 'failed' }
          return this.#enterStep()
        default:
      }
    }
    this.#state = rested(state)
    // Closed while signing out: that is what goes on first.
    if (state.step === 'welcome' && state.account === null) this.#run(this.#signOut())
    this.#enterStep()
  }

  // Without its journal the queue is planned anew: asking for a joined room once more does no harm.
  #keptJoins({ account, community, progress }: JoiningState | DoneState): JoinState {
    const journal = this.#ports.keep.journal.get()
    return journal?.userId === account.userId
      ? resumed(journal, this.#ports)
      : replanned(community, progress.lines)
  }

  #askToSignInAgain({ community, account, experience }: JoiningState | RoomsState): void {
    this.#state = { ...firstState, experience }
    const homeserver = blankCard(account.homeserver, null)
    this.dispatch({ type: 'signInNeeded', community, homeserver, userId: account.userId })
  }

  /** Writes the pass down when something of it changed that a restart must know. */
  #write(before: OnboardingState | null): void {
    const state = this.#state
    if (before !== null && before.step === state.step && !isWorthWriting(before, state)) return
    if (state.step === 'welcome' && this.#session === null) return this.#ports.keep.pass.clear()
    const session = this.#session
    this.#ports.keep.pass.set({
      version: 1,
      state,
      session:
        session === null
          ? null
          : {
              baseUrl: session.baseUrl,
              userId: session.userId,
              deviceId: session.deviceId,
              token: this.#ports.secrets.seal(session.accessToken, this.#inFile),
            },
    })
  }

  #run(work: Promise<void>): void {
    const { signal } = this.#stepEnd
    work.catch((error: unknown) => {
      if (!signal.aborted) this.#logFailure(error)
    })
  }

  #logFailure(error: unknown): void {
    this.#ports.log(`onboarding: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}`)
  }
}

/** Events that are meant to set something in motion only, and so leave the state as it is. */
const NO_STATE_EVENTS: ReadonlySet<OnboardingEvent['type']> = new Set<OnboardingEvent['type']>([
  'previewEnded',
  'signedOut',
  'chooseCommunity',
  'continueWithHomeserver',
  'startJoining',
  'pause',
  'resume',
  'stopAndSignOut',
  'retryRooms',
])

function cardOf(manifest: OnboardingPorts['manifests'][number]): CommunityCard {
  const { id, name, initials, summary, colour, roomCount } = manifest
  return { id, name, initials, summary, colour, roomCount }
}

function accountOf(session: Session): Account {
  return { userId: session.userId, homeserver: session.userId.slice(session.userId.indexOf(':') + 1) }
}
