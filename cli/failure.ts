/** Exit codes, as the README promises them. An interrupted run ends with 128 and the signal's number, as shells do. */
export const exitCodes = { allJoined: 0, failed: 1, usage: 2, someNotJoined: 3, findings: 3 } as const

/** Why a run ended early, for programs. */
export const failureReasons = [
  'usage',
  'noServer',
  'signIn',
  'notFound',
  'unreachable',
  'journal',
  'network',
  'signedOut',
  'locked',
  'suspended',
  'deactivated',
  'expired',
  'plan',
  'terms',
  'unknown',
] as const
export type FailureReason = (typeof failureReasons)[number]

/**
 * Ends the run with one sentence for people. Thrown, where the rest of Foyer returns values: a command has one place
 * that listens, at the very top.
 */
export class Failure extends Error {
  readonly reason: FailureReason

  constructor(reason: FailureReason, sentence: string) {
    super(sentence)
    this.reason = reason
  }

  get exit(): 1 | 2 {
    return this.reason === 'usage' ? exitCodes.usage : exitCodes.failed
  }
}

/** The Ctrl-C of a person or of the system, thrown by whatever was waiting. */
export class Interrupted extends Error {}

/** The system's own word for a failed file operation, as `ENOENT`; anything else is a bug and thrown again. */
export function systemCodeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  throw error
}
