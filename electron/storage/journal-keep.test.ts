import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { withEntry } from '../../core/joining/queue.ts'
import { entry, stateOf } from '../../core/testing/queue.ts'
import { freshTraces } from '../../core/joining/traces.ts'
import { JournalKeep } from './journal-keep.ts'
import { journalOf, type Journal } from './pass-record.ts'

let dir: string
let damaged: string[]
let keep: JournalKeep
const path = (): string => join(dir, 'journal.jsonl')

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'foyer-journal-'))
  damaged = []
  keep = new JournalKeep(dir, (aside) => damaged.push(aside))
  return () => {
    keep.clear()
    rmSync(dir, { recursive: true })
  }
})

const journalFor = (rooms: number): Journal =>
  journalOf(
    '@ada:x',
    stateOf(Array.from({ length: rooms }, (_, index) => entry(`!room-${index}:x`))),
    freshTraces(true),
    1,
    100,
  )
const joined = (journal: Journal, key: string): Journal => ({
  ...journal,
  queue: withEntry(journal.queue, key, { status: 'joined', isFollowed: true }),
})

describe('the journal on disk', () => {
  test('is read as it was written last, by this process and the next', () => {
    expect(keep.get()).toBeNull()
    const first = journalFor(3)
    keep.set(first)
    const second = joined(first, '!room-1:x')
    keep.set(second)
    expect(keep.get()).toEqual(second)
    expect(new JournalKeep(dir, () => undefined).get()).toEqual(second)
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    keep.clear()
    expect(readdirSync(dir)).toEqual([])
  })

  test('goes on in another process', () => {
    const first = journalFor(3)
    keep.set(first)
    const next = new JournalKeep(dir, () => undefined)
    const kept = next.get()
    if (kept === null) return expect.unreachable()
    next.set(joined(kept, '!room-2:x'))
    expect(keep.get()?.queue.entries[2]?.status).toBe('joined')
    next.clear()
  })

  test('stays small, however much happens', () => {
    let journal = journalFor(50)
    keep.set(journal)
    const whole = statSync(path()).size
    for (let round = 0; round < 40; round += 1) {
      for (const { key } of journal.queue.entries) {
        journal = {
          ...journal,
          queue: withEntry(journal.queue, key, { tries: round }),
        }
        keep.set(journal)
      }
    }
    expect(keep.get()).toEqual(journal)
    expect(statSync(path()).size).toBeLessThan(Math.max(200_000, 4 * whole) + 1_000)
    expect(readdirSync(dir)).toEqual(['journal.jsonl'])
  })

  test('writes a few hundred bytes for a change among 5,000 rooms', () => {
    const journal = journalFor(5_000)
    keep.set(journal)
    const before = statSync(path()).size
    keep.set(joined(journal, '!room-4000:x'))
    expect(statSync(path()).size - before).toBeLessThan(1_000)
  })

  test.each([
    ['cut off in the first line', (text: string) => text.slice(0, 80)],
    ['broken in the middle', (text: string) => text.replace('\n', '\n{"entries\n')],
    ['with a status that doesn’t exist', (text: string) => text.replaceAll('"joined"', '"gone"')],
  ])('is set aside when it is %s', (_, spoil) => {
    const journal = journalFor(2)
    keep.set(journal)
    keep.set(joined(journal, '!room-1:x'))
    const spoilt = spoil(readFileSync(path(), 'utf8'))
    writeFileSync(path(), spoilt)
    expect(keep.get()).toBeNull()
    expect(damaged).toHaveLength(1)
    expect(readFileSync(damaged[0] ?? '', 'utf8')).toBe(spoilt)
    keep.set(journal)
    expect(keep.get()).toEqual(journal)
  })
})
