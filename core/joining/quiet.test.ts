import { describe, expect, test } from 'vitest'
import { entry } from '../testing/queue.ts'
import type { Entered } from './entered.ts'
import {
  isForAnnouncements,
  isQuietOpen,
  nextQuiet,
  withMark,
  withQuiet,
  type QuietAction,
  type QuietStart,
  type QuietView,
} from './quiet.ts'
import type { QueueEntry } from './queue.ts'

const wanted: QuietStart = { isWanted: true, marks: [] }
const entered: Entered = { before: ['!old'], replaced: [] }

function view(entries: readonly QueueEntry[], own: Partial<QuietView> = {}): QuietView {
  return { queue: { entries }, entered, isRead: true, goesAfter: false, ...own }
}

/** Everything that is done one after the other while joining stands still like this. */
function allOf(quiet: QuietStart, seen: QuietView): Exclude<QuietAction, { kind: 'wait' }>[] {
  const next = nextQuiet(quiet, seen, 10_000)
  if (next.kind === 'wait' || next.kind === 'nothing' || next.kind === 'read') return []
  const status = next.kind === 'set' ? 'set' : null
  return [next, ...allOf(withMark(quiet, next.what, next.roomId, status), seen)]
}

const space = entry('#space', { roomId: '!space', status: 'joined', tries: 1 })
const lobby = entry('#lobby:x', { roomId: '!lobby', isLobby: true, status: 'joined', tries: 1 })

describe('what is set', () => {
  test('until all of it stands, and once more where it is taken back', () => {
    const seen = view([lobby])
    const set = withMark(wanted, 'favourite', '!lobby', 'set')
    const open = [wanted, set, withQuiet(set, false), withQuiet(wanted, false)].map((quiet) =>
      isQuietOpen(quiet, seen),
    )
    expect(open).toEqual([true, false, true, false])
  })

  test('a rule for each room but the lobby and announcements, the lobby’s tag, the space’s place', () => {
    const entries = [
      space,
      lobby,
      entry('#a:x', { roomId: '!a', status: 'joined' }),
      entry('#news:x', { roomId: '!news', isLoud: true, status: 'joined' }),
      entry('#asked:x', { roomId: '!asked', status: 'asked' }),
      entry('#old:x', { roomId: '!old', status: 'joined' }),
      entry('#shut:x', { roomId: '!shut', status: 'notJoined', reason: 'banned' }),
    ]
    expect(allOf(wanted, view(entries))).toEqual([
      { kind: 'set', what: 'order', roomId: '!space' },
      { kind: 'set', what: 'favourite', roomId: '!lobby' },
      { kind: 'set', what: 'rule', roomId: '!a' },
      { kind: 'set', what: 'rule', roomId: '!asked' },
    ])
  })

  test('a rule comes before its room is joined, as soon as its ID is known', () => {
    const entries = [space, entry('#a:x', { roomId: '!a' }), entry('#b:x')]
    const [, ...rules] = allOf(wanted, view(entries))
    expect(rules).toEqual([{ kind: 'set', what: 'rule', roomId: '!a' }])
  })

  test('nothing before it is known what is there, nor in rooms of before', () => {
    const entries = [space, lobby]
    expect(nextQuiet(wanted, view(entries, { isRead: false }), 0)).toEqual({ kind: 'read' })
    const unknown = view(entries, { entered: { before: null, replaced: [] } })
    expect(nextQuiet(wanted, unknown, 0)).toEqual({ kind: 'nothing' })
  })

  test('what the newcomer had set is done with; a request of before a stop is repeated', () => {
    const theirs = withMark(wanted, 'order', '!space', 'theirs')
    expect(allOf(theirs, view([space]))).toEqual([])
    const asked = withMark(wanted, 'order', '!space', 'asked')
    expect(allOf(asked, view([space]))).toEqual([{ kind: 'set', what: 'order', roomId: '!space' }])
  })

  test('a rule goes again when its room did not open, once joining is over', () => {
    const quiet = withMark(wanted, 'rule', '!a', 'set')
    const shut = entry('#a:x', { roomId: '!a', status: 'notJoined', reason: 'banned', tries: 1 })
    expect(nextQuiet(quiet, view([shut, entry('#b:x', { tries: 1 })]), 0)).toEqual({ kind: 'nothing' })
    expect(nextQuiet(quiet, view([shut]), 0)).toEqual({ kind: 'remove', what: 'rule', roomId: '!a' })
  })
})

describe('never in front of a join', () => {
  const queued = entry('#a:x', { roomId: '!a' })
  const joining = (since: number): QueueEntry =>
    entry('#b:x', { roomId: '!b', status: 'joining', tries: 1, notBefore: since })

  test('nothing before the first join went out', () => {
    expect(nextQuiet(wanted, view([queued]), 0)).toEqual({ kind: 'wait', until: null })
  })

  test('not while the homeserver has just begun to join, but while it waits for another one', () => {
    const seen = view([queued, joining(1_000)])
    expect(nextQuiet(wanted, seen, 1_100)).toEqual({ kind: 'wait', until: 1_500 })
    expect(nextQuiet(wanted, seen, 1_500)).toMatchObject({ kind: 'set', roomId: '!a' })
  })

  test('while joining waits for its limit', () => {
    const waiting = view([queued, { ...joining(0), status: 'joined' }])
    expect(nextQuiet(wanted, waiting, 0)).toMatchObject({ kind: 'set', roomId: '!a' })
  })

  test('after the last room, where the limit counts every request', () => {
    const during = view([queued, { ...joining(0), status: 'joined' }], { goesAfter: true })
    expect(nextQuiet(wanted, during, 0)).toEqual({ kind: 'wait', until: null })
    const after = view([{ ...queued, status: 'joined' }], { goesAfter: true })
    expect(nextQuiet(wanted, after, 0)).toMatchObject({ kind: 'set', roomId: '!a' })
  })
})

describe('taking it back', () => {
  test('takes away what was or may have been set, at once, and nothing of the newcomer’s', () => {
    const set = withMark(withMark(wanted, 'rule', '!a', 'set'), 'favourite', '!lobby', 'asked')
    const off = withQuiet(withMark(withMark(set, 'order', '!space', 'theirs'), 'rule', '!b', 'failed'), false)
    const queued = entry('#a:x', { roomId: '!a', status: 'joining', tries: 1, notBefore: 9_999 })
    expect(allOf(off, view([queued])).map((each) => ('what' in each ? each.what : each.kind))).toEqual([
      'rule',
      'favourite',
    ])
  })

  test('on again sets what failed, too', () => {
    const failed = withMark(wanted, 'rule', '!a', 'failed')
    const entries = [entry('#a:x', { roomId: '!a', status: 'joined' })]
    expect(allOf(failed, view(entries))).toEqual([])
    expect(allOf(withQuiet(failed, true), view(entries))).toHaveLength(1)
  })
})

test.each([
  [['Announcements'], true],
  [['Club News'], true],
  [[null, 'Releases are announced here'], true],
  [['Newsroom builders'], false],
  [['Lobby', null], false],
] as const)('%j is for announcements: %s', (names, isLoud) => {
  expect(isForAnnouncements(names)).toBe(isLoud)
})
