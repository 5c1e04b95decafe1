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
  /** Requests that went out, and those of them that the bucket let through. */
  readonly sent: number
  readonly passed: number
  /** When the first request went out. */
  readonly since: number | null
  /** When the limits were learnt. Refusals of requests from before say nothing new. */
  readonly learnedAt: number | null
  /** No request before this moment, whatever the level says. */
  readonly closedUntil: number
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
}

/** A pace that knows nothing yet and so asks at once. */
export const freshPace: Pace = { local: empty, remote: empty }

/** Later than the bucket allows by this much, as a request may travel faster than the one before it. */
const SLACK = 25

/** When the next join may go out; a moment that has passed means at once. */
export function nextJoinAt(pace: Pace, isLocal: boolean): number {
  const local = opensAt(pace.local)
  return isLocal ? local : Math.max(local, opensAt(pace.remote))
}

/**
 * True where most servers have their limit: there one request goes alone, so that its refusal is the only one.
 * Elsewhere several run at once.
 */
export function goesAlone(pace: Pace, isLocal: boolean): boolean {
  const isAtEdge = (bucket: Bucket, edge: number): boolean =>
    bucket.burst === null && bucket.sent >= edge && bucket.passed <= edge
  return (
    isAtEdge(pace.local, priorLimits.local.burst) ||
    (!isLocal && isAtEdge(pace.remote, priorLimits.remote.burst))
  )
}

/** Counts a join request that is going out now. */
export function withSent(pace: Pace, isLocal: boolean, now: number): Pace {
  return { local: filled(pace.local, now), remote: isLocal ? pace.remote : filled(pace.remote, now) }
}

/** Counts any answer but a refusal by rate limit: the request has gone through the buckets, whatever came of it. */
export function withPassed(pace: Pace, isLocal: boolean): Pace {
  const passed = (bucket: Bucket): Bucket => ({ ...bucket, passed: bucket.passed + 1 })
  return { local: passed(pace.local), remote: isLocal ? pace.remote : passed(pace.remote) }
}

/**
 * Learns from a refusal of the request sent at `sentAt`. `retryAfter` is what the server said, in milliseconds, or
 * null where it said nothing. The refused request hasn't filled the bucket that refused it; a federated join that
 * the remote bucket refused has still taken a local token, as Synapse checks the local bucket first.
 */
export function withRefusal(
  pace: Pace,
  isLocal: boolean,
  retryAfter: number | null,
  sentAt: number,
  now: number,
): Pace {
  const wait = clampWait(retryAfter)
  if (isLocal || refusedByLocal(pace, wait, sentAt)) {
    return {
      local: learned(pace.local, wait, sentAt, now),
      remote: isLocal ? pace.remote : unfilled(pace.remote),
    }
  }
  const local = { ...pace.local, passed: pace.local.passed + 1 }
  return { local, remote: learned(pace.remote, wait, sentAt, now) }
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

const MAX_WAIT = 3_600_000

// A server may say nothing, zero, a negative number or a year: waiting is then bounded on both sides.
function clampWait(retryAfter: number | null): number {
  if (retryAfter === null || !Number.isFinite(retryAfter) || retryAfter <= 0) return 2_000
  return Math.min(Math.max(retryAfter, 50), MAX_WAIT)
}

/*
 * A federated join may be refused by either bucket. The local one is asked first; once it is known, it refuses only
 * when we counted it full. While it isn't, the waiting time decides: the buckets' defaults are 10 s and 100 s apart.
 */
function refusedByLocal(pace: Pace, wait: number, sentAt: number): boolean {
  const { local, remote } = pace
  if (local.interval !== null)
    return leaked(unfilled(local), local.interval, sentAt) > (local.burst ?? 1) - 0.9
  if (remote.interval !== null) return wait < remote.interval / 3
  const whole = wait + sentAt - (local.since ?? sentAt)
  const distance = (limits: Limits): number => Math.abs(Math.log(whole / limits.interval))
  return distance(priorLimits.local) <= distance(priorLimits.remote)
}

/*
 * A leaky bucket that has let n requests through since `since` and says "again in w" at `sentAt` opens when
 * since + (n - burst + 1) * interval = sentAt + w. With k = n - burst tokens leaked so far, the interval is
 * (elapsed + w) / (k + 1), and k can be anything up to elapsed / w; the burst nearest to the usual one is taken.
 * The answer's own delay is left out of it: Synapse holds a refusal back for half a second.
 */
function learned(bucket: Bucket, wait: number, sentAt: number, now: number): Bucket {
  const closedUntil = Math.max(bucket.closedUntil, sentAt + wait + SLACK)
  if (bucket.interval !== null && bucket.learnedAt !== null) {
    // Sent before the limits were known: it wasn't counted then, and teaches nothing now.
    if (sentAt <= bucket.learnedAt) return { ...bucket, closedUntil }
    // Tighter than learnt: another client of the same account, or a changed limit.
    const interval = Math.max(bucket.interval, wait)
    const level = (bucket.burst ?? 1) - 1 + wait / interval
    return { ...bucket, interval, level, at: sentAt, learnedAt: now, closedUntil }
  }
  const elapsed = sentAt - (bucket.since ?? sentAt)
  const most = Math.min(Math.floor(elapsed / wait), Math.max(0, bucket.passed - 1))
  const candidates = Array.from({ length: most + 1 }, (_, leakedTokens) => ({
    burst: Math.max(1, bucket.passed - leakedTokens),
    interval: (elapsed + wait) / (leakedTokens + 1),
  }))
  const usual = priorLimits.local.burst
  const best = candidates.toSorted(
    (one, other) => Math.abs(one.burst - usual) - Math.abs(other.burst - usual),
  )[0]
  const { burst, interval } = best ?? { burst: 1, interval: wait }
  // Full but for the part of a token that comes back by then.
  return {
    ...bucket,
    burst,
    interval,
    level: burst - 1 + wait / interval,
    at: sentAt,
    learnedAt: now,
    closedUntil,
  }
}

function opensAt(bucket: Bucket): number {
  if (bucket.burst === null || bucket.interval === null) return bucket.closedUntil
  const over = bucket.level - (bucket.burst - 1)
  return Math.max(bucket.closedUntil, bucket.at + over * bucket.interval + SLACK)
}

function filled(bucket: Bucket, now: number): Bucket {
  const level = bucket.interval === null ? bucket.level + 1 : leaked(bucket, bucket.interval, now) + 1
  return { ...bucket, level, at: now, sent: bucket.sent + 1, since: bucket.since ?? now }
}

function unfilled(bucket: Bucket): Bucket {
  return { ...bucket, level: Math.max(0, bucket.level - 1), sent: Math.max(0, bucket.sent - 1) }
}

function leaked(bucket: Bucket, interval: number, now: number): number {
  return Math.max(0, bucket.level - (now - bucket.at) / interval)
}
