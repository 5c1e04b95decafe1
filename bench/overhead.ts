import { measure, type Run } from './measure.ts'
import { makeRooms } from './room-lists.ts'
import { onStage } from './stage.ts'
import { foyer } from './ways/foyer.ts'
import { bareLoop } from './ways/loops.ts'

const ROOMS = 200
const PAIRS = 5
const server = 'auxolotl.org'

/** Runs of ours and of the bare loop over the same rooms, in pairs whose order alternates. */
export interface Overhead {
  readonly ours: readonly Run[]
  readonly bare: readonly Run[]
}

/** What our own way costs where nothing limits it. */
export async function measureOverhead(signal: AbortSignal): Promise<Overhead> {
  return onStage('raised', signal, async (stage) => {
    const list = await makeRooms(stage.world, server, ROOMS)
    // The first to come pays for what the homeserver then remembers.
    await measure(stage, server, list, bareLoop)
    const ours: Run[] = []
    const bare: Run[] = []
    for (let pair = 0; pair < PAIRS; pair++) {
      const isOursFirst = pair % 2 === 0
      if (isOursFirst) ours.push(await measure(stage, server, list, foyer))
      bare.push(await measure(stage, server, list, bareLoop))
      if (!isOursFirst) ours.push(await measure(stage, server, list, foyer))
    }
    return { ours, bare }
  })
}

/** The run in the middle by time. */
export function medianRun(runs: readonly Run[]): Run {
  const middle = runs.toSorted((one, other) => one.seconds - other.seconds)[Math.floor(runs.length / 2)]
  if (middle === undefined) throw new Error('There is no run to take the median of')
  return middle
}
