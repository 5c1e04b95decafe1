import type { Fault } from './fault.ts'
import type { Step } from './step.ts'

/** One request as the proxy saw it. Moments count up with everything that happens at the proxy, so no two are the same. */
export interface RequestRecord {
  readonly host: string
  readonly method: string
  /** Without its query. */
  readonly path: string
  readonly step: Step | null
  readonly fault: Fault | null
  readonly arrived: number
  /** The access token, so that people are told apart. */
  readonly token: string | null
  /** What the homeserver answered; null while it hasn't, or where it never saw the request. */
  answer: { readonly status: number; readonly body: unknown } | null
  /** When the homeserver's own whole answer had been handed over to the client; null where that never was. */
  delivered: number | null
}

/** The room ID or alias that a join or knock asks for. */
export function addressOf({ path }: Pick<RequestRecord, 'path'>): string {
  return decodeURIComponent(path.split('/').at(-1) ?? '')
}
