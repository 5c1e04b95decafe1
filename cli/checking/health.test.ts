import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { factsOf, roomReport, serverReport, view } from '../../core/testing/facts.ts'
import { writeHealth } from './health.ts'
import { failingSince, noHistory, readHistory, trendOf, withRun, type History } from './history.ts'
import type { Checked } from './report.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-health-'))
  return () => rmSync(folder, { recursive: true })
})

const A = '#a:b.c'
const missing = { views: [view('one.example', { sight: 'missing' })] } as const

function checkedAt(at: number, isMissing: boolean): Checked & { facts: NonNullable<Checked['facts']> } {
  const facts = factsOf([roomReport(A, isMissing ? missing : {}), roomReport('#d:b.c')], { at })
  return { name: 'a.json', kind: 'manifest', community: 'Garden', findings: [], facts, fixed: [] }
}

function historyOf(...faults: boolean[]): History {
  return faults.reduce(
    (history, isMissing, index) => withRun(history, checkedAt(index + 1, isMissing).facts),
    noHistory,
  )
}

describe('health', () => {
  test('since when a room fails, and how it went', () => {
    expect(failingSince(historyOf(true, false, true, true), A, 'one.example')).toBe(3)
    expect(failingSince(historyOf(true, false), A, 'one.example')).toBeNull()
    expect(failingSince(historyOf(true), A, 'two.example')).toBeNull()
    expect(trendOf(historyOf(false, true), 'one.example')).toEqual([
      { at: 1, share: 1 },
      { at: 2, share: 0.5 },
    ])
    const { facts } = checkedAt(9, false)
    const elsewhere = withRun(historyOf(true), { ...facts, servers: [serverReport('two.example')] })
    expect(failingSince(elsewhere, A, 'one.example')).toBe(1)
    const withoutIt = withRun(historyOf(true), { ...facts, rooms: [] })
    expect(withoutIt.failing).toEqual({})
  })

  test('keeps every run of a day, one an hour of a week, one a day of what was before, and no more', () => {
    const MINUTE = 60_000
    const every = 30 * MINUTE
    const days = 30
    let history = noHistory
    for (let at = 0; at <= days * 1440 * MINUTE; at += every) {
      history = withRun(history, checkedAt(at, at === 0).facts)
    }
    const ages = history.runs.map((run) => (days * 1440 * MINUTE - run.at) / MINUTE)
    expect(ages.filter((age) => age < 1440)).toHaveLength(48)
    expect(ages.filter((age) => age >= 1440 && age < 7 * 1440)).toHaveLength(6 * 24)
    expect(ages.filter((age) => age >= 7 * 1440).length).toBeLessThanOrEqual(days - 6)
    expect(ages[0]).toBeGreaterThan((days - 1) * 1440 - 1)
    const more = Array.from({ length: 1200 }, (_, index) => ({ at: index * 1440 * MINUTE, servers: {} }))
    expect(
      withRun({ ...noHistory, runs: more }, checkedAt(1200 * 1440 * MINUTE, false).facts).runs,
    ).toHaveLength(900)
  })

  test('into a folder: page and history, which grows', () => {
    const path = join(folder, 'new')
    writeHealth(path, checkedAt(Date.UTC(2026, 10, 1), true))
    writeHealth(path, checkedAt(Date.UTC(2026, 10, 3), true))
    expect(readdirSync(path).toSorted()).toEqual(['history.json', 'index.html'])
    expect(readHistory(readFileSync(join(path, 'history.json'), 'utf8'))?.runs).toHaveLength(2)
    expect(readFileSync(join(path, 'index.html'), 'utf8')).toMatch(/doesn’t exist.*since 1 Nov/)
  })

  test('into a file; a damaged history is set aside; without facts nothing is written', () => {
    const path = join(folder, 'ways.html')
    writeHealth(path, { ...checkedAt(1, false), facts: null })
    expect(existsSync(path)).toBe(false)
    writeFileSync(join(folder, 'ways.history.json'), '{"version":1,"runs":[{"at":')
    writeHealth(path, checkedAt(1, false))
    const files = readdirSync(folder).toSorted()
    expect(files).toHaveLength(3)
    expect(files[1]).toMatch(/^ways\.history\.json\.damaged-\d+$/)
    expect(readFileSync(path, 'utf8')).toContain('Newcomers come into all 2 rooms.')
  })

  test('a place that can’t be written is a sentence', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => writeHealth(join(folder, 'file', 'x.html'), checkedAt(1, false))).toThrow(/can’t be written/)
  })
})
