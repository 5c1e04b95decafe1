import type { Limits } from '../practice/limits.ts'
import type { ServerName } from '../practice/servers.ts'
import { lastJoin } from './measure.ts'
import { measurePairs, middlePair } from './pairs.ts'
import { auxolotlRooms, makeRooms, type RoomList } from './room-lists.ts'
import { onStage } from './stage.ts'
import { foyer, foyerQuietly } from './ways/foyer.ts'

/** How much later the last room may be joined. */
const MOST_LATER = 1.05

/** One case, as the JSON has it: the pair in the middle by its ratio. Seconds until the last room was joined. */
export interface QuietCase {
  readonly name: string
  readonly rooms: number
  readonly plain_s: number
  readonly quiet_s: number
  readonly ratio: number
  /** From the start until the last rule was set, too. */
  readonly quiet_end_s: number
  /** Join requests that were refused, in the worst run. */
  readonly refused: number
}

interface Scene {
  readonly name: string
  readonly limits: Limits
  readonly server: ServerName
  readonly rooms: number | RoomList
  /** Where limits tell how long it takes fewer will do. */
  readonly pairs: number
}

const scenes: readonly Scene[] = [
  { name: '200 rooms local, no limits', limits: 'raised', server: 'auxolotl.org', rooms: 200, pairs: 9 },
  {
    name: '33 rooms local, limits 20 times faster',
    limits: 'twentyfold',
    server: 'auxolotl.org',
    rooms: auxolotlRooms,
    pairs: 3,
  },
]

/** What a quiet start costs beside joining. */
export async function measureQuiet(signal: AbortSignal): Promise<QuietCase[]> {
  const cases: QuietCase[] = []
  for (const scene of scenes) cases.push(await playQuiet(scene, signal))
  return cases
}

/** Sentences for the cases in which joining became slower than it may. */
export function quietShortfalls(cases: readonly QuietCase[]): string[] {
  return cases
    .filter(({ ratio }) => ratio > MOST_LATER)
    .map(({ name, ratio }) => `${name}: the last room is joined ${ratio} times as late`)
}

function playQuiet(scene: Scene, signal: AbortSignal): Promise<QuietCase> {
  const { name, limits, server, rooms } = scene
  return onStage(limits, signal, async (stage) => {
    const list = typeof rooms === 'number' ? await makeRooms(stage.world, server, rooms) : rooms
    const ways = { ours: foyerQuietly, plain: foyer }
    const pairs = await measurePairs(stage, server, list, ways, scene.pairs)
    const { ours, plain } = middlePair(pairs)
    return {
      name,
      rooms: plain.rooms,
      plain_s: round(lastJoin(plain)),
      quiet_s: round(lastJoin(ours)),
      ratio: round(lastJoin(ours) / lastJoin(plain)),
      quiet_end_s: round(ours.seconds),
      refused: Math.max(...pairs.flatMap((pair) => [pair.ours.refused, pair.plain.refused])),
    }
  })
}

function round(value: number): number {
  return Number(value.toFixed(3))
}
