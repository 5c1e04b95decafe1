import type { JoinState } from '../joining/join-state.ts'
import { freshPace } from '../joining/pace.ts'
import type { QueueEntry } from '../joining/queue.ts'

/** A queue that has not begun, on a server that nothing is known of. */
export function stateOf(entries: readonly QueueEntry[]): JoinState {
  return { queue: { entries: [...entries] }, pace: freshPace }
}

/** A room in line, the space where the address says so. */
export function entry(key: string, own: Partial<QueueEntry> = {}): QueueEntry {
  return {
    key,
    kind: key.startsWith('#space') ? 'space' : 'room',
    address: key,
    via: [],
    roomId: null,
    isLobby: false,
    isLoud: false,
    needsSpace: false,
    behind: null,
    isLocal: null,
    isKnock: false,
    isFollowed: false,
    status: 'queued',
    reason: null,
    tries: 0,
    wasAsked: false,
    hops: 0,
    notBefore: 0,
    lastAnswer: null,
    lastVia: [],
    settledAt: null,
    ...own,
  }
}
