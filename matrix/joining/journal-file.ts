import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { changeLine, readLines, wholeLine } from '../../core/joining/journal-lines.ts'
import type { JoinQueue } from '../../core/joining/queue.ts'

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
 * A journal's file, in lines: see `core/joining/journal-lines.ts`. A change is appended and flushed to the disk; now and
 * then the whole is written beside it and takes its place. Throws what the file system throws.
 */
export class JournalFile<Journal extends { readonly queue: JoinQueue }> {
  readonly path: string
  /** Null until this process has written the whole once. */
  #written: Written<Journal> | null = null

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

  /** Safe on disk when it returns. */
  write(journal: Journal): void {
    const written = this.#written
    const line = written === null ? null : changeLine(written.journal, journal)
    if (written === null || line === null) return this.#writeWhole(journal)
    const bytes = written.bytes + line.length
    if (bytes > Math.max(SMALL_BYTES, MOST_CHANGES * written.wholeBytes)) return this.#writeWhole(journal)
    try {
      writeFileSync(written.file, line)
      fdatasyncSync(written.file)
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

  #close(): void {
    if (this.#written !== null) closeSync(this.#written.file)
    this.#written = null
  }
}
