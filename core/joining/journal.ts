import { z } from 'zod'
import type { Said } from '../onboarding/state.ts'
import { leaveStatuses } from './leaving.ts'
import type { Pace } from './pace.ts'
import { quietKinds, quietStatuses } from './quiet.ts'
import { entryKinds, joinReasons, joinStatuses, type JoinQueue } from './queue.ts'
import type { Traces } from './traces.ts'

/* What the journal may hold when it is read back. Apart from the types, as the screens need those without zod. */

const MAX_ENTRIES = 6000

/** A queue from the disk. */
export const joinQueueSchema: z.ZodType<JoinQueue> = z.object({
  entries: z
    .array(
      z.object({
        key: z.string(),
        kind: z.enum(entryKinds),
        address: z.string(),
        via: z.array(z.string()),
        roomId: z.string().nullable(),
        isLobby: z.boolean(),
        isLoud: z.boolean(),
        needsSpace: z.boolean(),
        behind: z.string().nullable().default(null),
        isLocal: z.boolean().nullable(),
        isKnock: z.boolean(),
        status: z.enum(joinStatuses),
        reason: z.enum(joinReasons).nullable(),
        isFollowed: z.boolean(),
        tries: z.int(),
        wasAsked: z.boolean().default(true),
        hops: z.int(),
        notBefore: z.number(),
        lastAnswer: z.string().nullable(),
        lastVia: z.array(z.string()),
        settledAt: z.string().nullable(),
      }),
    )
    .max(MAX_ENTRIES),
})

const roomId = z.string()

/** What a newcomer has said to a community's questions, from the disk. */
export const saidSchema: z.ZodType<Said> = z.object({
  agreedTo: z.string().max(20_000).nullable(),
  answers: z.array(z.array(z.int().min(0).max(19)).max(20)).max(20),
})

/** What a pass did beside joining, from the disk: fields of their own, so that each is written when it changes. */
export const tracesShape: { readonly [Name in keyof Traces]: z.ZodType<Traces[Name]> } = {
  entered: z.object({ before: z.array(roomId).nullable(), replaced: z.array(roomId) }),
  quiet: z.object({
    isWanted: z.boolean(),
    marks: z.array(z.object({ kind: z.enum(quietKinds), roomId, status: z.enum(quietStatuses) })),
  }),
  leaving: z
    .object({
      steps: z.array(z.object({ roomId, status: z.enum(leaveStatuses), tries: z.int() })),
      interval: z.number(),
      lastAt: z.number().nullable(),
      notBefore: z.number(),
    })
    .nullable(),
  knockReason: z.string(),
  wish: z.object({ preset: z.string().nullable(), said: saidSchema }).nullable().default(null),
}

const bucketSchema = z.object({
  burst: z.number().nullable(),
  interval: z.number().nullable(),
  level: z.number(),
  at: z.number(),
  sent: z.number(),
  passed: z.number(),
  since: z.number().nullable(),
  learnedAt: z.number().nullable(),
  closedUntil: z.number(),
  slack: z.number().default(25),
  trial: z
    .object({ interval: z.number(), since: z.number().nullable(), passed: z.number() })
    .nullable()
    .default(null),
})

/** A pace from the disk. */
export const paceSchema: z.ZodType<Pace> = z.object({ local: bucketSchema, remote: bucketSchema })

/**
 * A stored pace on this process's clock: what the server's buckets have leaked since, they have leaked. `monotonic` and
 * `wall` are this moment, those of the journal the moment of writing, in milliseconds.
 */
export function paceAfterRestart(
  journal: { readonly pace: Pace; readonly monotonic: number; readonly wall: number },
  monotonic: number,
  wall: number,
): Pace {
  const elapsed = Math.max(0, wall - journal.wall)
  const shift = monotonic - elapsed - journal.monotonic
  const moved = (bucket: Pace['local']): Pace['local'] => ({
    ...bucket,
    at: bucket.at + shift,
    // While Foyer was away nothing was asked for, so the time since then says nothing of how fast tokens come back.
    since: null,
    ...(bucket.interval === null ? { sent: 0, passed: 0 } : {}),
    trial: bucket.trial && { ...bucket.trial, since: null },
    learnedAt: bucket.learnedAt === null ? null : bucket.learnedAt + shift,
    // Never further away than it was when written: a clock set back must not make anybody wait for a year.
    closedUntil: Math.min(
      bucket.closedUntil + shift,
      monotonic + Math.max(0, bucket.closedUntil - journal.monotonic),
    ),
  })
  return { local: moved(journal.pace.local), remote: moved(journal.pace.remote) }
}
