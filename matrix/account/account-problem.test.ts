import { expect, test } from 'vitest'
import { problemOf } from './account-problem.ts'

function lacking(need: string) {
  return { kind: 'weakPassword', lacks: { minimumLength: 0, needs: [need] } }
}

test.each([
  [null, null, '', { kind: 'unreachable' }],
  [500, 'M_UNKNOWN', '', { kind: 'unreachable' }],
  [502, null, 'Bad Gateway', { kind: 'unreachable' }],
  [400, 'M_USER_IN_USE', '', { kind: 'usernameTaken' }],
  [400, 'M_INVALID_USERNAME', '', { kind: 'usernameInvalid' }],
  [400, 'M_EXCLUSIVE', '', { kind: 'usernameInvalid' }],
  [400, 'M_WEAK_PASSWORD', 'Too weak', { kind: 'weakPassword', lacks: null }],
  [
    400,
    'M_PASSWORD_TOO_SHORT',
    'Must be at least 12 characters',
    { kind: 'weakPassword', lacks: { minimumLength: 12, needs: [] } },
  ],
  [400, 'M_PASSWORD_NO_DIGIT', '', lacking('digit')],
  [400, 'M_PASSWORD_NO_SYMBOL', '', lacking('symbol')],
  [400, 'M_PASSWORD_NO_LOWERCASE', '', lacking('lowercase')],
  [400, 'M_PASSWORD_NO_UPPERCASE', '', lacking('uppercase')],
  [400, 'M_PASSWORD_IN_DICTIONARY', '', { kind: 'weakPassword', lacks: null }],
  [403, 'M_USER_DEACTIVATED', '', { kind: 'deactivated' }],
  [401, 'M_USER_LOCKED', '', { kind: 'locked' }],
  [403, 'M_USER_SUSPENDED', '', { kind: 'suspended' }],
  [403, 'ORG.MATRIX.MSC3866_USER_AWAITING_APPROVAL', '', { kind: 'awaitingApproval' }],
  [403, 'ORG_MATRIX_EXPIRED_ACCOUNT', '', { kind: 'expired' }],
  [400, 'M_THREEPID_IN_USE', '', { kind: 'emailInUse' }],
  [403, 'M_THREEPID_DENIED', '', { kind: 'emailDenied' }],
  [403, 'M_FORBIDDEN', 'Invalid username or password', { kind: 'wrongPassword' }],
  [403, 'M_FORBIDDEN', 'Registration has been disabled', { kind: 'closed' }],
  [404, 'M_UNRECOGNIZED', '', { kind: 'needsBrowser' }],
  [400, 'M_BAD_JSON', '', { kind: 'unknown', detail: '400 M_BAD_JSON' }],
  [418, null, '', { kind: 'unknown', detail: '418' }],
])('%s %s "%s"', (httpStatus, errcode, message, problem) => {
  const data = { errcode, error: message }
  expect(problemOf({ httpStatus, errcode, message, retryAfter: null, data }, 0)).toEqual(problem)
})

test.each([
  [null, 6_000],
  [0, 2_000],
  [-5, 2_000],
  [20_000, 21_000],
  [1e12, 3_601_000],
  [Infinity, 3_601_000],
])('a rate limit of %s ms ends at %i', (retryAfter, retryAt) => {
  for (const httpStatus of [429, 400]) {
    const failure = { httpStatus, errcode: 'M_LIMIT_EXCEEDED', message: '', retryAfter, data: {} }
    expect(problemOf(failure, 1_000)).toEqual({ kind: 'rateLimited', retryAt })
  }
})
