import type { Community } from '../../core/communities/community.ts'
import type { PassOutcome } from '../../core/joined/joined-community.ts'
import { freshPace } from '../../core/joining/pace.ts'
import { freshTraces } from '../../core/joining/traces.ts'
import { isJoinedForItsInside } from '../../core/onboarding/choice.ts'
import { hasAgreed } from '../../core/onboarding/said.ts'
import type { JoinState } from '../../core/joining/join-state.ts'
import type {
  Account,
  DoneState,
  JoiningState,
  JoinProgress,
  RoomsState,
} from '../../core/onboarding/state.ts'
import { planned, replanned, resumed, type JoinBeginning } from './join-beginning.ts'
import { Joining } from './joining.ts'
import { Leaving } from './leaving.ts'
import type { Pass } from './pass.ts'

/** The joining of the pass, from the plan to the last room, over restarts and retries, and its undoing. */
export class JoiningStep {
  readonly #pass: Pass
  #joining: Joining | null = null
  #leaving: Leaving | null = null

  constructor(pass: Pass) {
    this.#pass = pass
  }

  /** The queue, for the report; null before joining began. */
  get joinState(): JoinState | null {
    return (
      this.#leaving?.rest.state ?? this.#joining?.driver.view.state ?? this.#pass.ports.keep.journal.get()
    )
  }

  /** Drops the queue: what an earlier community left must not be taken for the next one's. */
  forget(): void {
    this.#pass.runOn(this.quit())
    this.#joining = null
    this.#leaving = null
    this.#pass.ports.keep.journal.clear()
  }

  /** Begins to join what was chosen, unless there are rules to agree to first. */
  start(state: RoomsState): void {
    if (!hasAgreed(state)) return
    const { community, account, chosen } = state
    const includesHidden = state.includesHidden || isJoinedForItsInside(community)
    if (chosen.length === 0 && !includesHidden) return
    this.#open(community, account, planned(state), includesHidden, null)
  }

  /** Goes on where the journal of `account` stands, if it is the one on disk. False when it isn't. */
  goOn(community: Community, account: Account): boolean {
    const journal = this.#pass.ports.keep.journal.get()
    if (journal?.userId !== account.userId) return false
    this.#open(community, account, resumed(journal, this.#pass.ports), false, null)
    return true
  }

  /** After a restart in the middle of joining: asks whether to go on. */
  takeUp(state: JoiningState): void {
    const { community, account, includesHidden } = state
    const kept = this.#keptJoins(state)
    // What was being undone goes on by itself: that question was answered.
    if (kept.traces.leaving !== null) return this.#leave(community, account, kept)
    this.#open(community, account, kept, includesHidden, 'resume')
  }

  /** After a restart at the end: for the report, and for rooms that are tried again or have come since. */
  recall(state: DoneState): void {
    const { session } = this.#pass
    if (session === null) return
    const joining = this.#make(state.community, this.#keptJoins(state), false)
    if (state.signOut === 'asking') this.#pass.runOn(joining.catchUp())
  }

  /** Whether somebody inside a room has still to answer, so that the session is worth keeping. */
  get isAwaitingAnswer(): boolean {
    return this.#joining?.driver.view.state.queue.entries.some((entry) => entry.status === 'asked') ?? false
  }

  /** What this pass has done so far; null before joining began, and while it is being undone. */
  get outcome(): Pick<PassOutcome, 'queue' | 'entered' | 'quiet' | 'wish'> | null {
    if (this.#joining === null) return null
    const { entered, quiet, wish } = this.#joining.traces
    return { queue: this.#joining.driver.view.state.queue, entered, quiet, wish }
  }

  /** IDs of the rooms that were left so far; null where nothing is being left. */
  get leftIds(): readonly string[] | null {
    return this.#leaving?.leftIds ?? null
  }

  /** Undoes a pass that ended long ago. */
  undo(
    community: Community,
    account: Account,
    outcome: Pick<PassOutcome, 'queue' | 'entered' | 'quiet'>,
  ): void {
    const { queue, entered, quiet } = outcome
    const traces = { ...freshTraces(false), entered, quiet }
    this.#leave(community, account, { state: { queue, pace: freshPace }, traces })
  }

  /** Turns the quiet start on or off. */
  turnQuiet(isOn: boolean): void {
    this.#joining?.turnQuiet(isOn)
  }

  /** Leaves everything again that Foyer has joined. */
  async leaveAll(state: JoiningState | DoneState): Promise<void> {
    const joining = this.#joining
    if (joining === null) return
    // A request under way may still be a yes.
    await joining.end()
    if (this.#joining !== joining) return
    this.#leave(joining.community, state.account, {
      state: joining.driver.view.state,
      traces: joining.traces,
    })
  }

  /** Stays in what isn't left yet. */
  async stopLeaving(account: Account): Promise<void> {
    const leaving = this.#leaving
    const { state } = this.#pass
    if (leaving === null || state.step !== 'joining') return
    await leaving.cancel()
    this.#leaving = null
    this.#open(state.community, account, leaving.rest, false, 'none')
  }

  /** Takes a knock back. */
  takeBackKnock(key: string): void {
    this.#pass.runOn(this.#joining?.takeBack(key))
  }

  /** Joins until nothing is left, or until paused. */
  drive(): void {
    // Even when the step has ended: what goes wrong here is a bug, or a full disk.
    this.#pass.runOn(this.#joining?.driver.run())
  }

  /** The computer has woken up or is online again. */
  wake(): void {
    this.#joining?.driver.wake()
  }

  /** Resolves when no request is under way any more. */
  async pause(): Promise<void> {
    await Promise.all([this.#joining?.driver.pause(), this.#leaving?.cancel()])
  }

  /** Asks for rooms once more that could not be joined, or that were left again. */
  retry(state: JoiningState, keys: readonly string[]): void {
    const { session } = this.#pass
    if (this.#leaving !== null && session !== null) {
      const { rest } = this.#leaving
      this.#leaving = null
      this.#open(state.community, state.account, rest, false, 'none')
    }
    this.#joining?.driver.retry(keys)
    this.drive()
  }

  /** Stops for good. */
  async end(): Promise<void> {
    // Requests under way may take a while to end; the question is answered.
    this.#pass.dispatch({ type: 'dismiss' })
    await this.quit()
    this.#pass.dispatch({ type: 'joiningEnded', staysSignedIn: false })
  }

  /** Ends everything that uses the session. Resolves when nothing is under way. */
  async quit(): Promise<void> {
    await Promise.all([this.#joining?.end(), this.#leaving?.cancel()])
  }

  #open(
    community: Community,
    account: Account,
    beginning: JoinBeginning,
    includesHidden: boolean,
    /** Whether to begin at once, after a question, or when the newcomer says so. */
    asks: 'resume' | 'none' | null,
  ): void {
    if (this.#pass.session === null) return
    const joining = this.#make(community, beginning, includesHidden)
    joining.keep()
    const progress = joining.progress()
    const question = asks === 'resume' ? asks : null
    this.#pass.dispatch({
      type: 'joiningOpened',
      community,
      account,
      progress,
      includesHidden,
      asks: question,
    })
    if (asks === null) this.drive()
  }

  #make(community: Community, beginning: JoinBeginning, includesHidden: boolean): Joining {
    const { ports, session } = this.#pass
    if (session === null) throw new Error('Joining needs a session')
    const joining = new Joining(ports, session, community, beginning, includesHidden, {
      onProgress: (progress, seen) => {
        if (this.#joining === joining) this.#onProgress(progress, seen)
      },
      onAdmitted: () => this.#onAdmitted(),
    })
    this.#joining = joining
    return joining
  }

  #leave(community: Community, account: Account, begun: JoinBeginning): void {
    const { ports, session } = this.#pass
    if (session === null) return
    const leaving = new Leaving(ports, session, community, begun, (progress, seen) => {
      if (this.#leaving === leaving)
        this.#pass.dispatch({ type: 'joinProgressed', progress, community: seen })
    })
    this.#joining = null
    this.#leaving = leaving
    const { progress } = leaving
    this.#pass.dispatch({
      type: 'joiningOpened',
      community,
      account,
      progress,
      includesHidden: false,
      asks: null,
    })
    this.#pass.runOn(leaving.run())
  }

  // Whoever has paused is not carried on over their head.
  #onAdmitted(): void {
    const { state } = this.#pass
    const isPaused = state.step === 'joining' && state.progress.phase === 'paused'
    if (!isPaused) this.drive()
  }

  #onProgress(progress: JoinProgress, community: Community): void {
    this.#pass.dispatch({ type: 'joinProgressed', progress, community })
    // The session stays: a room may still be tried again, opened by somebody inside, or everything be undone.
    if (progress.phase === 'finished' && this.#pass.state.step === 'joining') {
      this.#pass.dispatch({ type: 'joiningEnded', staysSignedIn: true })
    }
  }

  #keptJoins({ account, community, progress }: JoiningState | DoneState): JoinBeginning {
    const { ports } = this.#pass
    const journal = ports.keep.journal.get()
    return journal?.userId === account.userId ? resumed(journal, ports) : replanned(community, progress)
  }
}
