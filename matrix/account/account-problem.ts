import type { AccountProblem } from '../../core/onboarding/state.ts'
import type { PasswordNeed, PasswordRules } from '../../core/onboarding/password-rules.ts'
import type { RequestFailure } from '../http/matrix-error.ts'

/** What a refused sign-up or sign-in means for the person in front of the screen. */
export function problemOf(failure: RequestFailure, now: number): AccountProblem {
  const { httpStatus, errcode, message, retryAfter, data } = failure
  if (httpStatus === null || httpStatus >= 500) return { kind: 'unreachable' }
  if (httpStatus === 429 || errcode === 'M_LIMIT_EXCEEDED') {
    // Bounded on both sides, as a timer of a year would fire at once.
    const wait = Math.min(Math.max(retryAfter ?? 5_000, 1_000), 3_600_000)
    return { kind: 'rateLimited', retryAt: now + wait }
  }
  switch (errcode) {
    case 'M_USER_IN_USE':
      return { kind: 'usernameTaken' }
    case 'M_INVALID_USERNAME':
    case 'M_EXCLUSIVE':
      return { kind: 'usernameInvalid' }
    // The short forms are Synapse's own (MSC2000).
    case 'M_PASSWORD_NO_DIGIT':
      return lacking('digit')
    case 'M_PASSWORD_NO_UPPERCASE':
      return lacking('uppercase')
    case 'M_PASSWORD_NO_LOWERCASE':
      return lacking('lowercase')
    case 'M_PASSWORD_NO_SYMBOL':
      return lacking('symbol')
    case 'M_WEAK_PASSWORD':
    case 'M_PASSWORD_TOO_SHORT':
    case 'M_PASSWORD_IN_DICTIONARY':
      return { kind: 'weakPassword', lacks: tooShort(data['error']) }
    case 'M_USER_DEACTIVATED':
      return { kind: 'deactivated' }
    case 'M_USER_LOCKED':
      return { kind: 'locked' }
    case 'M_USER_SUSPENDED':
      return { kind: 'suspended' }
    // Synapse's own (MSC3866), and its account validity module's.
    case 'ORG.MATRIX.MSC3866_USER_AWAITING_APPROVAL':
      return { kind: 'awaitingApproval' }
    case 'ORG_MATRIX_EXPIRED_ACCOUNT':
      return { kind: 'expired' }
    case 'M_THREEPID_IN_USE':
      return { kind: 'emailInUse' }
    case 'M_THREEPID_DENIED':
      return { kind: 'emailDenied' }
    case 'M_UNRECOGNIZED':
      return { kind: 'needsBrowser' }
    case 'M_FORBIDDEN':
      return /registration/i.test(message) ? { kind: 'closed' } : { kind: 'wrongPassword' }
    default:
      return { kind: 'unknown', detail: `${httpStatus} ${errcode ?? ''}`.trim() }
  }
}

function lacking(need: PasswordNeed): AccountProblem {
  return { kind: 'weakPassword', lacks: { minimumLength: 0, needs: [need] } }
}

// Synapse says "Password must be at least 8 characters" and nothing a program could read.
function tooShort(message: unknown): PasswordRules | null {
  const digits = typeof message === 'string' ? /\b(\d{1,3})\b/.exec(message)?.[1] : undefined
  return digits === undefined ? null : { minimumLength: Number(digits), needs: [] }
}
