import {
  closeSync,
  fdatasync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { changeLine, readLines, wholeLine } from '../../core/joining/journal-lines.ts'

/** The file is written anew when the changes in it are so many times the whole. */
const MOST_CHANGES = 4
/** Smaller files aren't worth it. */
const SMALL_BYTES = 200_000
/** How much of what was written a power cut may cost, in milliseconds. */
const FLUSH_AFTER_MS = 100

interface Written<Journal> {
  readonly file: number
  /** What the file amounts to. */
  readonly journal: Journal
  readonly wholeBytes: number
  readonly bytes: number
}

/**
 * A journal's file, in lines: see `core/joining/journal-lines.ts`. A change is appended at once, which a crash can't undo,
 * and flushed to the disk behind it, so that a power cut costs a moment at most; now and then the whole is written beside
 * it and takes its place. Throws what the file system throws, for a flush at the next change.
 */
export class JournalFile<Journal extends object> {
  readonly path: string
  /** Null until this process has written the whole once. */
  #written: Written<Journal> | null = null
  /** The file that is being flushed; it must not be closed meanwhile. */
  #flushing: number | null = null
  #flushTimer: NodeJS.Timeout | null = null
  #flushFailure: Error | null = null

  constructor(path: string) {
    this.path = path
  }

  /** What the file amounts to, for a schema to check: null where it can't be understood, `nothing` where there is none. */
  read(): unknown {
    try {
      return readLines(readFileSync(this.path, 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'nothing'
      throw error
    }
  }

  /** In the file when it returns. */
  write(journal: Journal): void {
    const failure = this.#flushFailure
    this.#flushFailure = null
    if (failure !== null) throw failure
    const written = this.#written
    if (written === null) return this.#writeWhole(journal)
    const line = changeLine(written.journal, journal)
    const bytes = written.bytes + line.length
    if (bytes > Math.max(SMALL_BYTES, MOST_CHANGES * written.wholeBytes)) return this.#writeWhole(journal)
    try {
      writeFileSync(written.file, line)
      this.#flushSoon()
    } catch (error) {
      // Half a line may stand there now, so nothing may follow it.
      this.#close()
      throw error
    }
    this.#written = { ...written, journal, bytes }
  }

  /** Gives the file another name. */
  setAside(asidePath: string): void {
    this.#close()
    renameSync(this.path, asidePath)
  }

  remove(): void {
    this.#close()
    rmSync(this.path, { force: true })
  }

  #writeWhole(journal: Journal): void {
    const line = wholeLine(journal)
    const partPath = `${this.path}.part`
    const file = openSync(partPath, 'w', 0o600)
    try {
      writeFileSync(file, line)
      fsyncSync(file)
      renameSync(partPath, this.path)
    } catch (error) {
      closeSync(file)
      throw error
    }
    this.#close()
    this.#written = { file, journal, wholeBytes: line.length, bytes: line.length }
  }

  // Flushing at each change would hold the next one up: a file that is being flushed can't be written to.
  #flushSoon(): void {
    this.#flushTimer ??= setTimeout(() => {
      this.#flushTimer = null
      if (this.#flushing === null) this.#flush()
      else this.#flushSoon()
    }, FLUSH_AFTER_MS).unref()
  }

  #flush(): void {
    const file = this.#written?.file
    if (file === undefined) return
    this.#flushing = file
    fdatasync(file, (error) => {
      this.#flushing = null
      this.#flushFailure ??= error
      if (this.#written?.file !== file) closeSync(file)
    })
  }

  #close(): void {
    const file = this.#written?.file
    this.#written = null
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer)
    this.#flushTimer = null
    if (file !== undefined && file !== this.#flushing) closeSync(file)
  }
}
