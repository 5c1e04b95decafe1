import type { Pace } from './pace.ts'
import type { JoinQueue } from './queue.ts'

/** Everything the engine knows: where each room stands, and what the server's limits have shown themselves to be. */
export interface JoinState {
  readonly queue: JoinQueue
  readonly pace: Pace
}
