import type { JoinAnswer } from './answer.ts'
import { newTo, roomsEntered, type Entered } from './entered.ts'
import { clampWait } from './refusal.ts'
import { backoff, MAX_TRIES } from './patience.ts'
import type { JoinQueue } from './queue.ts'

/* Undoing a pass: leaving every room that Foyer joined, and no other. */

export const leaveStatuses = ['queued', 'asked', 'left', 'failed'] as const
export type LeaveStatus = (typeof leaveStatuses)[number]

/** One room on its way out. */
export interface LeaveStep {
  readonly roomId: string
  readonly status: LeaveStatus
  readonly tries: number
}

/** Leaving as the journal keeps it. */
export interface Leaving {
  /** In the order in which they are left: the space, which keeps the others together, comes last. */
  readonly steps: readonly LeaveStep[]
  /** Milliseconds between two requests, as the server's refusals have taught; 0 until the first. */
  readonly interval: number
  /** When the last room was left, monotonic milliseconds; null before the first. */
  readonly lastAt: number | null
  /** The earliest moment of the next request, monotonic milliseconds. */
  readonly notBefore: number
}

/** What is to be done next. */
export type LeaveAction =
  | { readonly kind: 'leave'; readonly roomId: string }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'finished' }

/**
 * What is to be left: rooms that this pass has joined, knocks of its own, and rooms whose answer was lost. Rooms that
 * the newcomer was in before never are.
 */
export function planLeaving(queue: JoinQueue, entered: Entered): Leaving {
  const open = queue.entries.filter((entry) => ['asked', 'arriving', 'joining'].includes(entry.status))
  const spaces = queue.entries.filter((entry) => entry.kind !== 'room').map((entry) => entry.roomId)
  const roomIds = [...roomsEntered(entered, queue), ...open.flatMap(({ roomId }) => roomId ?? [])]
  const ours = [...new Set(roomIds)].filter(newTo(entered))
  const spacesLast = ours.toSorted(
    (one, other) => Number(spaces.includes(one)) - Number(spaces.includes(other)),
  )
  return leavingOf(spacesLast)
}

/** These rooms are to be left, in this order. */
export function leavingOf(roomIds: readonly string[]): Leaving {
  return {
    steps: roomIds.map((roomId) => ({ roomId, status: 'queued', tries: 0 })),
    interval: 0,
    lastAt: null,
    notBefore: 0,
  }
}

/** Decides what to do at `now` (monotonic milliseconds). */
export function nextLeave({ steps, notBefore }: Leaving, now: number): LeaveAction {
  const next = steps.find((step) => step.status === 'queued' || step.status === 'asked')
  if (next === undefined) return { kind: 'finished' }
  return notBefore > now ? { kind: 'wait', until: notBefore } : { kind: 'leave', roomId: next.roomId }
}

/** Marks a request as going out. The journal must hold this before it leaves. */
export function withLeaveAsked(leaving: Leaving, roomId: string): Leaving {
  return withStep(leaving, roomId, (step) => ({ ...step, status: 'asked', tries: step.tries + 1 }))
}

/**
 * What the server's answer makes of it. Who isn't in a room has left it. A refusal teaches the pace: from the last
 * request that went through to the moment when the next one may, it is the interval of the server's limit, or as much
 * of it as was left to learn.
 */
export function withLeaveAnswer(leaving: Leaving, roomId: string, answer: JoinAnswer, now: number): Leaving {
  if (answer.kind === 'refused' && (answer.httpStatus === 429 || answer.errcode === 'M_LIMIT_EXCEEDED')) {
    const wait = clampWait(answer.retryAfter)
    const back = withStep(leaving, roomId, (step) => ({ ...step, status: 'queued', tries: step.tries - 1 }))
    const interval = leaving.lastAt === null ? wait : now - leaving.lastAt + wait
    return { ...back, interval: Math.max(leaving.interval, interval), notBefore: now + wait }
  }
  const isOut =
    answer.kind === 'joined' || (answer.kind === 'refused' && [403, 404].includes(answer.httpStatus))
  if (isOut) {
    const left = withStep(leaving, roomId, (step) => ({ ...step, status: 'left' }))
    return { ...left, lastAt: now, notBefore: now + leaving.interval }
  }
  const tries = leaving.steps.find((step) => step.roomId === roomId)?.tries ?? 0
  return tries >= MAX_TRIES
    ? withStep(leaving, roomId, (step) => ({ ...step, status: 'failed' }))
    : { ...leaving, notBefore: now + backoff(tries - 1) }
}

/** Settles what failed or wasn't confirmed by where the server says the account still is. */
export function withStillThere(leaving: Leaving, stillThere: ReadonlySet<string>): Leaving {
  const steps = leaving.steps.map((step) =>
    step.status !== 'queued' && !stillThere.has(step.roomId) ? { ...step, status: 'left' as const } : step,
  )
  return { ...leaving, steps }
}

/** The same on another process's clock: whatever was waited for then is over. What failed gets another chance. */
export function leavingAfterRestart(leaving: Leaving): Leaving {
  const steps = leaving.steps.map((step) =>
    step.status === 'failed' ? { ...step, status: 'queued' as const, tries: 0 } : step,
  )
  return { ...leaving, steps, lastAt: null, notBefore: 0 }
}

/** The queue once these rooms were left: they count as left, and may be joined again. */
export function queueAfterLeaving(queue: JoinQueue, leaving: Leaving): JoinQueue {
  const left = new Set(leaving.steps.filter((step) => step.status === 'left').map((step) => step.roomId))
  return {
    entries: queue.entries.map((entry) =>
      entry.roomId !== null && left.has(entry.roomId)
        ? { ...entry, status: 'notJoined' as const, reason: 'left' as const, isKnock: false }
        : entry,
    ),
  }
}

/** What the pass went through once these rooms were left. */
export function enteredAfterLeaving(entered: Entered, leaving: Leaving): Entered {
  const left = new Set(leaving.steps.filter((step) => step.status === 'left').map((step) => step.roomId))
  return { ...entered, replaced: entered.replaced.filter((roomId) => !left.has(roomId)) }
}

function withStep(leaving: Leaving, roomId: string, change: (step: LeaveStep) => LeaveStep): Leaving {
  return { ...leaving, steps: leaving.steps.map((step) => (step.roomId === roomId ? change(step) : step)) }
}
