import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { freshPace } from '../core/joining/pace.ts'
import { JournalFile, usualJournalPath, type Journal } from './journal.ts'
import { paceAfterRestart } from '../core/joining/journal.ts'
import { isFinished } from './resume.ts'

const journal: Journal = {
  version: 1,
  userId: '@ada:matrix.org',
  community: 'galaxy',
  choice: 'all',
  inside: 'unlisted',
  names: { '#a:b.c': 'Lobby' },
  queue: {
    entries: [
      {
        key: '#a:b.c',
        kind: 'room',
        address: '#a:b.c',
        via: [],
        roomId: null,
        isLobby: true,
        isLoud: false,
        needsSpace: false,
        behind: null,
        isLocal: null,
        isKnock: false,
        status: 'joining',
        reason: null,
        isFollowed: false,
        tries: 1,
        wasAsked: true,
        hops: 0,
        notBefore: 5,
        lastAnswer: null,
        lastVia: [],
        settledAt: null,
      },
    ],
  },
  pace: freshPace,
  entered: { before: null, replaced: [] },
  leaving: null,
  quiet: { isWanted: true, marks: [{ kind: 'rule', roomId: '!a', status: 'set' }] },
  wantsQuiet: null,
  monotonic: 1_000,
  wall: 100_000,
}

describe('the journal', () => {
  let dir: string
  let file: JournalFile
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'foyer-journal-'))
    file = new JournalFile(join(dir, 'journal.jsonl'))
    return () => rmSync(dir, { recursive: true })
  })

  test('is read as it was written, and nothing else lies about', () => {
    expect(file.read()).toEqual({ kind: 'nothing' })
    file.write(journal)
    file.write({ ...journal, choice: 'lobby' })
    expect(file.read()).toEqual({ kind: 'journal', journal: { ...journal, choice: 'lobby' } })
    expect(readdirSync(dir)).toEqual(['journal.jsonl'])
    file.remove()
    file.remove()
    expect(existsSync(file.path)).toBe(false)
  })

  test('of before there was a quiet start, none is wanted', () => {
    const { quiet, wantsQuiet, ...before } = journal
    writeFileSync(file.path, `${JSON.stringify(before)}\n`)
    expect(file.read()).toMatchObject({
      kind: 'journal',
      journal: { quiet: { isWanted: false, marks: [] }, wantsQuiet: null },
    })
    expect([quiet.isWanted, wantsQuiet]).toEqual([true, null])
  })

  test('survives a stop in the middle of a write', () => {
    file.write(journal)
    writeFileSync(`${file.path}.part`, JSON.stringify(journal).slice(0, 50))
    expect(file.read()).toEqual({ kind: 'journal', journal })
  })

  test.each([
    ['cut off', JSON.stringify(journal).slice(0, -20)],
    ['empty', ''],
    ['zeroes', '\0'.repeat(400)],
    ['of another version', `${JSON.stringify({ ...journal, version: 2 })}\n`],
    ['of another make', '[]\n'],
    ['with a status that doesn’t exist', `${JSON.stringify(journal).replace('"joining"', '"gone"')}\n`],
  ])('is set aside when it is %s', (_, text) => {
    writeFileSync(file.path, text)
    const found = file.read()
    expect(found.kind).toBe('damaged')
    expect(found.kind === 'damaged' && readFileSync(found.asidePath, 'utf8')).toBe(text)
    expect(file.read()).toEqual({ kind: 'nothing' })
  })

  test('where it can’t be, that is one sentence', () => {
    const nowhere = new JournalFile(join(dir, 'missing', 'journal.jsonl'))
    expect(() => nowhere.write(journal)).toThrow(/can’t be written \(ENOENT\)/)
    mkdirSync(file.path)
    expect(() => file.read()).toThrow(/can’t be read \(EISDIR\)/)
  })

  test('has a place of its own for each account and community', () => {
    const environment = { XDG_STATE_HOME: '/state' }
    const paths = ['#a_b:c.d', '#a:b:c.d', `#${'x'.repeat(300)}:c.d`, 'galaxy'].map((community) =>
      usualJournalPath('@ada:matrix.org', community, environment),
    )
    expect(new Set(paths).size).toBe(4)
    for (const path of paths) expect(path).toMatch(/^\/state\/foyer\/ada_matrix\.org-[\w.-]{1,120}\.jsonl$/)
    expect(usualJournalPath('@a:b', 'c', { XDG_STATE_HOME: 'relative' })).toMatch(/\.local.state/)
  })

  test('is finished when nothing is open, and joined rooms were followed', () => {
    const [entry] = journal.queue.entries
    if (entry === undefined) throw new Error('no entry')
    const withStatus = (change: Partial<typeof entry>): Journal => ({
      ...journal,
      queue: { entries: [{ ...entry, ...change }] },
    })
    expect(isFinished(journal, null)).toBe(false)
    expect(isFinished(withStatus({ status: 'joined' }), null)).toBe(false)
    expect(isFinished(withStatus({ status: 'joined', isFollowed: true }), null)).toBe(true)
    expect(isFinished(withStatus({ status: 'notJoined' }), null)).toBe(true)
    expect(isFinished({ ...journal, queue: { entries: [] } }, null)).toBe(false)
  })

  test('its pace goes on with the wall clock', () => {
    const closed = { ...freshPace.remote, closedUntil: 61_000 }
    const kept = { ...journal, pace: { ...freshPace, remote: closed } }
    // Twenty seconds later, in a process that has just begun.
    expect(paceAfterRestart(kept, 50, 120_000).remote.closedUntil).toBe(40_050)
    // The clock was set back an hour: it waits no longer than it would have.
    expect(paceAfterRestart(kept, 50, 0).remote.closedUntil).toBe(60_050)
  })
})
