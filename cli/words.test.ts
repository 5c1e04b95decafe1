import { describe, expect, test } from 'vitest'
import { joinReasons } from '../core/joining/queue.ts'
import { linesOf } from './sentences.ts'
import {
  clockText,
  durationText,
  noServerWords,
  problemSentence,
  progressText,
  reasonSentence,
  stopSentence,
} from './words.ts'

const scene = { community: 'Galaxy', homeserver: 'matrix.org' }

describe('words', () => {
  test.each(joinReasons)('%s is a sentence of its own', (reason) => {
    const room = { address: '#a:b.c', via: ['d.e'] }
    const sentence = reasonSentence(reason, room, scene)
    expect(sentence).toMatch(/^\S.*\.$/)
    expect(sentence).not.toMatch(/undefined|null|\{/)
    const others = joinReasons.filter((other) => other !== reason)
    expect(others.map((other) => reasonSentence(other, room, scene))).not.toContain(sentence)
    expect(stopSentence(reason, scene)).toMatch(/\.$/)
  })

  test('a room without a server in its address is still named', () => {
    expect(reasonSentence('unreachable', { address: '!v12', via: [] }, scene)).toMatch(/^Its server isn’t/)
  })

  test('the line of a terminal', () => {
    expect(progressText(19, 33, { low: 110, high: 130 }, 7_400)).toBe(
      '19 of 33 joined, about 2 min left, next in 0:08',
    )
    expect(progressText(0, 3, { low: 3, high: 3 }, null)).toBe('0 of 3 joined, less than a minute left')
    expect(progressText(3, 3, null, null)).toBe('3 of 3 joined')
  })

  test('spans of time', () => {
    expect(durationText({ low: 0, high: 500 })).toBe('up to 8 min')
    expect(durationText({ low: 120, high: 6_120 })).toBe('2 to 102 min')
    expect([clockText(0), clockText(59_001), clockText(-5), clockText(3_600_000)]).toEqual([
      '0:00',
      '1:00',
      '0:00',
      '60:00',
    ])
  })

  test.each(['noServer', 'brokenFile', 'wrongAddress', 'insecure', 'tooOld'] as const)(
    'why there is no homeserver: %s',
    (problem) => {
      expect(noServerWords(problem, 'uni.example')).toMatch(/uni\.example.*\.$/)
    },
  )

  test('why signing in doesn’t work', () => {
    expect(problemSentence({ kind: 'needsBrowser' }, 'matrix.org', 'ada')).toContain('--token-stdin')
    expect(problemSentence({ kind: 'unknown', detail: '418' }, 'matrix.org', 'ada')).toContain('(418)')
  })

  test('a room is called by its name and found by its address', () => {
    const room = {
      address: '#a:b.c',
      roomId: null,
      kind: 'room',
      joined: 1,
      asked: 2,
      hasMoved: false,
    } as const
    expect(linesOf({ type: 'joined', ...room, name: 'Lobby' })).toEqual(['joined      Lobby (#a:b.c)'])
    expect(linesOf({ type: 'joined', ...room, name: null })).toEqual(['joined      #a:b.c'])
  })
})
