import { measurePairs, type Pair } from './pairs.ts'
import { makeRooms } from './room-lists.ts'
import { onStage } from './stage.ts'
import { foyer } from './ways/foyer.ts'
import { bareLoop } from './ways/loops.ts'

const ROOMS = 200
const PAIRS = 19
const server = 'auxolotl.org'

/** What our own way costs where nothing limits it, beside the bare loop. */
export async function measureOverhead(signal: AbortSignal): Promise<readonly Pair[]> {
  return onStage('raised', signal, async (stage) => {
    const list = await makeRooms(stage.world, server, ROOMS)
    return measurePairs(stage, server, list, { ours: foyer, plain: bareLoop }, PAIRS)
  })
}
