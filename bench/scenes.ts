import { joinLimits, type Limits } from '../practice/limits.ts'
import type { ServerName } from '../practice/servers.ts'
import { boundSeconds, type Places } from './bound.ts'
import { measure, type Run, type Way } from './measure.ts'
import { auxolotlRooms, galaxyRooms, type RoomList } from './room-lists.ts'
import { onStage, placesOf } from './stage.ts'

/** A list of rooms, a homeserver to join them from, and its limits. Played in a world of its own. */
export interface Scene {
  readonly name: string
  readonly limits: Limits
  readonly server: ServerName
  readonly list: RoomList
  /** What the list must be for the homeserver, so that a scene measures what its name says. */
  readonly isFitting: (places: Places) => boolean
  /** Other ways to join beside ours. For local rooms only: whoever goes first brings the server into the others. */
  readonly hasPeers: boolean
  /** Takes half an hour or more. */
  readonly isLong: boolean
}

/** What came out for each way. */
export interface ScenePlayed {
  readonly scene: Scene
  readonly places: Places
  readonly bound: number
  readonly runs: readonly { readonly way: Way; readonly run: Run }[]
}

/** How much longer than the bound our own way may take. */
export const mostOverBound: Readonly<Record<Limits, number>> = {
  default: 1.02,
  twentyfold: 1.1,
  raised: 1.05,
}

const limitsTexts: Readonly<Record<Limits, string>> = {
  default: 'default limits',
  twentyfold: 'limits 20 times faster',
  raised: 'no limits',
}

/** The scenes in the order of the table. */
export const scenes: readonly Scene[] = (['default', 'twentyfold'] as const).flatMap((limits) => [
  {
    name: `33 rooms local, ${limitsTexts[limits]}`,
    limits,
    server: 'auxolotl.org',
    list: auxolotlRooms,
    isFitting: ({ remote }) => remote === 0,
    hasPeers: limits === 'twentyfold',
    isLong: false,
  },
  {
    name: `33 rooms federated, ${limitsTexts[limits]}`,
    limits,
    // Has people, but none of them is in a room of Auxolotl's.
    server: 'tu-dresden.de',
    list: auxolotlRooms,
    isFitting: ({ local }) => local === 0,
    hasPeers: false,
    isLong: limits === 'default',
  },
  {
    name: `71 rooms mixed, ${limitsTexts[limits]}`,
    limits,
    // Has 40 of Galaxy's rooms; the space and the others are on matrix.org.
    server: 'gitter.im',
    list: galaxyRooms,
    isFitting: ({ local, remote }) => local > remote / 2 && remote > local / 2,
    hasPeers: false,
    isLong: limits === 'default',
  },
])

/** Plays a scene: every way in turn, each with a fresh account. */
export async function play(scene: Scene, ways: readonly Way[], signal: AbortSignal): Promise<ScenePlayed> {
  return onStage(scene.limits, signal, async (stage) => {
    const places = await placesOf(stage, scene.server, scene.list)
    if (!scene.isFitting(places))
      throw new Error(`${scene.name}: ${places.local} are local and ${places.remote} are not`)
    const runs: { way: Way; run: Run }[] = []
    for (const way of ways) runs.push({ way, run: await measure(stage, scene.server, scene.list, way) })
    return { scene, places, bound: boundSeconds(places, joinLimits[scene.limits]), runs }
  })
}
