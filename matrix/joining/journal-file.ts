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
  #flushAgain = false
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
      this.#flush(written.file)
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

  #flush(file: number): void {
    if (this.#flushing !== null) {
      this.#flushAgain = true
      return
    }
    this.#flushing = file
    this.#flushAgain = false
    fdatasync(file, (error) => {
      this.#flushing = null
      this.#flushFailure ??= error
      const current = this.#written?.file
      if (current !== file) closeSync(file)
      if (this.#flushAgain && current !== undefined) this.#flush(current)
    })
  }

  #close(): void {
    const file = this.#written?.file
    this.#written = null
    if (file !== undefined && file !== this.#flushing) closeSync(file)
  }
}
