import { describe, expect, test } from 'vitest'
import { breachesOf } from './asked-again.ts'
import type { Fault } from './proxy/fault.ts'
import type { RequestRecord } from './proxy/record.ts'
import { stepOf } from './proxy/step.ts'

const LOST: Fault = { kind: 'drop', when: 'acted' }
const LIMITED: Fault = { kind: 'limit', says: 'seconds' }

describe('a room that was asked for again', () => {
  test.each([
    ['after a yes', [join(0, 1), join(2, 3)], ['!a:x'], []],
    ['under its alias after a yes', [join(0, 1), join(2, 3, { address: '#a:x' })], ['#a:x'], []],
    ['after the list named it', [list(0, 1, ['!a:x']), join(2, 3)], ['!a:x'], []],
    ['while its yes was on the way', [join(0, 3), join(1, 4)], [], []],
    ['after a lost answer, unverified', [join(0, null, { fault: LOST }), join(1, 2)], [], ['!a:x']],
    ['after a kill, unverified', [join(0, null), join(1, 2)], [], ['!a:x']],
    ['after a lost answer and a list without it', [join(0, null), list(1, 2, []), join(3, 4)], [], []],
    [
      'after a lost answer and a list that was lost',
      [join(0, null), list(1, null, []), join(3, 4)],
      [],
      ['!a:x'],
    ],
    ['with a list from before it was lost', [list(0, 1, []), join(2, null), join(3, 4)], [], ['!a:x']],
    ['after a no', [join(0, 1, { status: 403 }), join(2, 3)], [], []],
    ['after a rate limit', [join(0, null, { fault: LIMITED }), join(1, 2)], [], []],
    ['after a yes for another', [join(0, 1, { address: '!b:x' }), join(2, 3)], [], []],
  ])('%s', (_name, records, afterYes, unverified) => {
    expect(breachesOf(records, (address) => address.replace(/^#/, '!'))).toEqual({ afterYes, unverified })
  })
})

function join(
  arrived: number,
  delivered: number | null,
  { address = '!a:x', status = 200, fault = null as Fault | null } = {},
): RequestRecord {
  const path = `/_matrix/client/v3/join/${encodeURIComponent(address)}`
  return request('POST', path, arrived, delivered, { status, body: {} }, fault)
}

function list(arrived: number, delivered: number | null, rooms: readonly string[]): RequestRecord {
  const answer = { status: 200, body: { joined_rooms: rooms } }
  return request('GET', '/_matrix/client/v3/joined_rooms', arrived, delivered, answer, null)
}

function request(
  method: string,
  path: string,
  arrived: number,
  delivered: number | null,
  answer: RequestRecord['answer'],
  fault: Fault | null,
): RequestRecord {
  const step = stepOf(method, path)
  return { host: 'x', method, path, step, fault, arrived, token: null, answer, delivered }
}
