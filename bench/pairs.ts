import type { ServerName } from '../practice/servers.ts'
import { lastJoin, measure, type Run, type Way } from './measure.ts'
import type { RoomList } from './room-lists.ts'
import type { Stage } from './stage.ts'

/** Two ways over the same rooms, one right after the other. */
export interface Pair {
  /** The way that is measured. */
  readonly ours: Run
  /** What it is measured by. */
  readonly plain: Run
}

/** So many pairs of runs, in which now the one and now the other comes first. */
export async function measurePairs(
  stage: Stage,
  server: ServerName,
  list: RoomList,
  ways: { readonly ours: Way; readonly plain: Way },
  count: number,
): Promise<readonly Pair[]> {
  // The first to come pays for what the homeserver then remembers.
  await measure(stage, server, list, ways.plain)
  const pairs: Pair[] = []
  while (pairs.length < count) {
    const isOursFirst = pairs.length % 2 === 0
    const early = await measure(stage, server, list, isOursFirst ? ways.ours : ways.plain)
    const late = await measure(stage, server, list, isOursFirst ? ways.plain : ways.ours)
    pairs.push(isOursFirst ? { ours: early, plain: late } : { ours: late, plain: early })
  }
  return pairs
}

/**
 * The pair in the middle by how much longer ours took until the last room. A computer may be faster one minute than the
 * next, which both runs of a pair share.
 */
export function middlePair(pairs: readonly Pair[]): Pair {
  const ratio = ({ ours, plain }: Pair): number => lastJoin(ours) / lastJoin(plain)
  const middle = pairs.toSorted((one, other) => ratio(one) - ratio(other))[Math.floor(pairs.length / 2)]
  if (middle === undefined) throw new Error('There is no pair to take the middle of')
  return middle
}
