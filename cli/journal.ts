import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { joinQueueSchema, paceSchema, tracesShape } from '../core/joining/journal.ts'
import { JournalFile as LinesFile } from '../matrix/joining/journal-file.ts'
import { Failure, systemCodeOf } from './failure.ts'

/** What a run must know to go on. Holds no secret: whoever goes on brings the password or token again. */
export const journalSchema = z.object({
  version: z.literal(1),
  userId: z.string(),
  /** The source and what was chosen of it; a journal serves the same choice only. */
  community: z.string(),
  choice: z.string(),
  /**
   * Rooms that only members of the space see: not wanted, still to be listed, listed as far as they show themselves to
   * members of some rooms only, or in the queue.
   */
  inside: z.enum(['unwanted', 'unlisted', 'partly', 'listed']),
  /** What rooms are called, by key. */
  names: z.record(z.string(), z.string()),
  queue: joinQueueSchema,
  pace: paceSchema,
  /** Which rooms were joined by these runs, for \`foyer leave\`, and how far that has got. */
  entered: tracesShape.entered,
  leaving: tracesShape.leaving,
  /** The quiet start as it stands, and what was said about it; null where nothing was, so that the number of rooms counts. */
  quiet: tracesShape.quiet.default({ isWanted: false, marks: [] }),
  wantsQuiet: z.boolean().nullable().default(null),
  /** The moment of writing on both clocks, so that the pace can be carried over to another process's clock. */
  monotonic: z.number(),
  wall: z.number(),
})
export type Journal = z.infer<typeof journalSchema>

/** What was found where a journal may be. */
export type Found =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'journal'; readonly journal: Journal }
  /** It couldn't be understood and was renamed. */
  | { readonly kind: 'damaged'; readonly asidePath: string }

/** A journal's file, whose failures are sentences. */
export class JournalFile {
  readonly path: string
  readonly #lines: LinesFile<Journal>

  constructor(path: string) {
    this.path = path
    this.#lines = new LinesFile(path)
  }

  /** Reads the journal; one that is damaged is set aside under another name. */
  read(): Found {
    const found = this.#attempt('read', () => this.#lines.read())
    if (found === 'nothing') return { kind: 'nothing' }
    const journal = journalSchema.safeParse(found)
    if (journal.success) return { kind: 'journal', journal: journal.data }
    const asidePath = `${this.path}.damaged-${Date.now()}`
    this.#attempt('written', () => this.#lines.setAside(asidePath))
    return { kind: 'damaged', asidePath }
  }

  /** Safe on disk when it returns. */
  write(journal: Journal): void {
    this.#attempt('written', () => this.#lines.write(journal))
  }

  /** For the usual place only: a named file's folder is the caller's, and a slip in it should show. */
  makeFolder(): void {
    this.#attempt('written', () => mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 }))
  }

  remove(): void {
    this.#attempt('written', () => this.#lines.remove())
  }

  #attempt<Value>(what: 'read' | 'written', act: () => Value): Value {
    try {
      return act()
    } catch (error) {
      throw new Failure('journal', `The journal ${this.path} can’t be ${what} (${systemCodeOf(error)}).`)
    }
  }
}

/** The journal that is kept unless another file is named; its folder is made. */
export function usualJournal(userId: string, community: string): JournalFile {
  const file = new JournalFile(usualJournalPath(userId, community))
  file.makeFolder()
  return file
}

/** Where a journal is kept unless told otherwise. */
export function usualJournalPath(
  userId: string,
  community: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const told = environment['XDG_STATE_HOME'] ?? ''
  const stateDir = isAbsolute(told) ? told : join(homedir(), '.local', 'state')
  // Readable, and still never the same for two: addresses may hold anything, and names of files may not.
  const readable = [userId, community].map((part) => part.replace(/[^A-Za-z0-9.-]+/g, '_').slice(0, 80))
  const hash = createHash('sha256').update(`${userId} ${community}`).digest('hex').slice(0, 8)
  return join(stateDir, 'foyer', `${readable.join('-').replace(/^_/, '')}-${hash}.jsonl`)
}
