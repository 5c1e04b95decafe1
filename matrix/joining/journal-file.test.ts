import type * as FileSystem from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JournalFile } from './journal-file.ts'

type Flushed = (error: Error | null) => void

/** Flushes under way, to be ended by the test. */
const flushes = vi.hoisted(() => [] as Flushed[])
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof FileSystem>()),
  fdatasync: (_: number, flushed: Flushed) => flushes.push(flushed),
}))

let folder: string
let journal: JournalFile<{ rooms: number }>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  folder = mkdtempSync(join(tmpdir(), 'foyer-journal-'))
  journal = new JournalFile(join(folder, 'journal.jsonl'))
  flushes.length = 0
})
afterEach(() => {
  journal.remove()
  rmSync(folder, { recursive: true })
  vi.useRealTimers()
})

test('each change is in the file when writing returns, and one flush does for many', async () => {
  for (const rooms of [0, 1, 2, 3]) {
    journal.write({ rooms })
    expect(new JournalFile(journal.path).read()).toEqual({ rooms })
  }
  await vi.advanceTimersByTimeAsync(99)
  expect(flushes).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(flushes).toHaveLength(1)
})

test('what is written during a flush is flushed after it', async () => {
  for (const rooms of [0, 1]) journal.write({ rooms })
  await vi.advanceTimersByTimeAsync(100)
  journal.write({ rooms: 2 })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(flushes).toHaveLength(1)
  flushes[0]?.(null)
  await vi.advanceTimersByTimeAsync(100)
  expect(flushes).toHaveLength(2)
})

test('a flush that failed is told to whoever writes next', async () => {
  for (const rooms of [0, 1]) journal.write({ rooms })
  await vi.advanceTimersByTimeAsync(100)
  flushes[0]?.(new Error('The disk is full'))
  expect(() => journal.write({ rooms: 2 })).toThrow('The disk is full')
})

test('nothing is flushed once the file is gone', async () => {
  for (const rooms of [0, 1]) journal.write({ rooms })
  journal.remove()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(flushes).toEqual([])
  expect(journal.read()).toBe('nothing')
})
