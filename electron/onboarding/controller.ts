import type { JoinedCommunity } from '../../core/joined/joined-community.ts'
import type { JoinState } from '../../core/joining/join-state.ts'
import type { OnboardingEvent } from '../../core/onboarding/flow-events.ts'
import { firstState } from '../../core/onboarding/moves.ts'
import { next } from '../../core/onboarding/next.ts'
import type {
  CommunityCard,
  JoiningState,
  OnboardingState,
  ProfileState,
  RoomsState,
} from '../../core/onboarding/state.ts'
import type { KeptPass } from '../storage/pass-record.ts'
import { JoinedStep } from '../joined/joined-step.ts'
import { AddingStep, type WrittenManifest } from './adding-step.ts'
import { BrowserStep } from './browser-step.ts'
import { accountOf, checkUsername, learnLoginWays, lookUpId, signIn, type Entrance } from './account-step.ts'
import { blankCard } from './homeserver-flow.ts'
import {
  askHomeservers,
  askSilentAgain,
  chooseInstitution,
  findAnother,
  openSignUp,
} from './homeserver-step.ts'
import { JoiningStep } from './joining-step.ts'
import { isWorthWriting, keptOf, rested } from './kept-state.ts'
import { PictureStep } from './picture-step.ts'
import type { Pass } from './pass.ts'
import type { OnboardingPorts } from './ports.ts'
import { openBundled, openLink, openLinkFile } from './link-step.ts'
import { Preview } from './preview-step.ts'
import { saveProfile } from './profile-step.ts'
import { RegistrationStep } from './registration-step.ts'
import { askRooms } from './rooms-step.ts'
import { endSession } from './session-end.ts'
import { sealed, unsealed, withKeeper } from './session-tokens.ts'

/**
 * Keeps the one state of the pass: takes events, asks `next` for the new state, starts what that step needs, writes
 * it down, and tells the window. Whatever a step has under way ends when the step is left.
 */
export class Onboarding {
  #state: OnboardingState = firstState
  /** The newcomer agreed to a file, where no keyring is. */
  #inFile: boolean
  /** A link from outside that came at a bad moment. */
  #waiting: Parameters<Onboarding['openFromOutside']>[0] | null = null
  #stepEnd = new AbortController()
  readonly #runEnd = new AbortController()
  #lookUpEnd = new AbortController()
  #onSignedOut: () => void = () => undefined
  readonly #ports: OnboardingPorts
  readonly #onState: (state: OnboardingState) => void
  readonly #pass: Pass
  readonly #preview: Preview
  readonly #joining: JoiningStep
  readonly #joined: JoinedStep
  readonly #registration: RegistrationStep
  readonly #browser: BrowserStep
  readonly #adding: AddingStep
  readonly #picture: PictureStep

  /** `onNews` hears of news from communities that were joined, as often as there are some. */
  constructor(
    ports: OnboardingPorts,
    onState: (state: OnboardingState) => void,
    onNews: (news: readonly JoinedCommunity[]) => void = () => undefined,
  ) {
    this.#ports = ports
    this.#onState = onState
    this.#inFile = ports.isPractice
    this.#pass = this.#passOf(ports)
    this.#preview = new Preview(this.#pass)
    this.#joining = new JoiningStep(this.#pass)
    this.#joined = new JoinedStep(this.#pass, this.#joining, onNews)
    this.#registration = new RegistrationStep(this.#pass)
    this.#browser = new BrowserStep(this.#pass)
    this.#adding = new AddingStep(this.#pass)
    this.#picture = new PictureStep(ports)
  }

  get state(): OnboardingState {
    return this.#state
  }

  /** The join queue, for the report; null before joining began. */
  get joinState(): JoinState | null {
    return this.#joining.joinState
  }

  /** What a maintainer has made of their page so far. */
  get writtenManifest(): WrittenManifest | null {
    return this.#adding.written()
  }

  /** The picture at `address`, where that is the one of the community on screen. */
  readPicture(address: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#picture.read(this.#state, address)
  }

  /** Takes up the pass that was kept on disk, or begins at the welcome. */
  start(): void {
    const kept = this.#ports.keep.pass.get()
    if (kept !== null) this.#takeUp(kept)
    else this.#enterStep()
    this.#pass.runOn(this.#joined.run())
  }

  /** Whether Foyer is to stay in the tray when its window closes. */
  get isWatching(): boolean {
    return this.#joined.isWatching
  }

  /** Resolves when no look at the communities that were joined is under way. */
  looked(): Promise<void> {
    return this.#joined.settled()
  }

  /** Back to the front doors, where nothing is under way: that is where news stand. */
  goToNews(): void {
    if (this.#state.step === 'done' && this.#state.signOut === 'done') this.dispatch({ type: 'addAnother' })
  }

  /** Ends requests under way and writes nothing more; what the journal holds is enough to go on. */
  async stop(): Promise<void> {
    this.#runEnd.abort()
    this.#stepEnd.abort()
    this.#preview.stop()
    this.#picture.stop()
    this.#joined.stop()
    await this.#joining.pause()
  }

  /**
   * Opens a link or a file from outside: one that was clicked, or double-clicked. Whoever is in the middle of something
   * goes on with that; it opens when they come back to the front doors.
   */
  openFromOutside(event: Extract<OnboardingEvent, { type: 'openLink' | 'openFile' }>): void {
    const { step } = this.#state
    this.#waiting = event
    if (step === 'welcome') this.#openWaiting()
    else if (step === 'preview') this.dispatch({ type: 'back' })
  }

  /**
   * Before Foyer closes after a pass: ends the session that is kept only in case the newcomer wants something more, for
   * at most `patience` milliseconds. One that somebody inside a room has still to answer is kept for the next start.
   */
  async takeLeave(patience: number): Promise<void> {
    const { state } = this
    const hasLeft = state.step === 'joining' && state.progress.leaving?.phase === 'finished'
    const hasArrived = state.step === 'done' && state.signOut === 'asking' && !this.#joining.isAwaitingAnswer
    if (!hasLeft && !hasArrived) return
    if (hasLeft) this.dispatch({ type: 'addAnother' })
    this.dispatch({ type: hasLeft ? 'signOut' : 'stopAndSignOut' })
    const ended = new Promise<void>((resolve) => {
      this.#onSignedOut = resolve
    })
    await Promise.race([ended, this.#ports.clock.sleep(patience, this.#runEnd.signal)])
  }

  /** The computer has woken up or is online again: what needs the network looks at once whether it is there. */
  nudge(): void {
    const { state } = this
    if (state.step === 'joining') this.#joining.wake()
    if (state.step === 'preview' && state.phase === 'offline') this.dispatch({ type: 'checkAgain' })
    if (state.step === 'stages') this.#registration.lookNow()
    this.#pass.runOn(this.#joined.nudge())
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
    const pass = this.#pass
    this.#ports.log(`onboarding: ${state.step}`)
    if (state.step !== 'stages' && state.step !== 'createAccount') this.#registration.dropAnswers()
    switch (state.step) {
      case 'welcome':
        this.#joining.forget()
        this.dispatch({ type: 'communitiesRead', communities: this.#ports.manifests.map(cardOf) })
        this.#joined.tell()
        this.#openWaiting()
        break
      case 'adding':
        this.#adding.enter()
        break
      case 'preview':
        if (state.phase === 'asking') this.#preview.look(state.community)
        break
      case 'homeserver':
        pass.run(askHomeservers(pass, state).then(() => askSilentAgain(pass)))
        break
      case 'rooms':
        this.#askToKeep()
        pass.run(askRooms(pass, this.#preview, state))
        break
      case 'done':
        if (state.signOut === 'working') pass.run(endSession(pass))
        break
      case 'createAccount':
        pass.run(this.#registration.learnWays(state))
        pass.run(this.#registration.checkLinkToken(state))
        break
      case 'stages':
        pass.run(this.#enter(this.#registration.watch()))
        break
      case 'browser':
        if (state.phase === 'preparing') pass.run(this.#enter(this.#browser.start(state)))
        break
      case 'signIn':
        if (state.knownId !== null && (state.homeserver?.baseUrl ?? null) === null)
          pass.run(lookUpId(pass, state, state.knownId))
        else pass.run(learnLoginWays(pass, state))
        break
      case 'profile':
      case 'joining':
        break
    }
  }

  /** What an event sets in motion beside the new state. */
  #follow(event: OnboardingEvent, before: OnboardingState): void {
    const state = this.#state
    const pass = this.#pass
    this.#joined.follow(event, before)
    switch (event.type) {
      case 'chooseCommunity':
        openBundled(pass, event.id)
        break
      case 'openLink':
        if (state.step === 'welcome') pass.run(openLink(pass, event.text))
        break
      case 'openFile':
        if (state.step === 'welcome') pass.run(openLinkFile(pass, event.text))
        break
      case 'openPage':
        if (state.step === 'adding') pass.run(this.#adding.open(event.page))
        break
      case 'cancelPage':
      case 'anotherPage':
        if (state.step === 'adding') this.#adding.cancel()
        break
      case 'correctPage':
        if (state.step === 'adding') this.#adding.correct(event.correction)
        break
      case 'tryPage':
        if (state.step === 'adding') this.#adding.tryOut()
        break
      case 'pageShared':
        if (state.step === 'adding') this.#adding.share()
        break
      case 'checkAgain':
        if (state.step === 'preview') this.#preview.look(state.community)
        if (state.step === 'stages') this.#registration.lookNow()
        break
      case 'showOthers':
        if (state.step === 'homeserver' && state !== before) pass.run(askHomeservers(pass, state))
        break
      case 'findAnother':
        if (state.step === 'homeserver') pass.run(findAnother(pass, state.community, event.text))
        break
      case 'chooseInstitution':
        if (state.step === 'homeserver') pass.run(chooseInstitution(pass, state.community, event))
        break
      case 'continueWithHomeserver':
        // Another one may have come to be chosen just as the button was pressed.
        if (state.step === 'homeserver' && (event.name ?? state.chosen) === state.chosen)
          pass.run(openSignUp(pass, state))
        break
      case 'checkUsername':
        if (state.step === 'createAccount')
          pass.run(checkUsername(pass, state.homeserver.baseUrl ?? '', event.username))
        break
      case 'createAccount':
        if (before.step === 'createAccount' && !before.isBusy)
          pass.run(this.#enter(this.#registration.begin(before, event)))
        break
      case 'checkToken':
        if (state.step === 'createAccount') pass.run(this.#registration.checkToken(state, event.token))
        break
      case 'resendEmail':
        if (before !== state) pass.run(this.#registration.resend())
        break
      case 'submitCode':
        if (before !== state) pass.run(this.#registration.submitCode(event.code))
        break
      case 'openStage':
        if (state.step === 'stages') this.#registration.openPage(event.stage)
        break
      case 'saveProfile':
        if (before.step === 'profile' && !before.isBusy)
          pass.run(saveProfile(pass, event.name, event.picture))
        break
      case 'lookUpId':
        if (state.step === 'signIn') pass.run(lookUpId(pass, state, event.text))
        break
      case 'signIn':
        if (before.step === 'signIn' && !before.isBusy) pass.run(this.#enter(signIn(pass, before, event)))
        break
      case 'idLookedUp':
        if (state.step === 'signIn') pass.run(learnLoginWays(pass, state))
        break
      case 'openPageAgain':
        if (state.step === 'browser') pass.run(this.#browser.openAgain())
        break
      case 'showCode':
      case 'useBrowser':
        if (state.step === 'browser' && state !== before) pass.run(this.#enter(this.#browser.start(state)))
        break
      case 'keepSignIn':
        this.#inFile = event.inFile
        this.#write(null)
        break
      case 'startJoining':
        if (before.step === 'rooms') this.#joining.start(before)
        break
      case 'pause':
        pass.run(this.#joining.pause())
        break
      case 'resume':
        this.#joining.drive()
        break
      case 'signInAgain':
        if (state.step === 'joining' && state.progress.stopReason === 'signedOut') this.#signInAgain(state)
        break
      case 'retryRooms':
        if (state.step === 'joining') this.#joining.retry(state, event.keys)
        break
      case 'takeBackKnock':
        if (state.step === 'joining' || state.step === 'done') this.#joining.takeBackKnock(event.key)
        break
      case 'setQuiet':
        if (state.step === 'joining' || state.step === 'done') this.#joining.turnQuiet(event.isOn)
        break
      case 'leaveAll':
        if (state.step === 'joining') pass.runOn(this.#joining.leaveAll(state))
        break
      case 'stopLeaving':
        if (state.step === 'joining') pass.runOn(this.#joining.stopLeaving(state.account))
        break
      case 'signedOut':
        if (event.isDone) this.#onSignedOut()
        break
      case 'signOut':
        if (before.step === 'welcome') pass.run(endSession(pass))
        break
      case 'stopAndSignOut':
        if (before.step === 'joining') pass.run(this.#joining.end())
        else if (state.step === 'done') pass.run(this.#signOut())
        break
      default:
        break
    }
  }

  async #signOut(): Promise<void> {
    await Promise.all([this.#joining.quit(), this.#joined.lookedInside()])
    await endSession(this.#pass)
  }

  /** After a sign-in or sign-up the screens get the name only. */
  async #enter(flow: Promise<Entrance | null>): Promise<void> {
    const entrance = await flow
    if (entrance === null) return
    const { session, profile } = entrance
    this.#registration.forget()
    if (await this.#joined.enter(session)) return
    const account = accountOf(session)
    const { state } = this
    const isGoingOn =
      (state.step === 'signIn' || state.step === 'browser') && state.knownId === session.userId
    if (isGoingOn && this.#joining.goOn(state.community, account)) return
    this.dispatch({ type: 'signedIn', account, profile })
  }

  #openWaiting(): void {
    const event = this.#waiting
    this.#waiting = null
    if (event !== null) this.dispatch(event)
  }

  #askToKeep(): void {
    const { secrets, isPractice } = this.#ports
    if (!secrets.hasKeyring() && !isPractice && !this.#inFile)
      this.dispatch({ type: 'keepAsked', isAsked: true })
  }

  #takeUp(kept: KeptPass): void {
    const found = unsealed(kept.session, this.#ports.secrets)
    const session = found === null ? null : withKeeper(this.#pass, found)
    this.#pass.session = session
    this.#pass.linkToken = kept.linkToken ? this.#ports.secrets.unseal(kept.linkToken) : null
    this.#inFile ||= kept.session?.token?.kind === 'file'
    this.#registration.takeUp(kept.registration)
    const { state } = kept
    if (state.step === 'joining' && session !== null) {
      this.#state = { ...firstState, experience: state.experience }
      return this.#joining.takeUp(state)
    }
    if (state.step === 'done') this.#joining.recall(state)
    if (session === null) {
      switch (state.step) {
        case 'joining':
        case 'rooms':
        case 'profile':
          this.#pass.formerDevice = deviceOf(kept.session)
          return this.#askToSignInAgain(state)
        case 'done':
          // A token that was to be forgotten can't be used to sign out either.
          this.#state = { ...state, signOut: state.signOut === 'done' ? 'done' : 'failed' }
          return this.#enterStep()
        default:
      }
    }
    this.#state = rested(state)
    // What was to be forgotten when Foyer closes can't be waited for; the form knows what was typed.
    if (this.#state.step === 'stages' && !this.#registration.isUnderWay) this.#state = this.#state.form
    // Closed while signing out: that is what goes on first.
    if (state.step === 'welcome' && state.account === null) this.#pass.run(endSession(this.#pass))
    this.#enterStep()
  }

  #askToSignInAgain({
    community,
    account,
    experience,
    said,
  }: JoiningState | ProfileState | RoomsState): void {
    this.#state = { ...firstState, experience }
    this.#needSignIn(community, account, said)
  }

  // The session is over; the queue stays, and goes on with the same account.
  #signInAgain({ community, account }: JoiningState): void {
    this.#pass.formerDevice = deviceOf(this.#pass.session)
    this.#pass.session = null
    this.#needSignIn(community, account)
  }

  #needSignIn(
    community: JoiningState['community'],
    account: JoiningState['account'],
    said?: JoiningState['said'],
  ): void {
    const homeserver = blankCard(account.homeserver, null)
    const { userId } = account
    this.dispatch({
      type: 'signInNeeded',
      community,
      homeserver,
      userId,
      ...(said === undefined ? {} : { said }),
    })
  }

  /** Writes the pass down when something of it changed that a restart must know. */
  #write(before: OnboardingState | null): void {
    const state = this.#state
    const { session, linkToken } = this.#pass
    if (before !== null && before.step === state.step && !isWorthWriting(before, state)) return
    const isAtDoors = state.step === 'welcome' || state.step === 'adding'
    if (isAtDoors && session === null) return this.#ports.keep.pass.clear()
    this.#ports.keep.pass.set({
      version: 1,
      state: keptOf(state),
      session: session === null ? null : sealed(session, this.#ports.secrets, this.#inFile),
      linkToken: linkToken === null ? null : this.#ports.secrets.seal(linkToken, this.#inFile),
      registration: this.#registration.kept((secret) => this.#ports.secrets.seal(secret, this.#inFile)),
    })
  }

  #passOf(ports: OnboardingPorts): Pass {
    // The steps see the state and signals as they are at each moment.
    const state = (): OnboardingState => this.#state
    const stepSignal = (): AbortSignal => this.#stepEnd.signal
    return {
      ports,
      session: null,
      formerDevice: null,
      linkToken: null,
      get state() {
        return state()
      },
      get stepSignal() {
        return stepSignal()
      },
      runSignal: this.#runEnd.signal,
      dispatch: (event) => this.dispatch(event),
      newLookUp: () => {
        this.#lookUpEnd.abort()
        this.#lookUpEnd = new AbortController()
        return this.#lookUpEnd.signal
      },
      run: (work) => {
        const signal = stepSignal()
        work.catch((error: unknown) => {
          if (!signal.aborted) this.#logFailure(error)
        })
      },
      runOn: (work) => {
        work?.catch((error: unknown) => this.#logFailure(error))
      },
      write: () => this.#write(null),
    }
  }

  #logFailure(error: unknown): void {
    this.#ports.log(`onboarding: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}`)
  }
}

/** Events that are meant to set something in motion only, and so leave the state as it is. */
const NO_STATE_EVENTS: ReadonlySet<OnboardingEvent['type']> = new Set<OnboardingEvent['type']>([
  'previewEnded',
  'openPage',
  'correctPage',
  'tryPage',
  'pageShared',
  'openPageAgain',
  'signInAgain',
  'signedOut',
  'chooseCommunity',
  'continueWithHomeserver',
  'startJoining',
  'pause',
  'resume',
  'stopAndSignOut',
  'retryRooms',
  'takeBackKnock',
  'setQuiet',
  'leaveAll',
  'stopLeaving',
  'joinNews',
  'seenNews',
  'setWatching',
  'checkToken',
  'openStage',
])

function cardOf(manifest: OnboardingPorts['manifests'][number]): CommunityCard {
  const { id, name, initials, summary, colour, roomCount } = manifest
  return { id, name, initials, summary: summary ?? '', colour: colour ?? null, roomCount }
}

// Not the session itself: its token has no business here any more.
function deviceOf(session: NonNullable<Pass['formerDevice']> | null): Pass['formerDevice'] {
  return session && { userId: session.userId, deviceId: session.deviceId }
}
