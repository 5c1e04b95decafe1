import { complaintsOf, missingRooms } from './complaints.ts'
import { runPass, type Pass } from './pass.ts'
import type { Fault } from './proxy/fault.ts'
import type { FaultPlan } from './proxy/fault-proxy.ts'
import type { Step } from './proxy/step.ts'
import type { Stage } from './stage.ts'

/** How often a fault happens at its step: to so many requests in a row, from the first on. */
export type Times = 1 | 3 | 12

/** What became of one cell of the matrix. */
export interface Cell {
  /** How the run ended: the type of its last news, and its reason if it has one. */
  readonly outcome: string
  readonly complaints: readonly string[]
  readonly took: number
  /** How many requests met the fault. */
  readonly met: number
}

/** False for an answer that nobody can tell from the right one: signing out is answered with an empty object. */
export function isTellable(step: Step, fault: Fault): boolean {
  const isObject = fault.kind === 'garbled' && ['emptyObject', 'wrongTypes', 'list'].includes(fault.body)
  return step !== 'logout' || !isObject
}

/** The fault happens to the first requests of a step. */
export function planFor(step: Step, fault: Fault, times: number): FaultPlan {
  let count = 0
  return (request) => (request.step === step && count++ < times ? fault : null)
}

/**
 * Runs the command while one fault happens at one step, then once more without faults from where it stopped. At the
 * end every room must be joined.
 */
export async function runCell(stage: Stage, step: Step, fault: Fault, times: Times): Promise<Cell> {
  const secret = step === 'whoami' ? 'token' : 'password'
  stage.proxy.forget()
  const first = await runPass(stage, { plan: planFor(step, fault, times), secret })
  const complaints = complaintsOf(stage, first)
  let last: Pass = first
  // Rooms that a fault has cost go back in line by beginning anew, as people would.
  if (missingRooms(stage, first).length > 0) {
    last = await runPass(stage, { plan: null, secret, person: first.person })
    complaints.push(...complaintsOf(stage, last).map((complaint) => `going on: ${complaint}`))
  }
  const missing = missingRooms(stage, isHiccup(step, fault, times) ? first : last)
  if (missing.length > 0) complaints.push(`lost for good: ${missing.join(', ')}`)
  return {
    outcome: outcomeOf(first),
    complaints,
    took: first.took,
    met: first.records.filter((record) => record.fault !== null).length,
  }
}

// One that costs nothing. A broken handshake comes after a lost connection, so before signing in it makes two.
function isHiccup(step: Step, fault: Fault, times: Times): boolean {
  const isEarly = ['wellKnown', 'versions', 'login', 'whoami'].includes(step)
  return times === 1 && !(isEarly && fault.kind === 'tls')
}

function outcomeOf({ news }: Pass): string {
  const last = news.at(-1)
  if (last?.type === 'failed') return `failed: ${last.reason}`
  if (last?.type !== 'finished') return last?.type ?? 'nothing'
  const reasons = last.notJoined.map(({ reason }) => reason).filter((reason) => reason !== 'asked')
  return reasons.length === 0 ? 'finished' : `finished: ${[...new Set(reasons)].join(', ')}`
}
