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

/** At first; grows when requests turn out to come too early. */
const SLACK = 25
const MOST_SLACK = 2_000
/** How long the first request may have been on its way to the bucket, in milliseconds. */
const FLIGHT = 150
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

/** Which of the two buckets an answer came from. */
export type BucketName = keyof Pace

/**
 * Learns from a refusal by `bucket` of the request sent at `sentAt`. `retryAfter` is what the server said, in
 * milliseconds, or null where it said nothing. The refused request hasn't filled the bucket that refused it; a
 * federated join that the remote bucket refused has still taken a local token, as Synapse checks the local one first.
 * `after` counts the requests that went out after the refused one and are still under way, by the bucket they fill.
 */
export function withRefusal(
  pace: Pace,
  isLocal: boolean,
  bucket: BucketName,
  retryAfter: number | null,
  sentAt: number,
  now: number,
  after: Readonly<Record<BucketName, number>> = { local: 0, remote: 0 },
): Pace {
  const refusal = { wait: clampWait(retryAfter), sentAt, now, after: after[bucket] }
  if (bucket === 'local') {
    return {
      local: learned(pace.local, priorLimits.local, refusal),
      remote: isLocal ? pace.remote : unfilled(pace.remote),
    }
  }
  const local = tried({ ...pace.local, passed: pace.local.passed + 1 })
  return { local, remote: learned(pace.remote, priorLimits.remote, refusal) }
}

/**
 * Which bucket refused a request. `place` is where we take the room to be; `guessed` stands for a room that is on the
 * homeserver only by what a link or a space said. The local bucket is asked first; once it is known, nothing goes out
 * before it has room. While it isn't, it is the bucket whose limits would then be the less unusual.
 */
export function refuserOf(
  pace: Pace,
  place: 'here' | 'guessed' | 'elsewhere',
  retryAfter: number | null,
  sentAt: number,
): BucketName {
  const { local, remote } = pace
  if (place === 'here') return 'local'
  const wait = clampWait(retryAfter)
  // Sent before the limits were known: whichever bucket has told the same moment already.
  const hasTold = ({ learnedAt, closedUntil }: Bucket): boolean =>
    learnedAt !== null && sentAt <= learnedAt && Math.abs(closedUntil - sentAt - wait) < 1_000
  if (hasTold(local)) return 'local'
  if (hasTold(remote)) return 'remote'
  if (local.interval !== null && local.trial === null) {
    if (wait > local.interval * 1.2) return 'remote'
    if (place === 'guessed') return 'local'
    // It went out when the local bucket had room, so that one can only have been met a little too early.
    const isAtEdge = remote.burst !== null || remote.passed >= priorLimits.remote.burst
    return wait > local.interval / 2 || isAtEdge ? 'remote' : 'local'
  }
  if (place === 'guessed') return 'local'
  if (local.trial !== null && wait <= local.trial.interval * 1.2) return 'local'
  if (remote.interval !== null && remote.trial === null)
    return wait < remote.interval / 3 ? 'local' : 'remote'
  const oddityOf = (name: BucketName): number =>
    oddity(likeliest(untaught(pace[name]), priorLimits[name], wait, sentAt), priorLimits[name])
  return oddityOf('local') <= oddityOf('remote') ? 'local' : 'remote'
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

// Who runs a homeserver changes the rate far more often than the burst; as odd as a rate 20 times the usual one.
const ODD_BURST = Math.log(20)

/** Milliseconds to wait. A server may say nothing, zero, a negative number or a year: it is bounded on both sides. */
export function clampWait(retryAfter: number | null): number {
  if (retryAfter === null || !Number.isFinite(retryAfter) || retryAfter <= 0) return 2_000
  return Math.min(Math.max(retryAfter, 50), MAX_WAIT)
}

interface Refusal {
  readonly wait: number
  readonly sentAt: number
  readonly now: number
  readonly after: number
}

function learned(bucket: Bucket, prior: Limits, refusal: Refusal): Bucket {
  const { wait, sentAt, now, after } = refusal
  const closedUntil = Math.max(bucket.closedUntil, sentAt + wait + bucket.slack)
  // Sent before the limits were known: it teaches nothing more, but what was counted for it is free.
  if (bucket.learnedAt !== null && sentAt <= bucket.learnedAt) {
    // Two that tell the same moment are no slip.
    const isSame = Math.abs(bucket.closedUntil - sentAt - wait) < 1_000
    const trial = isSame ? null : bucket.trial
    return { ...bucket, trial, level: Math.max(0, bucket.level - 1), closedUntil }
  }
  if (bucket.trial !== null && wait > bucket.trial.interval * 1.5) {
    // No bucket with those limits has so long a wait. If all that was counted speaks for the usual ones, the earlier
    // refusal was a slip.
    const anew = learned(untaught(bucket), prior, refusal)
    if (anew.burst === prior.burst) return anew
  }
  if (isFaster(bucket)) return confirmed(bucket, bucket.trial, refusal)
  if (isTooEarly(bucket, wait)) return later({ ...bucket, trial: null, learnedAt: now }, refusal)
  const { burst, interval } =
    bucket.burst !== null && bucket.interval !== null
      ? {
          burst: bucket.burst,
          interval: Math.max(bucket.interval, wait, intervalShown(bucket, wait, sentAt)),
        }
      : likeliest(bucket, prior, wait, sentAt)
  // It is lost once, not with each token, and spares refusals where requests travel unevenly.
  const slack = Math.max(bucket.slack, Math.min(interval / 8, 100), Math.min(interval / 50, 250))
  const { since, passed } = bucket
  // Who was refused twice has met no slip.
  const isOdd = bucket.burst === null && burst !== prior.burst
  const trial = isOdd ? { interval, since, passed } : null
  return {
    ...bucket,
    trial,
    burst,
    interval,
    level: levelAtRefusal(burst, interval, wait) + after,
    at: sentAt,
    since: sentAt + wait,
    passed: 0,
    learnedAt: now,
    closedUntil: Math.max(bucket.closedUntil, sentAt + wait + slack),
    slack,
  }
}

// Halves the interval each time that some more requests have gone through.
function tried(bucket: Bucket): Bucket {
  const { trial, interval, passed } = bucket
  if (trial === null || interval === null || passed % TRIAL_AFTER !== 0) return bucket
  return interval / 2 < LEAST_INTERVAL ? untaught(bucket) : { ...bucket, interval: interval / 2 }
}

/** As if limits that are on trial had never been learnt. */
function untaught(bucket: Bucket): Bucket {
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

function isFaster(bucket: Bucket): bucket is Bucket & { readonly trial: Trial } {
  return bucket.trial !== null && bucket.interval !== null && bucket.interval < bucket.trial.interval
}

// There is a limit: what was learnt at first holds, as a burst that had come back may have let the faster ones through.
function confirmed(bucket: Bucket, { interval }: Trial, { wait, sentAt, now, after }: Refusal): Bucket {
  return {
    ...bucket,
    interval,
    trial: null,
    level: levelAtRefusal(bucket.burst ?? 1, interval, Math.min(wait, interval)) + after,
    at: sentAt,
    since: sentAt + wait,
    passed: 0,
    learnedAt: now,
    closedUntil: Math.max(bucket.closedUntil, sentAt + wait + bucket.slack),
  }
}

/*
 * The limits are right but the request came early by `wait`: after so few tokens that is how unevenly requests travel,
 * not an interval that is too short.
 */
function isTooEarly({ interval, passed }: Bucket, wait: number): boolean {
  return interval !== null && wait <= Math.min(interval / 2, MOST_SLACK) && passed < 10
}

/*
 * What went out since has been counted already, so the level is put right instead of anew: when the request left, the
 * bucket seemed to have room for one more.
 */
function later(bucket: Bucket, { wait, sentAt }: Refusal): Bucket {
  const interval = bucket.interval ?? wait
  const level = Math.max(0, bucket.level - 1 + (wait + bucket.slack) / interval)
  const slack = Math.min(bucket.slack + 1.5 * wait, Math.max(SLACK, interval / 2), MOST_SLACK)
  return { ...bucket, level, slack, closedUntil: Math.max(bucket.closedUntil, sentAt + wait + slack) }
}

// Full but for the part of a token that comes back by then.
function levelAtRefusal(burst: number, interval: number, wait: number): number {
  return burst - 1 + wait / interval
}

/*
 * Tighter than learnt: guessed wrong, a changed limit, or another client of the same account. Since the moment that
 * the last refusal told, `passed` tokens were taken and the bucket is full again: so long did they take to leak.
 */
function intervalShown(bucket: Bucket, wait: number, sentAt: number): number {
  return bucket.since === null || bucket.passed === 0
    ? 0
    : (sentAt + wait + SLACK - bucket.since) / bucket.passed
}

/*
 * A leaky bucket that has let n requests through since `since` and says "again in w" at `sentAt` opens when
 * since + (n - burst + 1) * interval = sentAt + w. With k = n - burst tokens leaked so far, the interval is
 * (elapsed + w) / (k + 1), and k can be anything up to elapsed / w; what comes nearest to the usual limits is taken.
 * The answer's own delay is left out of it: Synapse holds a refusal back for half a second.
 */
function likeliest(bucket: Bucket, prior: Limits, wait: number, sentAt: number): Limits {
  const elapsed = sentAt - (bucket.since ?? sentAt)
  const most = Math.min(Math.floor(elapsed / wait), Math.max(0, bucket.passed - 1))
  const candidates = Array.from({ length: most + 1 }, (_, leakedTokens) => ({
    burst: Math.max(1, bucket.passed - leakedTokens),
    // Rather too long than too short: an interval's error adds up with each token.
    interval: rounded(((elapsed + wait) * 1.003 + SLACK) / (leakedTokens + 1), leakedTokens + 1),
  }))
  const byOddity = candidates.toSorted((one, other) => oddity(one, prior) - oddity(other, prior))
  return byOddity[0] ?? { burst: 1, interval: wait }
}

/*
 * The first request may have been on its way for a while when it filled the bucket, which makes the interval look longer
 * than it is, by as much with each token. People set round rates: one that lies within that time is what is meant.
 */
function rounded(interval: number, tokens: number): number {
  const shortest = (interval - (FLIGHT + SLACK) / tokens) / 1.003
  const rate = 1_000 / interval
  const power = 10 ** Math.floor(Math.log10(rate))
  const round = [1, 2, 5, 10].map((digit) => 1_000 / (digit * power))
  const meant = round.find((each) => each <= interval && each >= shortest)
  // Two clocks may differ by a little.
  return meant === undefined ? interval : meant * 1.0005
}

/** How far limits are from the usual ones; 0 when they are the same. */
function oddity({ burst, interval }: Limits, usual: Limits): number {
  const burstOddity = burst === usual.burst ? 0 : ODD_BURST + Math.abs(Math.log(burst / usual.burst))
  return burstOddity + Math.abs(Math.log(interval / usual.interval))
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

function unfilled(bucket: Bucket): Bucket {
  return { ...bucket, level: Math.max(0, bucket.level - 1), sent: Math.max(0, bucket.sent - 1) }
}

function leaked(bucket: Bucket, interval: number, now: number): number {
  return Math.max(0, bucket.level - (now - bucket.at) / interval)
}
