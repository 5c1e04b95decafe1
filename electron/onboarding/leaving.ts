import type { Community } from '../../core/communities/community.ts'
import {
  enteredAfterLeaving,
  planLeaving,
  queueAfterLeaving,
  type Leaving as Plan,
} from '../../core/joining/leaving.ts'
import { progressOf } from '../../core/joining/progress.ts'
import { withQuiet } from '../../core/joining/quiet.ts'
import type { JoinProgress, LeaveProgress } from '../../core/onboarding/state.ts'
import { sessionClient, type Session } from '../../matrix/client.ts'
import { leaveRequests, quietRequests } from '../../matrix/joining/account-requests.ts'
import { LeaveDriver } from '../../matrix/joining/leave-driver.ts'
import { QuietDriver } from '../../matrix/joining/quiet-driver.ts'
import { journalOf } from '../storage/pass-record.ts'
import type { JoinBeginning } from './join-beginning.ts'
import type { OnboardingPorts } from './ports.ts'

/** Undoes a pass: takes the quiet start back and leaves every room that Foyer has joined, and no other. */
export class Leaving {
  readonly #driver: LeaveDriver
  readonly #quiet: QuietDriver
  readonly #begun: JoinBeginning
  readonly #community: Community
  readonly #ports: OnboardingPorts
  readonly #userId: string
  readonly #onProgress: (progress: JoinProgress, community: Community) => void

  /** `begun` is the pass as it stands; with a plan for leaving in it, that one goes on. */
  constructor(
    ports: OnboardingPorts,
    session: Session,
    community: Community,
    begun: JoinBeginning,
    onProgress: (progress: JoinProgress, community: Community) => void,
  ) {
    const { state, traces } = begun
    const client = sessionClient(session, ports.fetch)
    const common = {
      now: () => ports.clock.monotonic(),
      sleep: (ms: number, signal: AbortSignal) => ports.clock.sleep(ms, signal),
      save: () => this.#save(),
      onChange: () => this.#onProgress(this.progress, this.#community),
    }
    const quiet = withQuiet(traces.quiet, false)
    this.#begun = begun
    this.#community = community
    this.#ports = ports
    this.#userId = session.userId
    this.#onProgress = onProgress
    this.#quiet = new QuietDriver(
      quiet,
      { queue: state.queue, entered: traces.entered },
      { ...common, requests: quietRequests(client) },
    )
    this.#driver = new LeaveDriver(traces.leaving ?? planLeaving(state.queue, traces.entered), {
      ...common,
      requests: leaveRequests(client),
    })
  }

  /** The pass without the rooms that were left, for whoever stays in the others or joins once more. */
  get rest(): JoinBeginning {
    const { state, traces } = this.#begun
    const { leaving } = this.#driver
    return {
      state: { ...state, queue: queueAfterLeaving(state.queue, leaving) },
      traces: {
        ...traces,
        entered: enteredAfterLeaving(traces.entered, leaving),
        quiet: this.#quiet.quiet,
        leaving: null,
      },
    }
  }

  /** IDs of the rooms that were left so far. */
  get leftIds(): readonly string[] {
    const { steps } = this.#driver.leaving
    return steps.flatMap(({ roomId, status }) => (status === 'left' ? [roomId] : []))
  }

  /** How it stands, for the screen: the doors close one by one. */
  get progress(): JoinProgress {
    const { clock } = this.#ports
    const now = clock.monotonic()
    const pulse = { phase: 'paused', stopReason: null, nextAt: null, nextKey: null } as const
    const queue = progressOf(this.#community, this.rest.state, pulse, now, clock.wall())
    const { isBusy, hasFailed } = this.#quiet
    return { ...queue, quiet: { isOn: false, isBusy, hasFailed }, leaving: this.#standing(now) }
  }

  /** Leaves until nothing is left, or until cancelled. */
  async run(): Promise<void> {
    this.#quiet.turn(false)
    await Promise.all([this.#driver.run(), this.#quiet.settled()])
  }

  /** Leaves no more rooms. Resolves when no request is under way. */
  async cancel(): Promise<void> {
    await Promise.all([this.#driver.cancel(), this.#quiet.stop()])
  }

  #standing(now: number): LeaveProgress {
    const { leaving, phase, nextAt } = this.#driver
    const countOf = (status: Plan['steps'][number]['status']): number =>
      leaving.steps.filter((step) => step.status === status).length
    return {
      count: leaving.steps.length,
      left: countOf('left'),
      failed: countOf('failed'),
      phase: phase === 'cancelled' ? 'running' : phase,
      nextAt: nextAt === null ? null : this.#ports.clock.wall() + (nextAt - now),
    }
  }

  #save(): void {
    const { keep, clock } = this.#ports
    const { state, traces } = this.#begun
    const now = { ...traces, quiet: this.#quiet.quiet, leaving: this.#driver.leaving }
    keep.journal.set(journalOf(this.#userId, state, now, clock.monotonic(), clock.wall()))
  }
}
