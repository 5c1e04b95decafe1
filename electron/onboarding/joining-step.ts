import type { Community } from '../../core/communities/community.ts'
import type { JoinState } from '../../core/joining/engine.ts'
import { retryable } from '../../core/joining/progress.ts'
import type {
  Account,
  DoneState,
  JoiningState,
  JoinProgress,
  RoomsState,
} from '../../core/onboarding/state.ts'
import { Joining, planned, replanned, resumed } from './joining.ts'
import type { Pass } from './pass.ts'

/** The joining of the pass, from the plan to the last room, over restarts and retries. */
export class JoiningStep {
  readonly #pass: Pass
  #joining: Joining | null = null

  constructor(pass: Pass) {
    this.#pass = pass
  }

  /** The queue, for the report; null before joining began. */
  get joinState(): JoinState | null {
    return this.#joining?.driver.view.state ?? this.#pass.ports.keep.journal.get()
  }

  /** Drops the queue: what an earlier community left must not be taken for the next one's. */
  forget(): void {
    this.#joining = null
    this.#pass.ports.keep.journal.clear()
  }

  /** Begins to join what was chosen. */
  start({ community, account, chosen, ...state }: RoomsState): void {
    // A space that shows none of its rooms yet is joined for the sake of the rooms inside.
    const includesHidden = state.includesHidden || (community.space !== null && community.rooms.length === 0)
    if (chosen.length === 0 && !includesHidden) return
    this.#open(community, account, planned({ community, account, chosen, ...state }), includesHidden, null)
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
    this.#open(community, account, this.#keptJoins(state), includesHidden, 'resume')
  }

  /** After a restart at the end: for rooms that are tried again, and for the report. */
  recall(state: DoneState): void {
    const { session } = this.#pass
    if (session !== null) this.#make(state.community, this.#keptJoins(state), false)
  }

  /** Joins until nothing is left, or until paused. */
  drive(): void {
    // Even when the step has ended: what goes wrong here is a bug, or a full disk.
    this.#pass.runOn(this.#joining?.driver.run())
  }

  /** Resolves when no request is under way any more. */
  async pause(): Promise<void> {
    await this.#joining?.driver.pause()
  }

  /** Asks for rooms once more that could not be joined. */
  retry(keys: readonly string[]): void {
    this.#joining?.driver.retry(keys)
    this.drive()
  }

  /** Stops for good. */
  async end(): Promise<void> {
    // Requests under way may take a while to end; the question is answered.
    this.#pass.dispatch({ type: 'dismiss' })
    await this.pause()
    this.#pass.dispatch({ type: 'joiningEnded', mayRetry: false })
  }

  #open(
    community: Community,
    account: Account,
    joinState: JoinState,
    includesHidden: boolean,
    asks: 'resume' | null,
  ): void {
    if (this.#pass.session === null) return
    const progress = this.#make(community, joinState, includesHidden).progress()
    this.#pass.dispatch({ type: 'joiningOpened', community, account, progress, includesHidden, asks })
    if (asks === null) this.drive()
  }

  #make(community: Community, joinState: JoinState, includesHidden: boolean): Joining {
    const { ports, session } = this.#pass
    if (session === null) throw new Error('Joining needs a session')
    const joining = new Joining(ports, session, community, joinState, includesHidden, (progress, seen) =>
      this.#onProgress(progress, seen),
    )
    this.#joining = joining
    return joining
  }

  #onProgress(progress: JoinProgress, community: Community): void {
    this.#pass.dispatch({ type: 'joinProgressed', progress, community })
    if (progress.phase === 'finished') {
      this.#pass.dispatch({ type: 'joiningEnded', mayRetry: retryable(progress.lines).length > 0 })
    }
  }

  // Without its journal the queue is planned anew: asking for a joined room once more does no harm.
  #keptJoins({ account, community, progress }: JoiningState | DoneState): JoinState {
    const { ports } = this.#pass
    const journal = ports.keep.journal.get()
    return journal?.userId === account.userId ? resumed(journal, ports) : replanned(community, progress.lines)
  }
}
