import { ConnectionError, HTTPError, MatrixError } from 'matrix-js-sdk'
import type { Refusal } from '../../core/joining/answer.ts'

/** A failed request, freed from the library's classes. `httpStatus` is null where no answer came. */
export interface RequestFailure {
  readonly httpStatus: number | null
  readonly errcode: string | null
  readonly message: string
  /** Milliseconds that the server asks to wait, null where it says nothing usable. */
  readonly retryAfter: number | null
  /** Further fields of the error's body, such as the flows of user-interactive authentication. */
  readonly data: Readonly<Record<string, unknown>>
}

/** Translates what matrix-js-sdk throws. Anything that isn't a request's failure is a bug and thrown again. */
export function failureOf(error: unknown): RequestFailure {
  if (error instanceof MatrixError) {
    return {
      httpStatus: error.httpStatus ?? null,
      errcode: error.errcode ?? null,
      message: typeof error.data.error === 'string' ? error.data.error : '',
      retryAfter: retryAfterOf(error),
      data: error.data,
    }
  }
  if (error instanceof HTTPError) {
    const httpStatus = error.httpStatus ?? null
    return { httpStatus, errcode: null, message: error.message, retryAfter: retryAfterOf(error), data: {} }
  }
  if (error instanceof ConnectionError || isFetchFailure(error)) {
    return { httpStatus: null, errcode: null, message: String(error), retryAfter: null, data: {} }
  }
  throw error
}

/** The answer that a failed join or knock request amounts to. */
export function refusalOf(error: unknown): Refusal {
  const { httpStatus, errcode, message, retryAfter } = failureOf(error)
  return httpStatus === null
    ? { kind: 'lost', message }
    : { kind: 'refused', httpStatus, errcode, message, retryAfter }
}

// retry_after_ms is exact where Retry-After is rounded up to seconds, so the body comes first (Synapse sends both).
function retryAfterOf(error: HTTPError): number | null {
  if (error instanceof MatrixError && typeof error.data['retry_after_ms'] === 'number') {
    return error.data['retry_after_ms']
  }
  const header = error.httpHeaders?.get('Retry-After')
  if (!header) return null
  const seconds = Number(header)
  const value = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - momentOf(error)
  return Number.isFinite(value) ? value : null
}

// When the server answered, by its own clock: this computer's may be wrong by years.
function momentOf({ httpHeaders }: HTTPError): number {
  const said = Date.parse(httpHeaders?.get('Date') ?? '')
  return Number.isFinite(said) ? said : Date.now()
}

// fetch throws a TypeError for every network failure, and an AbortError or TimeoutError when it was given up.
function isFetchFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    ['AbortError', 'TimeoutError', 'SyntaxError'].includes(error.name) ||
    error.message.startsWith('net::') ||
    error instanceof TypeError
  )
}
