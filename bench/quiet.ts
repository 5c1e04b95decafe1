import type { Limits } from '../practice/limits.ts'
import type { ServerName } from '../practice/servers.ts'
import { lastJoin, measure, type Run } from './measure.ts'
import { auxolotlRooms, makeRooms, type RoomList } from './room-lists.ts'
import { onStage } from './stage.ts'
import { foyer, foyerQuietly } from './ways/foyer.ts'

const PAIRS = 5

/** How much later the last room may be joined. */
const MOST_LATER = 1.05

/** One case, as the JSON has it. Seconds until the last room was joined, medians of several runs. */
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
}

const scenes: readonly Scene[] = [
  { name: '200 rooms local, no limits', limits: 'raised', server: 'auxolotl.org', rooms: 200 },
  {
    name: '33 rooms local, limits 20 times faster',
    limits: 'twentyfold',
    server: 'auxolotl.org',
    rooms: auxolotlRooms,
  },
]

/** What a quiet start costs beside joining: runs with and without it in pairs, whose order alternates. */
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

function playQuiet({ name, limits, server, rooms }: Scene, signal: AbortSignal): Promise<QuietCase> {
  return onStage(limits, signal, async (stage) => {
    const list = typeof rooms === 'number' ? await makeRooms(stage.world, server, rooms) : rooms
    // The first to come pays for what the homeserver then remembers.
    await measure(stage, server, list, foyer)
    const plain: Run[] = []
    const quiet: Run[] = []
    for (let pair = 0; pair < PAIRS; pair++) {
      const isPlainFirst = pair % 2 === 0
      if (isPlainFirst) plain.push(await measure(stage, server, list, foyer))
      quiet.push(await measure(stage, server, list, foyerQuietly))
      if (!isPlainFirst) plain.push(await measure(stage, server, list, foyer))
    }
    const plainSeconds = median(plain.map(lastJoin))
    const quietSeconds = median(quiet.map(lastJoin))
    return {
      name,
      rooms: plain[0]?.rooms ?? 0,
      plain_s: round(plainSeconds),
      quiet_s: round(quietSeconds),
      ratio: round(quietSeconds / plainSeconds),
      quiet_end_s: round(median(quiet.map((run) => run.seconds))),
      refused: Math.max(...[...plain, ...quiet].map((run) => run.refused)),
    }
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

function round(value: number): number {
  return Number(value.toFixed(3))
}
