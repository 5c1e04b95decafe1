import type { JoinQueue } from '../core/joining/queue.ts'
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
  { state, community, inside, names }: Beginning,
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
    seconds: planSeconds(state, community, inside, monotonic()),
    ...countsOf(state.queue),
    ...run,
    isDryRun: run.journal === null,
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
