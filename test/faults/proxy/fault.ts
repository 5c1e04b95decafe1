/** How a server, or something on the way to it, may misbehave. `isActed`: the homeserver has carried the request out. */
export type Fault =
  /** The right answer, but late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The right answer, with a header in other letters than HTTP has. */
  | { readonly kind: 'header' }
  /** An answer of a broken server, or of a proxy that has given the server up. */
  | {
      readonly kind: 'status'
      readonly status: 500 | 502 | 503 | 504 | 524 | 999
      readonly page: 'html' | 'matrix' | 'dendrite' | 'nothing'
      readonly isActed: boolean
    }
  /** The connection is lost: before the homeserver sees the request, before its answer, or in the middle of that. */
  | { readonly kind: 'drop'; readonly when: 'arrival' | 'acted' | 'midBody' }
  /** Status 200 with a body that isn't the answer. */
  | { readonly kind: 'garbled'; readonly body: Garbling; readonly isActed: boolean }
  | { readonly kind: 'limit'; readonly says: LimitShape }
  /** Points to itself for ever, or to a file of the client's computer. 302 turns a POST into a GET, 307 doesn't. */
  | { readonly kind: 'redirect'; readonly status: 302 | 307; readonly to: 'itself' | 'file' }
  /** Keeps silent until the client gives up. */
  | { readonly kind: 'hang'; readonly isActed: boolean }
  /** Sends the head of the right answer, then a byte now and then, for ever. */
  | { readonly kind: 'drip' }
  /** Loses the connection, and as many of the next ones to this server in their TLS handshake. */
  | { readonly kind: 'tls'; readonly how: 'wrongName' | 'noTls'; readonly connections: number }

/** Bodies that are no answer: half of it, tens of megabytes, a login page of a café, or JSON of another shape. */
export type Garbling =
  'truncated' | 'huge' | 'html' | 'nothing' | 'emptyObject' | 'wrongTypes' | 'list' | 'null'

/** What a rate limit says of the time to wait. */
export type LimitShape =
  | 'seconds'
  | 'date'
  | 'milliseconds'
  | 'nothing'
  | 'zero'
  | 'negative'
  | 'words'
  | 'hour'
  | 'dendrite'
  | 'html'

/** Every fault that the tests go through, by a name for people. */
export const faultCatalogue: Readonly<Record<string, Fault>> = {
  'late answer': { kind: 'delay', ms: 400 },
  '500 before': { kind: 'status', status: 500, page: 'matrix', isActed: false },
  '500 after': { kind: 'status', status: 500, page: 'matrix', isActed: true },
  '500 of Dendrite after': { kind: 'status', status: 500, page: 'dendrite', isActed: true },
  '502 before': { kind: 'status', status: 502, page: 'html', isActed: false },
  '502 after': { kind: 'status', status: 502, page: 'html', isActed: true },
  '503 before': { kind: 'status', status: 503, page: 'html', isActed: false },
  '504 before': { kind: 'status', status: 504, page: 'nothing', isActed: false },
  '504 after': { kind: 'status', status: 504, page: 'nothing', isActed: true },
  '524 before': { kind: 'status', status: 524, page: 'html', isActed: false },
  '524 after': { kind: 'status', status: 524, page: 'html', isActed: true },
  'dropped on arrival': { kind: 'drop', when: 'arrival' },
  'dropped before the answer': { kind: 'drop', when: 'acted' },
  'dropped in the body': { kind: 'drop', when: 'midBody' },
  'truncated JSON': { kind: 'garbled', body: 'truncated', isActed: true },
  'huge JSON': { kind: 'garbled', body: 'huge', isActed: true },
  'HTML instead, before': { kind: 'garbled', body: 'html', isActed: false },
  'HTML instead, after': { kind: 'garbled', body: 'html', isActed: true },
  'empty body': { kind: 'garbled', body: 'nothing', isActed: true },
  'empty object': { kind: 'garbled', body: 'emptyObject', isActed: false },
  'empty object, after': { kind: 'garbled', body: 'emptyObject', isActed: true },
  'wrong types': { kind: 'garbled', body: 'wrongTypes', isActed: false },
  'a list': { kind: 'garbled', body: 'list', isActed: false },
  null: { kind: 'garbled', body: 'null', isActed: true },
  '429 in seconds': { kind: 'limit', says: 'seconds' },
  '429 until a date': { kind: 'limit', says: 'date' },
  '429 in milliseconds': { kind: 'limit', says: 'milliseconds' },
  '429 without a time': { kind: 'limit', says: 'nothing' },
  '429 of zero': { kind: 'limit', says: 'zero' },
  '429 of less than zero': { kind: 'limit', says: 'negative' },
  '429 in words': { kind: 'limit', says: 'words' },
  '429 of Dendrite': { kind: 'limit', says: 'dendrite' },
  '429 as HTML': { kind: 'limit', says: 'html' },
  'redirect loop': { kind: 'redirect', status: 307, to: 'itself' },
  'redirect loop as GET': { kind: 'redirect', status: 302, to: 'itself' },
  'silence before': { kind: 'hang', isActed: false },
  'silence after': { kind: 'hang', isActed: true },
  'slow drip': { kind: 'drip' },
  'wrong certificate': { kind: 'tls', how: 'wrongName', connections: 1 },
  'no TLS': { kind: 'tls', how: 'noTls', connections: 1 },
  'a header in other letters': { kind: 'header' },
  '999 after': { kind: 'status', status: 999, page: 'matrix', isActed: true },
  'redirect to a file': { kind: 'redirect', status: 307, to: 'file' },
}

/** Faults in which the client gets the homeserver's own answer in the end. */
type Nuisance = Extract<Fault, { kind: 'delay' | 'header' }>

/** Faults in which it doesn't. */
export type Misbehaviour = Exclude<Fault, Nuisance>

/** Whether the client gets the homeserver's own answer in the end. */
export function keepsAnswer(fault: Fault | null): fault is Nuisance | null {
  return fault === null || fault.kind === 'delay' || fault.kind === 'header'
}

/** Whether the client can tell from what it gets that the homeserver has done nothing. */
export function saysNothingDone(fault: Fault): boolean {
  return fault.kind === 'limit'
}

/** Whether the homeserver sees the request at all. */
export function reachesServer(fault: Fault | null): boolean {
  if (fault === null) return true
  switch (fault.kind) {
    case 'delay':
    case 'header':
    case 'drip':
      return true
    case 'status':
    case 'garbled':
    case 'hang':
      return fault.isActed
    case 'drop':
      return fault.when !== 'arrival'
    case 'limit':
    case 'redirect':
    case 'tls':
      return false
  }
}
