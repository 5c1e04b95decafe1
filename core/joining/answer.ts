import type { JoinReason } from './queue.ts'

/** What came back from a join request, freed from any library's error classes. */
export type JoinAnswer =
  | { readonly kind: 'joined'; readonly roomId: string }
  /** The server said no, or something went wrong on its side. */
  | {
      readonly kind: 'refused'
      readonly httpStatus: number
      readonly errcode: string | null
      readonly message: string
      /** Milliseconds, from Retry-After or retry_after_ms. */
      readonly retryAfter: number | null
    }
  /** No answer: connection lost, time-out, offline. The server may have acted all the same. */
  | { readonly kind: 'lost'; readonly message: string }

/** An answer that isn't the one that was hoped for. */
export type Refusal = Exclude<JoinAnswer, { kind: 'joined' }>

/** What an answer means for the room. */
export type JoinMeaning =
  | { readonly kind: 'joined'; readonly roomId: string }
  | { readonly kind: 'rateLimited'; readonly retryAfter: number | null }
  /** The server may have acted: verify membership before asking again. */
  | { readonly kind: 'unconfirmed' }
  /** Another server may do better, or the same one later. */
  | { readonly kind: 'tryElsewhere'; readonly reason: JoinReason }
  /** Needs a look at the room's join rule to be told apart: not for us, not yet, or by invitation. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'final'; readonly reason: JoinReason }
  /** Nothing will work until somebody acts, so the whole queue stops. */
  | { readonly kind: 'stop'; readonly reason: JoinReason | 'signedOut' }

/**
 * Maps a server's answer to what Foyer does next. Error codes as listed in the specification's client-server API,
 * and those that Synapse, Dendrite and the Conduit family were seen to use.
 */
export function meaningOf(answer: JoinAnswer): JoinMeaning {
  if (answer.kind === 'joined') return answer
  if (answer.kind === 'lost') return { kind: 'unconfirmed' }
  const { httpStatus, errcode, message, retryAfter } = answer
  if (httpStatus === 429 || errcode === 'M_LIMIT_EXCEEDED') return { kind: 'rateLimited', retryAfter }
  switch (errcode) {
    case 'M_UNKNOWN_TOKEN':
    case 'M_MISSING_TOKEN':
      return { kind: 'stop', reason: 'signedOut' }
    case 'M_USER_LOCKED':
      return { kind: 'stop', reason: 'locked' }
    case 'M_USER_SUSPENDED':
    case 'ORG.MATRIX.MSC3823.USER_ACCOUNT_SUSPENDED':
      return { kind: 'stop', reason: 'suspended' }
    case 'M_USER_DEACTIVATED':
      return { kind: 'stop', reason: 'deactivated' }
    case 'ORG_MATRIX_EXPIRED_ACCOUNT':
      return { kind: 'stop', reason: 'expired' }
    case 'M_USER_LIMIT_EXCEEDED':
      return { kind: 'stop', reason: 'plan' }
    case 'M_CONSENT_NOT_GIVEN':
      return { kind: 'stop', reason: 'terms' }
    case 'M_INCOMPATIBLE_ROOM_VERSION':
    case 'M_UNSUPPORTED_ROOM_VERSION':
      return { kind: 'final', reason: 'version' }
    case 'M_RESOURCE_LIMIT_EXCEEDED':
      return { kind: 'final', reason: 'tooBig' }
    case 'ORG.MATRIX.MSC4387_SAFETY':
      return { kind: 'final', reason: 'blocked' }
    case 'M_UNABLE_TO_AUTHORISE_JOIN':
    case 'M_UNABLE_TO_GRANT_JOIN':
      return { kind: 'tryElsewhere', reason: 'unreachable' }
    case 'M_NOT_FOUND':
      return { kind: 'final', reason: 'notFound' }
    case 'M_FORBIDDEN':
      return forbidden(message)
    default:
      return byStatus(httpStatus, message)
  }
}

// Synapse tells these apart in the message only (synapse#18613 asks for more).
function forbidden(message: string): JoinMeaning {
  if (/server is banned/i.test(message)) return { kind: 'final', reason: 'blocked' }
  if (/banned/i.test(message)) return { kind: 'final', reason: 'banned' }
  if (/blocked on this server/i.test(message)) return { kind: 'final', reason: 'blocked' }
  return { kind: 'forbidden' }
}

function byStatus(httpStatus: number, message: string): JoinMeaning {
  if (httpStatus === 404) {
    // "No known servers" and "no servers ... have been provided" mean that nobody could be asked.
    return { kind: 'tryElsewhere', reason: 'unreachable' }
  }
  if (httpStatus === 403) return forbidden(message)
  if (httpStatus >= 500) {
    // 502 "Failed to fetch alias" comes before anything was joined; everything else may have been acted upon.
    return /failed to fetch alias/i.test(message)
      ? { kind: 'tryElsewhere', reason: 'unreachable' }
      : { kind: 'unconfirmed' }
  }
  return { kind: 'final', reason: 'unknown' }
}

/** The server's words for the report. Error messages of homeservers hold no secrets, but are cut to be sure. */
export function wordsOf(answer: JoinAnswer): string {
  switch (answer.kind) {
    case 'joined':
      return '200'
    case 'refused':
      return `${answer.httpStatus} ${answer.errcode ?? ''} ${answer.message}`.trim().slice(0, 300)
    case 'lost':
      return 'no answer'
  }
}
