import {
  priorLimits,
  SLACK,
  tried,
  unfilled,
  untaught,
  type Bucket,
  type Limits,
  type Pace,
  type Trial,
} from './pace.ts'

/* What a refusal teaches of the homeserver's limits. */

/** Milliseconds. */
const MAX_WAIT = 3_600_000
const MOST_SLACK = 2_000
/** How long the first request may have been on its way to the bucket, in milliseconds. */
const FLIGHT = 150
// Who runs a homeserver changes the rate far more often than the burst; as odd as a rate 20 times the usual one.
const ODD_BURST = Math.log(20)

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
