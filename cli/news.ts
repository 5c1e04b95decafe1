import type { JoinQueue } from '../core/joining/queue.ts'
import type { QuietKind, QuietStart } from '../core/joining/quiet.ts'
import { monotonic } from '../matrix/clock.ts'
import type { Session } from '../matrix/client.ts'
import type { News } from './events.ts'
import type { Beginning } from './joining.ts'
import { planSeconds } from './plan.ts'
import { countsOf, eventRoom, refusedRooms, type Names } from './settled.ts'
import { sourceId, type Source } from './source.ts'
import type { Scene } from './words.ts'

/* The first event of a run, and its last where it came to its end. */

/** What is to be done. `journal` is null in a dry run. */
export function plannedNews(
  { state, community, inside, names, quiet }: Beginning,
  source: Source,
  scene: Scene,
  session: Session | null,
  run: { readonly journal: string | null; readonly isResumed: boolean },
): News {
  return {
    type: 'planned',
    community: { id: sourceId(source), name: community.name },
    user: session?.userId ?? null,
    homeserver: scene.homeserver,
    rooms: state.queue.entries.map((entry) => ({ ...eventRoom(entry, names), isHere: entry.isLocal })),
    mayGrow: inside === 'unlisted',
    isQuiet: quiet.isWanted,
    seconds: planSeconds(state, community, inside, monotonic()),
    ...countsOf(state.queue),
    ...run,
    isDryRun: run.journal === null,
  }
}

/** How the quiet start ended, or its taking back. */
export function quietNews({ isWanted, marks }: QuietStart, isComplete: boolean): News {
  const countOf = (kind: QuietKind): number =>
    marks.filter((mark) => mark.kind === kind && mark.status === 'set').length
  return {
    type: 'quiet',
    isOn: isWanted,
    rooms: countOf('rule'),
    hasFavourite: countOf('favourite') > 0,
    hasPlace: countOf('order') > 0,
    leftAlone: marks.filter((mark) => mark.status === 'theirs').length,
    isComplete,
  }
}

/** What became of it. `isComplete` is false where rooms were wanted that nobody would list. */
export function finishedNews(
  queue: JoinQueue,
  names: Names,
  scene: Scene,
  isComplete: boolean,
): Extract<News, { type: 'finished' }> {
  const notJoined = refusedRooms(queue, names, scene)
  const exit = notJoined.length === 0 && isComplete ? 0 : 3
  return { type: 'finished', ...countsOf(queue), notJoined, isDryRun: false, exit }
}
