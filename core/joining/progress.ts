import { serverOf } from '../addresses/room-address.ts'
import { roomTitle, type Community, type CommunityRoom } from '../communities/community.ts'
import { remembered } from '../remembered.ts'
import type { JoinLine, QueueProgress } from '../onboarding/state.ts'
import type { JoinState } from './join-state.ts'
import { estimateSeconds, type RoomCounts } from './estimate.ts'
import { isSettled, roomEntries, type JoinQueue, type JoinReason, type QueueEntry } from './queue.ts'

/** What the driver knows beside the queue: whether it is moving, and when the next request goes out. */
export interface JoinPulse {
  readonly phase: QueueProgress['phase']
  readonly stopReason: QueueProgress['stopReason']
  /** Monotonic milliseconds. */
  readonly nextAt: number | null
  readonly nextKey: string | null
}

/** The queue as the screens show it. `now` is monotonic, `wall` the same moment as wall-clock milliseconds. */
export function progressOf(
  community: Community,
  state: JoinState,
  pulse: JoinPulse,
  now: number,
  wall: number,
): QueueProgress {
  const rooms = roomsByKey(community)
  const left = waiting(state.queue)
  return {
    lines: roomEntries(state.queue).map((entry) => lineOf(rooms.get(entry.key) ?? unknownRoom)(entry)),
    phase: pulse.phase,
    stopReason: pulse.stopReason,
    // Under a second there is nothing to count down.
    nextAt: pulse.nextAt !== null && pulse.nextAt - now > 1_000 ? wall + (pulse.nextAt - now) : null,
    nextKey: pulse.nextKey,
    secondsLeft: left === null ? null : estimateSeconds(left, state.pace, now),
  }
}

/** How many are still to come; null where nobody is. */
function waiting({ entries }: JoinQueue): RoomCounts | null {
  const counts = { local: 0, remote: 0, unknown: 0 }
  // Ten times a second, with thousands of rooms: counted without making lists of them.
  for (const entry of entries) {
    if (isSettled(entry)) continue
    if (entry.isLocal === null) counts.unknown += 1
    else if (entry.isLocal) counts.local += 1
    else counts.remote += 1
  }
  return counts.local + counts.remote + counts.unknown === 0 ? null : counts
}

const unknownRoom = { section: 'rest' } as const

/** Rooms whose failure may pass by itself, so that trying again makes sense. */
export function retryable(lines: readonly JoinLine[]): JoinLine[] {
  const passing: readonly (JoinReason | null)[] = ['unreachable', 'arriving', 'spaceFirst', 'unknown']
  return lines.filter(
    (line) => line.status !== 'joined' && line.status !== 'asked' && passing.includes(line.reason),
  )
}

/** How many of these rooms the newcomer is in. Screens ask for it in several places at each change. */
export const joinedCount = remembered(
  (lines: readonly JoinLine[]): number => lines.filter((line) => line.status === 'joined').length,
)

const roomsByKey = remembered(
  (community: Community) => new Map(community.rooms.map((room) => [room.key, room])),
)

/** The line of an entry is made once, as thousands of them are asked for again and again. */
const lineOf = remembered((room: CommunityRoom | typeof unknownRoom) =>
  remembered((entry: QueueEntry): JoinLine => ({
    key: entry.key,
    section: room.section,
    name: 'key' in room ? roomTitle(room) : entry.address,
    status: entry.status,
    reason: entry.reason,
    server: entry.reason === 'unreachable' ? (serverOf(entry.address) ?? entry.via[0] ?? null) : null,
  })),
)
