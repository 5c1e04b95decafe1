import type { BucketLimits, JoinLimits } from '../practice/limits.ts'

/** How many rooms of a list the homeserver is in already, and how many it must ask other servers for. */
export interface Places {
  readonly local: number
  readonly remote: number
}

/**
 * The earliest moment, in seconds after the first request, at which the last of so many joins can get through the
 * homeserver's two buckets, if requests took no time and none was refused. Every join takes a local token and a
 * federated one a remote token too. The two buckets drain side by side when federated joins go first.
 */
export function boundSeconds({ local, remote }: Places, limits: JoinLimits): number {
  return Math.max(drainSeconds(local + remote, limits.local), drainSeconds(remote, limits.remote))
}

/** How many of the joins can be through after so many seconds: the curve that nobody can be left of. */
export function boundAt(seconds: number, places: Places, limits: JoinLimits): number {
  const through = ({ burst_count: burst, per_second: rate }: BucketLimits): number =>
    Math.floor(burst + seconds * rate + 1e-9)
  const all = Math.min(places.local + places.remote, through(limits.local))
  return Math.min(all, places.local + Math.min(places.remote, through(limits.remote)))
}

function drainSeconds(joins: number, { burst_count: burst, per_second: rate }: BucketLimits): number {
  return Math.max(0, joins - burst) / rate
}
