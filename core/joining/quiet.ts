import { newTo, type Entered } from './entered.ts'
import { isSettled, type JoinQueue, type QueueEntry } from './queue.ts'

/* Quiet start: what is set in the account so that a community doesn't ring, and when. */

/** A room rule without actions (mentions ring, messages don't), the lobby's tag, or the space's place in the list. */
export const quietKinds = ['rule', 'favourite', 'order'] as const
export type QuietKind = (typeof quietKinds)[number]

/**
 * How far one of these got. `asked`: the request went out and may have been acted upon. `theirs`: the newcomer had set
 * something there, which is left alone.
 */
export const quietStatuses = ['asked', 'set', 'theirs', 'failed'] as const
export type QuietStatus = (typeof quietStatuses)[number]

/** One thing set, or about to be. */
export interface QuietMark {
  readonly kind: QuietKind
  readonly roomId: string
  readonly status: QuietStatus
}

/** A quiet start as the journal keeps it. */
export interface QuietStart {
  /** False where nobody wanted it, and once it was undone; then what was set is taken back. */
  readonly isWanted: boolean
  readonly marks: readonly QuietMark[]
}

/** What is to be done next. */
export type QuietAction =
  /** Ask which rooms have a rule already; nothing may be set before that is known. */
  | { readonly kind: 'read' }
  | { readonly kind: 'set' | 'remove'; readonly what: QuietKind; readonly roomId: string }
  /** Joining comes first. `until` is in monotonic milliseconds; null waits for the queue to change. */
  | { readonly kind: 'wait'; readonly until: number | null }
  | { readonly kind: 'nothing' }

/** What the decision rests on beside the marks. */
export interface QuietView {
  readonly queue: JoinQueue
  readonly entered: Entered
  /** The rules were read in this run. */
  readonly isRead: boolean
  /** The server counts every kind of request in one bucket, so all of this comes after the last room. */
  readonly goesAfter: boolean
}

/**
 * How long the newcomer's own homeserver is taken to be at work on a join, in milliseconds. What takes longer waits
 * for other servers, and a rule beside it costs nobody anything (measured on Synapse: 0.05 s here, 0.1 to 20 s there).
 */
const AT_WORK = 500

/**
 * Decides what to do at `now` (monotonic milliseconds). A room's rule comes as soon as its ID is known, also before it
 * is joined (Synapse takes it), but never in front of a join.
 */
export function nextQuiet(quiet: QuietStart, view: QuietView, now: number): QuietAction {
  const todo = quiet.isWanted ? (missing(quiet, view) ?? surplus(quiet, view)) : undoing(quiet)
  if (todo === null) return { kind: 'nothing' }
  const hold = quiet.isWanted ? holdUntil(view, now) : now
  if (hold === null || hold > now) return { kind: 'wait', until: hold }
  return view.isRead ? todo : { kind: 'read' }
}

/** Whether anything is still to be set or taken back once joining is over, also what failed before and is asked for anew. */
export function isQuietOpen(quiet: QuietStart, view: Pick<QuietView, 'queue' | 'entered'>): boolean {
  return nextQuiet(quiet, { ...view, isRead: true, goesAfter: false }, 0).kind !== 'nothing'
}

/** The marks with one more, or with one changed. Null takes it away. */
export function withMark(
  quiet: QuietStart,
  kind: QuietKind,
  roomId: string,
  status: QuietStatus | null,
): QuietStart {
  return withMarks(quiet, kind, [roomId], status)
}

/** The same for several rooms at once, as each change copies thousands of marks. */
export function withMarks(
  quiet: QuietStart,
  kind: QuietKind,
  roomIds: readonly string[],
  status: QuietStatus | null,
): QuietStart {
  const marks = quiet.marks.slice()
  for (const roomId of roomIds) {
    const place = marks.findIndex((mark) => mark.kind === kind && mark.roomId === roomId)
    if (status === null) marks.splice(place, place === -1 ? 0 : 1)
    // In its place, so that the journal has one mark to write and not all of them.
    else marks[place === -1 ? marks.length : place] = { kind, roomId, status }
  }
  handOn(quiet.marks, marks, kind, roomIds, status)
  return { ...quiet, marks }
}

/** How something stands; null where nothing was done about it. */
export function markOf(quiet: QuietStart, kind: QuietKind, roomId: string): QuietStatus | null {
  return statusesOf(quiet.marks)[kind].get(roomId) ?? null
}

/** Turns quiet start on or off; what failed gets another chance. */
export function withQuiet(quiet: QuietStart, isWanted: boolean): QuietStart {
  return { isWanted, marks: quiet.marks.filter((mark) => mark.status === 'set' || mark.status === 'asked') }
}

/**
 * True for a room that is for announcements, as far as its names tell: few messages, and each of them matters. There is
 * nothing in Matrix that says so.
 */
export function isForAnnouncements(names: readonly (string | null)[]): boolean {
  return names.some((name) => name !== null && /announce|\bnews\b|newsletter/i.test(name))
}

function missing(quiet: QuietStart, { queue, entered }: QuietView): QuietAction | null {
  // Asked at each change of the queue, with thousands of rooms in it: looked through, but nothing is made for each.
  const statuses = statusesOf(quiet.marks)
  const isNew = newTo(entered)
  for (const entry of queue.entries) {
    const what = wishFor(entry)
    const { roomId } = entry
    if (what === null || roomId === null || !isNew(roomId)) continue
    const status = statuses[what].get(roomId)
    if (status === undefined || status === 'asked') return { kind: 'set', what, roomId }
  }
  return null
}

/**
 * The rooms whose rules come next, at most so many, so that the journal hears of them in one line before they are asked
 * for one by one.
 */
export function nextRules(quiet: QuietStart, { queue, entered }: QuietView, limit: number): string[] {
  const { rule: marked } = statusesOf(quiet.marks)
  const isNew = newTo(entered)
  const roomIds = queue.entries.flatMap((entry) => {
    const { roomId } = entry
    if (wishFor(entry) !== 'rule' || roomId === null || !isNew(roomId)) return []
    return marked.has(roomId) ? [] : roomId
  })
  return roomIds.slice(0, limit)
}

// A tag needs membership (Synapse answers 403 before), and so the space's place comes with it.
function wishFor(entry: QueueEntry): QuietKind | null {
  const isJoined = entry.status === 'joined'
  if (entry.kind === 'space') return isJoined ? 'order' : null
  if (entry.kind === 'gateway') return null
  if (entry.isLobby) return isJoined ? 'favourite' : null
  return entry.isLoud || entry.status === 'notJoined' ? null : 'rule'
}

// A rule for a room that didn't open would be a trace of nothing.
function surplus(quiet: QuietStart, { queue }: QuietView): QuietAction | null {
  if (!queue.entries.every(isSettled)) return null
  const closed = new Set(
    queue.entries.filter((entry) => entry.status === 'notJoined').map((entry) => entry.roomId),
  )
  for (const { kind, roomId, status } of quiet.marks) {
    if (kind === 'rule' && status === 'set' && closed.has(roomId))
      return { kind: 'remove', what: kind, roomId }
  }
  return null
}

function undoing(quiet: QuietStart): QuietAction | null {
  const mark = quiet.marks.find((each) => each.status === 'set' || each.status === 'asked')
  return mark === undefined ? null : { kind: 'remove', what: mark.kind, roomId: mark.roomId }
}

/** When joining leaves room for this: a moment, or null while only a change of the queue can tell. */
function holdUntil({ queue, goesAfter }: QuietView, now: number): number | null {
  const { entries } = queue
  if (entries.every(isSettled)) return now
  if (goesAfter || entries.every((entry) => entry.tries === 0)) return null
  const underWay = entries.filter((entry) => entry.status === 'joining')
  return Math.max(now, ...underWay.map((entry) => entry.notBefore + AT_WORK))
}

/** The marks by room, so that thousands of rooms can be looked up among thousands of marks. */
type Statuses = Readonly<Record<QuietKind, Map<string, QuietStatus>>>
const statusesOfMarks = new WeakMap<readonly QuietMark[], Statuses>()

function statusesOf(marks: readonly QuietMark[]): Statuses {
  const known = statusesOfMarks.get(marks)
  if (known !== undefined) return known
  const statuses: Statuses = { rule: new Map(), favourite: new Map(), order: new Map() }
  for (const { kind, roomId, status } of marks) statuses[kind].set(roomId, status)
  statusesOfMarks.set(marks, statuses)
  return statuses
}

// A list is mostly followed by one that differs in a few, and forgotten: making all of it anew would fill the memory.
function handOn(
  before: readonly QuietMark[],
  after: readonly QuietMark[],
  kind: QuietKind,
  roomIds: readonly string[],
  status: QuietStatus | null,
): void {
  const statuses = statusesOfMarks.get(before)
  if (statuses === undefined) return
  statusesOfMarks.delete(before)
  for (const roomId of roomIds) {
    if (status === null) statuses[kind].delete(roomId)
    else statuses[kind].set(roomId, status)
  }
  statusesOfMarks.set(after, statuses)
}
