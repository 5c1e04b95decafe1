import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { joinQueueSchema, paceSchema } from '../core/joining/journal.ts'
import { Failure, systemCodeOf } from './failure.ts'

/** What a run must know to go on. Holds no secret: whoever goes on brings the password or token again. */
export const journalSchema = z.object({
  version: z.literal(1),
  userId: z.string(),
  /** The source and what was chosen of it; a journal serves the same choice only. */
  community: z.string(),
  choice: z.string(),
  /** Rooms that only members of the space see: not wanted, still to be listed, or in the queue. */
  inside: z.enum(['unwanted', 'unlisted', 'listed']),
  /** What rooms are called, by key. */
  names: z.record(z.string(), z.string()),
  queue: joinQueueSchema,
  pace: paceSchema,
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

/** A journal's file. Every write is whole or not there: written beside it, flushed to the disk, renamed. */
export class JournalFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Reads the journal; one that is damaged is set aside under another name. */
  read(): Found {
    let text: string
    try {
      text = readFileSync(this.path, 'utf8')
    } catch (error) {
      const code = systemCodeOf(error)
      if (code === 'ENOENT') return { kind: 'nothing' }
      throw new Failure('journal', `The journal ${this.path} can’t be read (${code}).`)
    }
    const journal = journalSchema.safeParse(parseJson(text))
    if (journal.success) return { kind: 'journal', journal: journal.data }
    const asidePath = `${this.path}.damaged-${Date.now()}`
    this.#attempt(() => renameSync(this.path, asidePath))
    return { kind: 'damaged', asidePath }
  }

  /** Safe on disk when it returns. */
  write(journal: Journal): void {
    const partPath = `${this.path}.part`
    this.#attempt(() => {
      const file = openSync(partPath, 'w', 0o600)
      try {
        writeSync(file, JSON.stringify(journal))
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(partPath, this.path)
    })
  }

  /** For the usual place only: a named file's folder is the caller's, and a slip in it should show. */
  makeFolder(): void {
    this.#attempt(() => mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 }))
  }

  remove(): void {
    this.#attempt(() => rmSync(this.path, { force: true }))
  }

  #attempt(act: () => void): void {
    try {
      act()
    } catch (error) {
      throw new Failure('journal', `The journal ${this.path} can’t be written (${systemCodeOf(error)}).`)
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
  return join(stateDir, 'foyer', `${readable.join('-').replace(/^_/, '')}-${hash}.json`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
