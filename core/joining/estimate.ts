import { freshPace, limitsOf, priorLimits, tokensLeft, type Pace } from './pace.ts'

/** Seconds that a single join takes when nothing limits it; a federated one needs other servers' answers. */
const LOCAL_JOIN_SECONDS = 0.2
const REMOTE_JOIN_SECONDS = 1

/** A span of time, in whole seconds. */
export interface SecondsRange {
  readonly low: number
  readonly high: number
}

/** Rooms by where they are: on the newcomer's homeserver, elsewhere only, or nobody knows yet. */
export interface RoomCounts {
  readonly local: number
  readonly remote: number
  readonly unknown: number
}

/**
 * How long joining takes: both buckets drain side by side, and the slower one decides (Synapse's `rc_joins`: every join
 * takes a local token, a federated one a remote token too). `low` assumes that rooms of unknown place are on the
 * homeserver already, `high` that none of them is.
 */
export function estimateSeconds(rooms: RoomCounts, pace: Pace = freshPace, now = 0): SecondsRange {
  const low = secondsFor(rooms.local + rooms.unknown, rooms.remote, pace, now)
  const high = secondsFor(rooms.local, rooms.remote + rooms.unknown, pace, now)
  return { low: Math.round(low), high: Math.round(high) }
}

function secondsFor(localJoins: number, remoteJoins: number, pace: Pace, now: number): number {
  const local = drainSeconds(localJoins + remoteJoins, pace.local, priorLimits.local, now)
  const remote = drainSeconds(remoteJoins, pace.remote, priorLimits.remote, now)
  return Math.max(local, remote) + localJoins * LOCAL_JOIN_SECONDS + remoteJoins * REMOTE_JOIN_SECONDS
}

function drainSeconds(
  joins: number,
  bucket: Pace['local'],
  prior: { burst: number; interval: number },
  now: number,
): number {
  const { interval } = limitsOf(bucket, prior)
  const waiting = Math.max(0, joins - Math.floor(tokensLeft(bucket, prior, now)))
  return (waiting * interval) / 1000
}
