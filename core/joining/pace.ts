/**
 * What is known of one of the homeserver's leaky buckets. Synapse keeps two for joins: every join takes a token of
 * `local`, and one that has to be made over federation takes one of `remote` as well (Synapse ratelimiting docs).
 * All moments are the driver's monotonic milliseconds.
 */
export interface Bucket {
  /** Tokens that go through in one go; null until the first refusal taught it. */
  readonly burst: number | null
  /** Milliseconds until one more token is back; null until the first refusal taught it. */
  readonly interval: number | null
  /** How full the bucket was at `at`, in tokens. */
  readonly level: number
  readonly at: number
  /** Requests that went out, and those of them that the bucket let through since `since`. */
  readonly sent: number
  readonly passed: number
  /**
   * When the first request went out; after a refusal, the moment from which one more was to be let through. Null
   * when the bucket has run empty after that, so that counting from there says nothing.
   */
  readonly since: number | null
  /** When the limits were learnt. Refusals of requests from before say nothing new. */
  readonly learnedAt: number | null
  /** No request before this moment, whatever the level says. */
  readonly closedUntil: number
  /** Milliseconds to come later than the bucket allows, as a request may travel faster than the one before it. */
  readonly slack: number
  /**
   * Limits other than those that homeservers come with may have been a single slip of something on the way, so they are
   * put to the test by asking ever faster; null where that isn't due, or is over.
   */
  readonly trial: Trial | null
}

/** A test of learnt limits. */
export interface Trial {
  /** The interval as it was learnt, in milliseconds. */
  readonly interval: number
  /** What had been counted when these limits were learnt, for learning others from all of it. */
  readonly since: number | null
  readonly passed: number
}

/** The two buckets of a homeserver, as far as it has shown them. */
export interface Pace {
  readonly local: Bucket
  readonly remote: Bucket
}

/** Limits of a bucket: so many at once, then one each `interval` milliseconds. */
export interface Limits {
  readonly burst: number
  readonly interval: number
}

/** Synapse's defaults, which serve the estimate until the server has shown its own limits. */
export const priorLimits: { readonly local: Limits; readonly remote: Limits } = {
  local: { burst: 10, interval: 10_000 },
  remote: { burst: 10, interval: 100_000 },
}

/** At first, in milliseconds; grows when requests turn out to come too early. */
export const SLACK = 25
/** After so many requests that went through at the learnt pace, and again at each faster one, it is doubled. */
const TRIAL_AFTER = 3
/** Milliseconds; faster needs no testing. */
const LEAST_INTERVAL = 20

const empty: Bucket = {
  burst: null,
  interval: null,
  level: 0,
  at: 0,
  sent: 0,
  passed: 0,
  since: null,
  learnedAt: null,
  closedUntil: 0,
  slack: SLACK,
  trial: null,
}

/** A pace that knows nothing yet and so asks at once. */
export const freshPace: Pace = { local: empty, remote: empty }

/** When the next join may go out; a moment that has passed means at once. */
export function nextJoinAt(pace: Pace, isLocal: boolean): number {
  const local = opensAt(pace.local)
  return isLocal ? local : Math.max(local, opensAt(pace.remote))
}

/**
 * True where most servers have their limit: from there on one request goes alone, so that its refusal is the only
 * one, until so many went through as no server with that limit could have let through meanwhile. Elsewhere several
 * run at once.
 */
export function goesAlone(pace: Pace, isLocal: boolean, now: number): boolean {
  const isAtEdge = (bucket: Bucket, edge: number): boolean =>
    bucket.burst === null && bucket.sent >= edge && bucket.passed < edge + 1 + leakedAtMost(bucket, now)
  return (
    isAtEdge(pace.local, priorLimits.local.burst) ||
    (!isLocal && isAtEdge(pace.remote, priorLimits.remote.burst))
  )
}

// What limits 30 times faster than the usual ones would have given back; slow servers tell nothing by their slowness.
function leakedAtMost({ since }: Bucket, now: number): number {
  const elapsed = since === null ? 0 : now - since
  return elapsed < 8_000 ? elapsed / 300 : elapsed / 10_000
}

/** True where the next federated join may be the first that a bucket refuses, while the local one is still unknown. */
export function mayMeetUnknownLimit({ local, remote }: Pace): boolean {
  return (
    local.burst === null &&
    (local.sent >= priorLimits.local.burst || remote.sent >= priorLimits.remote.burst - 1)
  )
}

/** Counts a join request that is going out now. */
export function withSent(pace: Pace, isLocal: boolean, now: number): Pace {
  return { local: filled(pace.local, now), remote: isLocal ? pace.remote : filled(pace.remote, now) }
}

/** Counts any answer but a refusal by rate limit: the request has gone through the buckets, whatever came of it. */
export function withPassed(pace: Pace, isLocal: boolean): Pace {
  const passed = (bucket: Bucket): Bucket => tried({ ...bucket, passed: bucket.passed + 1 })
  return { local: passed(pace.local), remote: isLocal ? pace.remote : passed(pace.remote) }
}

/** How many tokens a bucket has left at this moment, by what is known or else by Synapse's defaults. */
export function tokensLeft(bucket: Bucket, prior: Limits, now: number): number {
  const { burst, interval } = limitsOf(bucket, prior)
  return Math.max(0, burst - leaked(bucket, interval, now))
}

/** Known limits of a bucket, else the prior. */
export function limitsOf(bucket: Bucket, prior: Limits): Limits {
  return { burst: bucket.burst ?? prior.burst, interval: bucket.interval ?? prior.interval }
}

/** Halves an interval that is on trial each time that some more requests have gone through. */
export function tried(bucket: Bucket): Bucket {
  const { trial, interval, passed } = bucket
  if (trial === null || interval === null || passed % TRIAL_AFTER !== 0) return bucket
  return interval / 2 < LEAST_INTERVAL ? untaught(bucket) : { ...bucket, interval: interval / 2 }
}

/** As if limits that are on trial had never been learnt. */
export function untaught(bucket: Bucket): Bucket {
  const { trial, passed } = bucket
  if (trial === null) return bucket
  return {
    ...bucket,
    burst: null,
    interval: null,
    trial: null,
    since: trial.since,
    passed: trial.passed + passed,
  }
}

function opensAt(bucket: Bucket): number {
  if (bucket.burst === null || bucket.interval === null) return bucket.closedUntil
  const over = bucket.level - (bucket.burst - 1)
  return Math.max(bucket.closedUntil, bucket.at + over * bucket.interval + bucket.slack)
}

function filled(bucket: Bucket, now: number): Bucket {
  const sent = bucket.sent + 1
  if (bucket.interval === null)
    return { ...bucket, level: bucket.level + 1, at: now, sent, since: bucket.since ?? now }
  const level = leaked(bucket, bucket.interval, now)
  return { ...bucket, level: level + 1, at: now, sent, since: level === 0 ? null : bucket.since }
}

/** Takes back that a request was counted which was refused before it came to this bucket. */
export function unfilled(bucket: Bucket): Bucket {
  return { ...bucket, level: Math.max(0, bucket.level - 1), sent: Math.max(0, bucket.sent - 1) }
}

function leaked(bucket: Bucket, interval: number, now: number): number {
  return Math.max(0, bucket.level - (now - bucket.at) / interval)
}
