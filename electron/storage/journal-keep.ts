import { join } from 'node:path'
import { JournalFile } from '../../matrix/joining/journal-file.ts'
import type { OnDamage } from './keep.ts'
import { journalSchema, type Journal, type Kept } from './pass-record.ts'

/**
 * The journal in the profile: `journal.jsonl`. One that can't be read is renamed to `journal.damaged-<time>.jsonl` and
 * started anew.
 */
export class JournalKeep implements Kept<Journal> {
  readonly #dir: string
  readonly #file: JournalFile<Journal>
  readonly #onDamage: OnDamage

  constructor(dir: string, onDamage: OnDamage) {
    this.#dir = dir
    this.#file = new JournalFile(join(dir, 'journal.jsonl'))
    this.#onDamage = onDamage
  }

  get(): Journal | null {
    const found = this.#file.read()
    if (found === 'nothing') return null
    const journal = journalSchema.safeParse(found)
    if (journal.success) return journal.data
    const asidePath = join(this.#dir, `journal.damaged-${Date.now()}.jsonl`)
    this.#file.setAside(asidePath)
    this.#onDamage(asidePath)
    return null
  }

  set(journal: Journal): void {
    this.#file.write(journal)
  }

  clear(): void {
    this.#file.remove()
  }
}
