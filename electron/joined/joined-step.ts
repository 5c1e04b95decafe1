import type { JoinedCommunity } from '../../core/joined/joined-community.ts'
import { communityAgain, newsErrand, passOf } from '../../core/joined/return.ts'
import { saidAgain } from '../../core/joined/wish.ts'
import { joinedCount } from '../../core/joining/progress.ts'
import type { OnboardingEvent } from '../../core/onboarding/flow-events.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'
import { signOut } from '../../matrix/account/sign-in.ts'
import type { Session } from '../../matrix/client.ts'
import { blankCard } from '../onboarding/homeserver-flow.ts'
import type { JoiningStep } from '../onboarding/joining-step.ts'
import type { Pass } from '../onboarding/pass.ts'
import { DailyLook } from './daily-look.ts'
import { JoinedCommunities } from './joined-communities.ts'

/** How long signing out waits for the last look into a space, in milliseconds. */
const INSIDE_PATIENCE = 3_000

/** The communities that were joined, beside the pass: remembered at its end, looked after, and come back to. */
export class JoinedStep {
  readonly #pass: Pass
  readonly #joining: JoiningStep
  readonly #communities: JoinedCommunities
  readonly #daily: DailyLook
  #inside: Promise<void> = Promise.resolve()

  /** `onNews` hears of what nobody has been told of yet. */
  constructor(pass: Pass, joining: JoiningStep, onNews: (news: readonly JoinedCommunity[]) => void) {
    this.#pass = pass
    this.#joining = joining
    this.#communities = new JoinedCommunities(pass.ports, () => this.tell())
    this.#daily = new DailyLook(pass.ports.clock, async (signal) => {
      const isAnswered = await this.#communities.look(() => this.#idleSession, signal)
      const news = this.#communities.takeNews()
      if (news.length > 0) onNews(news)
      return isAnswered
    })
  }

  /** Whether Foyer stays in the tray to look after them. */
  get isWatching(): boolean {
    return this.#communities.isWatching
  }

  // Where rooms are being joined, the homeserver's patience is for those.
  get #idleSession(): Session | null {
    const { state, session } = this.#pass
    return state.step === 'welcome' || state.step === 'done' ? session : null
  }

  /** Looks at them now and once a day. */
  run(): Promise<void> {
    return this.#daily.run()
  }

  /** The network is back, or the computer awake. */
  nudge(): Promise<void> {
    return this.#daily.nudge()
  }

  /** Resolves when no look is under way. */
  settled(): Promise<void> {
    return this.#daily.settled()
  }

  /** Ends what is under way. */
  stop(): void {
    this.#daily.stop()
  }

  /** Tells the front doors of them, where those are on screen. */
  tell(): void {
    if (this.#pass.state.step !== 'welcome') return
    const { cards, isWatching } = this.#communities
    this.#pass.dispatch({ type: 'joinedRead', joined: cards, isWatching })
  }

  /** What an event means for them, after it has been taken in. */
  follow(event: OnboardingEvent, before: OnboardingState): void {
    switch (event.type) {
      case 'joiningEnded':
      case 'joinProgressed':
        this.#onProgress(before)
        break
      case 'stopLeaving':
      case 'addAnother':
        this.#onLeft()
        break
      case 'joinNews':
        if (before.step === 'welcome') this.#goBackTo(event.id, 'news')
        break
      case 'leaveCommunity':
        if (before.step === 'welcome') this.#goBackTo(event.id, 'leave')
        break
      case 'seenNews':
        this.#communities.acknowledge(event.id)
        break
      case 'forgetCommunity':
        this.#communities.forget(event.id)
        break
      case 'setWatching':
        this.#communities.setWatching(event.isOn)
        break
      default:
        break
    }
  }

  /**
   * After signing in for something that one came back for. True where that is taken care of: the rooms are being left,
   * or it was another account, which is signed out again.
   */
  async enter(session: Session): Promise<boolean> {
    const { state, ports } = this.#pass
    const errand = state.step === 'signIn' || state.step === 'browser' ? state.errand : undefined
    if (errand === undefined) return false
    if (errand.userId !== session.userId) {
      this.#pass.session = null
      await signOut(ports.fetch, session)
      this.#pass.dispatch({
        type: 'accountRefused',
        problem: { kind: 'otherAccount', userId: errand.userId },
      })
      return true
    }
    const record = errand.kind === 'leave' ? this.#communities.find(errand.id) : null
    if (record === null) return false
    this.#leave(record)
    return true
  }

  /** Resolves once a look into the space has ended that needs the session, or has taken too long. */
  async lookedInside(): Promise<void> {
    const { clock } = this.#pass.ports
    await Promise.race([this.#inside, clock.sleep(INSIDE_PATIENCE, this.#pass.runSignal)])
  }

  #goBackTo(id: string, kind: 'news' | 'leave'): void {
    const record = this.#communities.find(id)
    if (record === null) return
    const { account } = record
    const { session } = this.#pass
    if (kind === 'leave' && session?.userId === account.userId) return this.#leave(record)
    // One session at a time.
    if (session !== null && session.userId !== account.userId) this.#pass.dispatch({ type: 'signOut' })
    const community = communityAgain(record, this.#communities.describedNow(record))
    this.#pass.dispatch({
      type: 'communityReturned',
      community,
      errand: kind === 'news' ? newsErrand(record) : { kind, id, userId: account.userId },
      said: saidAgain(record.wish.said, record.community, community),
      account,
      homeserver: blankCard(account.homeserver, null),
    })
  }

  #leave(record: JoinedCommunity): void {
    const outcome = { ...passOf(record, this.#communities.records), quiet: record.quiet }
    this.#joining.undo(record.community, record.account, outcome)
  }

  #onProgress(before: OnboardingState): void {
    const { state } = this.#pass
    if (state.step === 'joining') {
      const hasEnded = state.progress.leaving?.phase === 'finished'
      const hadEnded = before.step === 'joining' && before.progress.leaving?.phase === 'finished'
      if (hasEnded && !hadEnded) this.#onLeft()
    }
    if (state.step !== 'done') return
    const isNews =
      before.step !== 'done' || joinedCount(before.progress.lines) !== joinedCount(state.progress.lines)
    if (isNews) this.#remember()
  }

  #remember(): void {
    const { state, session, ports, runSignal } = this.#pass
    const { outcome } = this.#joining
    if (state.step !== 'done' || outcome === null) return
    const { community, account } = state
    this.#communities.remember({ community, account, ...outcome, at: ports.clock.wall() })
    if (session === null) return
    this.#inside = this.#communities.lookInside(session, community, runSignal)
    this.#pass.runOn(this.#inside)
  }

  #onLeft(): void {
    const { state } = this.#pass
    const { leftIds } = this.#joining
    if (leftIds === null || leftIds.length === 0 || state.step !== 'joining') return
    this.#communities.onLeft(state.community, state.account, leftIds)
  }
}
