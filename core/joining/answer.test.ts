import { expect, test } from 'vitest'
import { meaningOf } from './answer.ts'

/* Every error shape of the specification and of the servers seen: status, error code, message, what it means. */
const refusals: [number, string | null, string, string][] = [
  [429, 'M_LIMIT_EXCEEDED', 'Too Many Requests', 'rateLimited'],
  [429, null, '<html>slow down</html>', 'rateLimited'],
  [400, 'M_LIMIT_EXCEEDED', '', 'rateLimited'],
  [401, 'M_UNKNOWN_TOKEN', '', 'stop signedOut'],
  [401, 'M_MISSING_TOKEN', '', 'stop signedOut'],
  [401, 'M_USER_LOCKED', '', 'stop locked'],
  [403, 'M_USER_SUSPENDED', '', 'stop suspended'],
  [403, 'M_USER_DEACTIVATED', '', 'stop deactivated'],
  [403, 'ORG.MATRIX.MSC3823.USER_ACCOUNT_SUSPENDED', '', 'stop suspended'],
  [403, 'ORG_MATRIX_EXPIRED_ACCOUNT', '', 'stop expired'],
  [403, 'M_USER_LIMIT_EXCEEDED', '', 'stop plan'],
  [403, 'M_CONSENT_NOT_GIVEN', '', 'stop terms'],
  [400, 'M_INCOMPATIBLE_ROOM_VERSION', '', 'final version'],
  [400, 'M_UNSUPPORTED_ROOM_VERSION', '', 'final version'],
  [400, 'M_RESOURCE_LIMIT_EXCEEDED', '', 'final tooBig'],
  [403, 'ORG.MATRIX.MSC4387_SAFETY', '', 'final blocked'],
  [400, 'M_UNABLE_TO_AUTHORISE_JOIN', '', 'tryElsewhere unreachable'],
  [400, 'M_UNABLE_TO_GRANT_JOIN', '', 'tryElsewhere unreachable'],
  [404, 'M_NOT_FOUND', 'Room alias #a:x not found', 'final notFound'],
  [403, 'M_FORBIDDEN', 'You are not invited to this room.', 'forbidden'],
  [403, 'M_FORBIDDEN', 'You have been banned from this room', 'final banned'],
  [403, 'M_FORBIDDEN', 'Server is banned from room', 'final blocked'],
  [403, 'M_FORBIDDEN', 'This room has been blocked on this server', 'final blocked'],
  [403, null, '', 'forbidden'],
  [403, 'M_GUEST_ACCESS_FORBIDDEN', '', 'forbidden'],
  [
    404,
    'M_UNKNOWN',
    "Can't join remote room because no servers that are in the room have been provided.",
    'tryElsewhere unreachable',
  ],
  [404, 'M_UNRECOGNIZED', '', 'tryElsewhere unreachable'],
  [502, 'M_UNKNOWN', 'Failed to fetch alias x from x.example', 'tryElsewhere unreachable'],
  [500, 'M_UNKNOWN', 'Failed to make_join via any server', 'unconfirmed'],
  // Dendrite: {"Err":""} for an unknown alias, an unknown room, and a room for members alike.
  [500, null, '', 'unconfirmed'],
  // The Conduit family answers 500 with M_UNKNOWN, and M_BAD_JSON where it can't read another server.
  [500, 'M_UNKNOWN', 'No server available to assist in joining.', 'unconfirmed'],
  [502, null, 'Bad Gateway', 'unconfirmed'],
  [504, null, 'Gateway Time-out', 'unconfirmed'],
  [524, null, 'A timeout occurred', 'unconfirmed'],
  [400, 'M_BAD_JSON', '', 'final unknown'],
  [400, 'M_INVALID_PARAM', '', 'final unknown'],
  [418, null, '', 'final unknown'],
]

test.each(refusals)('%i %s "%s" means %s', (httpStatus, errcode, message, expected) => {
  const meaning = meaningOf({ kind: 'refused', httpStatus, errcode, message, retryAfter: null })
  const reason = 'reason' in meaning ? ` ${meaning.reason}` : ''
  expect(meaning.kind + reason).toBe(expected)
})

test('a yes and no answer at all', () => {
  expect(meaningOf({ kind: 'joined', roomId: '!a' })).toEqual({ kind: 'joined', roomId: '!a' })
  expect(meaningOf({ kind: 'lost', message: 'net::ERR_FAILED' })).toEqual({ kind: 'unconfirmed' })
})

test('the waiting time goes along', () => {
  const answer = { kind: 'refused', httpStatus: 429, errcode: null, message: '', retryAfter: 1234 } as const
  expect(meaningOf(answer)).toEqual({ kind: 'rateLimited', retryAfter: 1234 })
})
