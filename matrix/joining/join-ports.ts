import type { CommunityRoom } from '../../core/communities/community.ts'
import type { JoinState } from '../../core/joining/join-state.ts'
import type { JoinReason } from '../../core/joining/queue.ts'
import type { WaitingClock } from '../clock.ts'
import type { JoinRequests } from './join-requests.ts'

/** How long other homeservers may take to hear whom a room has let in, in milliseconds. Measured on Synapse: under 1 s. */
export const NEWS_TRAVELS_MS = 2_000

/** What the driver needs of the world around it. */
export interface JoinPorts extends WaitingClock {
  readonly requests: JoinRequests
  /** The newcomer's homeserver. */
  readonly ownServer: string
  /** Sent with a knock, so that moderators see who is asking. */
  readonly knockReason: string
  /** Keeps the state on disk. Called before each request goes out and after each answer; must be done on return. */
  readonly save: (state: JoinState) => void
  /** Called with every change, after it was saved. */
  readonly onChange: (view: DriverView) => void
  /**
   * Called once the space is joined: the rooms that only its members see and that were chosen unseen. Called again when
   * all of them are settled and more are joined than before, as those may show others. Null where nobody could be
   * asked; then it is called again a little later. A large space is a long walk, which ends at once when `signal` is
   * aborted; its answer is then null, and it begins anew when joining goes on.
   */
  readonly roomsInside: (spaceId: string, signal: AbortSignal) => Promise<Inside | null>
}

/** What a space shows of its inside. */
export interface Inside {
  readonly rooms: readonly CommunityRoom[]
  /** IDs of the spaces inside. */
  readonly spaces: readonly string[]
}

/** Nothing that is wanted. */
export const nothingInside: Inside = { rooms: [], spaces: [] }

/** What the driver shows of itself. */
export interface DriverView {
  readonly state: JoinState
  readonly phase: 'running' | 'paused' | 'offline' | 'stopped' | 'finished'
  readonly stopReason: JoinReason | 'signedOut' | null
  /** When the next request goes out, monotonic milliseconds; null when that isn't a matter of time. */
  readonly nextAt: number | null
  readonly nextKey: string | null
}
