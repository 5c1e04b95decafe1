import { middlePair, type Pair } from './pairs.ts'
import { lastJoin, type Run } from './measure.ts'
import { mostOverBound, type ScenePlayed } from './scenes.ts'
import { foyer } from './ways/foyer.ts'
import { bareLoop } from './ways/loops.ts'

/** One case, as the JSON has it. */
export interface CaseResult {
  readonly name: string
  readonly rooms: number
  /** For the rooms without limits, the time of the bare loop. */
  readonly bound_s: number
  /** Null where the program couldn't be installed, and so for all that follows. */
  readonly took_s: number | null
  /** Null where not every room was joined, since then less was done than the bound is for. */
  readonly ratio: number | null
  readonly refused: number | null
  readonly requests: number | null
  readonly joined: number | null
}

/** A case and what it must show. */
export interface Verdict {
  readonly result: CaseResult
  /** Sentences that say what is missed and by how much. */
  readonly shortfalls: readonly string[]
}

/** The cases of a scene. Only ours has something to show. */
export function verdictsOf({ scene, places, bound, runs }: ScenePlayed): Verdict[] {
  const buckets = places.remote === 0 ? 1 : 2
  return runs.map(({ way, run }) => {
    const result = caseResult(`${scene.name}: ${way.name}`, bound, run)
    const isOurs = way === foyer
    return { result, shortfalls: isOurs ? shortfalls(result, mostOverBound[scene.limits], buckets) : [] }
  })
}

/**
 * The cases without limits, of the pair in the middle. The bar is for what both do: letting every room be joined. Ours then
 * looks for rooms that were replaced, which a bare loop leaves out, so that its whole time stands beside it without a bar.
 */
export function overheadVerdicts(pairs: readonly Pair[]): Verdict[] {
  const name = '200 rooms without limits'
  const untilLast = (run: Run): Run => ({ ...run, seconds: lastJoin(run) })
  const { ours, plain: bare } = middlePair(pairs)
  const bound = lastJoin(bare)
  const result = caseResult(`${name}: ${foyer.name}, last room`, bound, untilLast(ours))
  return [
    { result, shortfalls: shortfalls(result, mostOverBound.raised, 0) },
    { result: caseResult(`${name}: ${foyer.name}, done`, bound, ours), shortfalls: [] },
    { result: caseResult(`${name}: ${bareLoop.name}`, bound, untilLast(bare)), shortfalls: [] },
  ]
}

/** The case of a program that can't be had here. */
export function notInstalled(name: string, rooms: number, bound: number): Verdict {
  const nothing = { took_s: null, ratio: null, refused: null, requests: null, joined: null }
  return { result: { name, rooms, bound_s: round(bound), ...nothing }, shortfalls: [] }
}

function caseResult(name: string, bound: number, run: Run): CaseResult {
  const { rooms, seconds, refused, requests, joined } = run
  const ratio = joined < rooms || bound === 0 ? null : round(seconds / bound, 3)
  return { name, rooms, bound_s: round(bound), took_s: round(seconds), ratio, refused, requests, joined }
}

function shortfalls(
  { name, rooms, ratio, refused, joined }: CaseResult,
  most: number,
  mostRefused: number,
): string[] {
  return [
    joined !== rooms && `${name}: joined ${joined} of ${rooms} rooms`,
    ratio !== null && ratio > most && `${name}: ratio ${ratio}, ${round(ratio - most, 3)} over ${most}`,
    Number(refused) > mostRefused && `${name}: ${refused} refusals instead of at most ${mostRefused}`,
  ].filter((text) => text !== false)
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
