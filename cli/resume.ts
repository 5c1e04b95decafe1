import { blankFacts } from '../core/communities/community.ts'
import { monotonic } from '../matrix/clock.ts'
import type { JoinState } from '../core/joining/join-state.ts'
import { paceAfterRestart } from '../core/joining/journal.ts'
import { isQuietOpen, withQuiet, type QuietStart } from '../core/joining/quiet.ts'
import { afterRestart, type QueueEntry } from '../core/joining/queue.ts'
import { Failure } from './failure.ts'
import type { Journal, JournalFile } from './journal.ts'
import type { Beginning } from './joining.ts'
import type { Output } from './output.ts'
import { choiceId, communityOf, type Choice } from './plan.ts'
import { isOver } from './settled.ts'
import { sourceId, type Source } from './source.ts'

/** The journal of an earlier run, or null; a damaged one is set aside, and people are told. */
export function readJournal(file: JournalFile, homeserver: string, output: Output): Journal | null {
  const found = file.read()
  if (found.kind === 'journal') return found.journal
  if (found.kind === 'damaged') {
    const sentence = `The journal was damaged and is kept as ${found.asidePath}. Foyer asks ${homeserver} which rooms are joined, and begins a new one.`
    output.tell({ type: 'notice', sentence })
  }
  return null
}

/** Whether a journal belongs to this account, community and choice. */
export function isOfThisRun(
  journal: Journal,
  isUser: (userId: string) => boolean,
  source: Source,
  choice: Choice,
): boolean {
  return (
    isUser(journal.userId) && journal.community === sourceId(source) && journal.choice === choiceId(choice)
  )
}

/** Throws the sentence for a journal that was named with `--resume` but belongs to something else. */
export function refuseForeign(journal: Journal, path: string): never {
  throw new Failure(
    'usage',
    `${path} is the journal of another run (${journal.userId}, ${journal.community}, ${journal.choice}). Name another file.`,
  )
}

/** True where a journal says that nothing is left to do. `isQuiet` is what is said about a quiet start now, null for nothing. */
export function isFinished(journal: Journal, isQuiet: boolean | null): boolean {
  const { entries } = journal.queue
  const isJoined =
    entries.length > 0 && entries.every((entry) => isOver(entry) && !mayShowMore(journal, entry))
  return isJoined && !isQuietOpen(resumedQuiet(journal, isQuiet), journal)
}

// What failed gets another chance.
function resumedQuiet({ quiet }: Journal, isQuiet: boolean | null): QuietStart {
  const isWanted = isQuiet ?? quiet.isWanted
  const isSame = isWanted === quiet.isWanted && quiet.marks.every((mark) => mark.status !== 'failed')
  return isSame ? quiet : withQuiet(quiet, isWanted)
}

/** Takes an earlier run up where its journal stands; nothing is asked of any server for it. */
export function resumedFrom(
  journal: Journal,
  source: Source,
  choice: Choice,
  isQuiet: boolean | null,
): Beginning {
  const isSpace = journal.queue.entries.some((entry) => entry.kind === 'space')
  const facts = { ...blankFacts('seen'), isSpace }
  const { entries } = afterRestart(journal.queue)
  const state: JoinState = {
    queue: {
      entries: entries.map((entry) => (mustList(journal, entry) ? { ...entry, isFollowed: false } : entry)),
    },
    pace: paceAfterRestart(journal, monotonic(), Date.now()),
  }
  const { inside, names, entered } = journal
  return {
    community: communityOf(source, facts, choice),
    choice,
    state,
    inside,
    names,
    entered,
    quiet: resumedQuiet(journal, isQuiet),
    wantsQuiet: isQuiet ?? journal.wantsQuiet,
  }
}

// Or a space that may show more rooms now that some of them are joined.
function mayShowMore(journal: Journal, entry: QueueEntry): boolean {
  return mustList(journal, entry) || (entry.kind === 'space' && journal.inside === 'partly')
}

// A space whose rooms were wanted and no server listed; perhaps one does now.
function mustList(journal: Journal, { kind, status }: QueueEntry): boolean {
  return kind === 'space' && status === 'joined' && journal.inside === 'unlisted'
}
