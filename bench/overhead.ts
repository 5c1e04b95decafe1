import { lastJoin, measure, type Run } from './measure.ts'
import { makeRooms } from './room-lists.ts'
import { onStage } from './stage.ts'
import { foyer } from './ways/foyer.ts'
import { bareLoop } from './ways/loops.ts'

const ROOMS = 200
const PAIRS = 9
const server = 'auxolotl.org'

/** Our run and the bare loop's over the same rooms, one right after the other. */
export interface Pair {
  readonly ours: Run
  readonly bare: Run
}

/** What our own way costs where nothing limits it: pairs of runs whose order alternates. */
export async function measureOverhead(signal: AbortSignal): Promise<readonly Pair[]> {
  return onStage('raised', signal, async (stage) => {
    const list = await makeRooms(stage.world, server, ROOMS)
    // The first to come pays for what the homeserver then remembers.
    await measure(stage, server, list, bareLoop)
    const pairs: Pair[] = []
    while (pairs.length < PAIRS) {
      const isOursFirst = pairs.length % 2 === 0
      const early = await measure(stage, server, list, isOursFirst ? foyer : bareLoop)
      const late = await measure(stage, server, list, isOursFirst ? bareLoop : foyer)
      pairs.push(isOursFirst ? { ours: early, bare: late } : { ours: late, bare: early })
    }
    return pairs
  })
}

/**
 * The pair in the middle by how much longer ours took until the last room. A computer may be faster one minute than the
 * next, which both runs of a pair share.
 */
export function middlePair(pairs: readonly Pair[]): Pair {
  const ratio = ({ ours, bare }: Pair): number => lastJoin(ours) / lastJoin(bare)
  const middle = pairs.toSorted((one, other) => ratio(one) - ratio(other))[Math.floor(pairs.length / 2)]
  if (middle === undefined) throw new Error('There is no pair to take the middle of')
  return middle
}
