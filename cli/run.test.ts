import { describe, expect, test, vi } from 'vitest'
import { planJoins } from '../core/joining/plan.ts'
import { withEntry } from '../core/joining/queue.ts'
import { Interruption } from './interruption.ts'
import { terminalOutput } from './output.ts'
import { chosenKeys, communityOf, freshState, insideOf } from './plan.ts'
import { resumeCommand } from './resume-command.ts'
import { newsBetween } from './settled.ts'
import { readSource } from './source.ts'

const scene = { community: 'de-RSE', homeserver: 'matrix.org' }
const source = readSource('derse')
const choice = { preset: 'all', rooms: [] } as const

describe('a run', () => {
  test('the source is a bundled community, a link, or a file', () => {
    expect(source.kind).toBe('manifest')
    expect(readSource('matrix:r/a:b.c')).toEqual({ kind: 'link', link: { address: '#a:b.c', via: [] } })
    expect(readSource('practice/communities/odd-rooms.json').kind).toBe('manifest')
    expect(() => readSource('@a:b.c')).toThrow('is a person')
    expect(() => readSource('galxy')).toThrow(/neither a file.*galaxy/)
    expect(() => readSource('package.json')).toThrow(/not a community manifest/)
    expect(() => readSource('README.md')).toThrow(/not a community manifest/)
    expect(() => readSource('core')).toThrow('EISDIR')
  })

  test('a room that isn’t listed may be chosen', () => {
    const own = { preset: null, rooms: [{ address: '#else:a.b', via: [] }] }
    const community = communityOf(source, null, own)
    expect(chosenKeys(community, community, own)).toEqual(['#else:a.b'])
    expect(freshState(community, ['#else:a.b'], []).queue.entries.map((entry) => entry.key)).toEqual([
      '#de-rse.org:matrix.org',
      '#else:a.b',
    ])
    expect(insideOf(community, own)).toBe('unwanted')
  })

  test('listed rooms that nobody finds are asked for all the same', () => {
    const bare = communityOf(source, null, choice)
    const missing = { ...bare, rooms: bare.rooms.map((room) => ({ ...room, sight: 'missing' as const })) }
    expect(chosenKeys(missing, bare, choice)).toHaveLength(5)
  })

  test('each room is told of once, when nothing more becomes of it', () => {
    const community = communityOf(source, null, choice)
    const before = planJoins(community, chosenKeys(community, community, choice))
    const key = '#de-rse.org-jobs:matrix.org'
    const joined = withEntry(before, key, { status: 'joined' })
    const followed = withEntry(joined, key, { isFollowed: true })
    const refused = withEntry(followed, '#de-rse.org-events:matrix.org', {
      status: 'notJoined',
      reason: 'banned',
    })
    expect(newsBetween(before, joined, {}, scene)).toEqual([])
    expect(newsBetween(joined, followed, { [key]: 'Jobs' }, scene)).toMatchObject([
      { type: 'joined', address: key, name: 'Jobs', joined: 1, asked: 5 },
    ])
    expect(newsBetween(followed, refused, {}, scene)).toMatchObject([{ type: 'notJoined', reason: 'banned' }])
    expect(newsBetween({ entries: [] }, before, {}, scene)).toMatchObject([{ type: 'added', asked: 5 }])
  })

  test('a first signal asks, its echoes are the same one, a later one ends', () => {
    const end = vi.fn<(exit: number) => void>()
    let now = 10_000
    const interruption = new Interruption(end, () => now)
    interruption.ask('SIGTERM')
    interruption.ask('SIGINT')
    expect([interruption.signal.aborted, interruption.exit, end.mock.calls]).toEqual([true, 143, []])
    now += 1_000
    interruption.ask('SIGINT')
    expect(end).toHaveBeenCalledWith(143)
  })

  test('the command that goes on is fit for a shell', () => {
    const words = ['join', '#a:b.c', '--user', 'o’hara', '--resume', 'old', '--json', '--resume=older']
    expect(resumeCommand(words, '/state/it’s mine.json')).toBe(
      "npx foyer join '#a:b.c' --user 'o’hara' --json --resume '/state/it’s mine.json'",
    )
    expect(resumeCommand(["it's"], '/j')).toBe(String.raw`npx foyer 'it'\''s' --resume /j`)
  })

  test('a terminal’s line is redrawn, cut to its width, and cleared for what stays', () => {
    const written: string[] = []
    const sink = { write: (text: string) => written.push(text), columns: 20 }
    const output = terminalOutput(sink, sink, () => 1_000)
    output.show({ joined: 1, asked: 3, secondsLeft: { low: 60, high: 60 }, nextAt: null })
    output.show({ joined: 1, asked: 3, secondsLeft: { low: 61, high: 61 }, nextAt: null })
    output.tell({ type: 'offline', homeserver: 'a.b' })
    const clear = '\r\u001B[K'
    expect(written).toEqual([
      `${clear}1 of 3 joined, abou`,
      clear,
      'a.b isn’t answering. Foyer goes on as soon as it does.\n',
      `${clear}1 of 3 joined, abou`,
    ])
  })
})
