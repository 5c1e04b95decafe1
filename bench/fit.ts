import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fitOf, roomsToPlace, type RoomPlace } from '../core/homeservers/fit.ts'
import { RoomPlaces } from '../matrix/homeserver/room-places.ts'
import { askAdmin, resolveAlias } from '../practice/admin.ts'
import { serverNames, type ServerName } from '../practice/servers.ts'
import type { PracticeWorld } from '../practice/world.ts'
import { measure } from './measure.ts'
import { auxolotlRooms, communityOf, galaxyRooms, type RoomList } from './room-lists.ts'
import { onStage, type Stage } from './stage.ts'
import { foyer } from './ways/foyer.ts'

/** What was said before joining, and what it came to. */
export interface FitResult {
  readonly name: string
  readonly rooms: number
  /** Rooms that the homeserver said it takes part in, when nobody was signed in. */
  readonly here: number
  /** Those that people of it are in, by its own administrator's list; and whether it is the same ones. */
  readonly truly: number
  readonly isTrue: boolean
  /** The time that the card shows, by a twentieth, since the limits are 20 times faster. */
  readonly predicted_s: number
  readonly measured_s: number
  /** Measured by predicted. */
  readonly ratio: number
  readonly joined: number
}

/** How far the prediction may be off, either way. */
export const MOST_OFF = 0.2

/** Runs that take longer than so many seconds are mostly waiting, and go side by side; the others one by one. */
const LONG = 30

interface Case {
  readonly name: string
  readonly server: ServerName
  readonly list: RoomList
}

const cases: readonly Case[] = [
  ...serverNames.map((server) => ({ name: `Auxolotl from ${server}`, server, list: auxolotlRooms })),
  { name: 'Galaxy from gitter.im', server: 'gitter.im', list: galaxyRooms },
]

/**
 * For every homeserver of the practice world: the joining time that its card shows before there is an account, beside the
 * time that joining then takes. Everything is asked before anything is joined, as joining changes who is where.
 */
export async function measureFit(signal: AbortSignal): Promise<readonly FitResult[]> {
  return onStage('twentyfold', signal, async (stage) => {
    const announced: { each: Case; prediction: Prediction }[] = []
    for (const each of cases) announced.push({ each, prediction: await predict(stage, each) })
    const done = new Map<Case, FitResult>()
    const isShort = ({ prediction }: { prediction: Prediction }): boolean => prediction.seconds < LONG
    for (const { each, prediction } of announced.filter(isShort))
      done.set(each, await play(stage, each, prediction))
    const long = announced.filter((one) => !isShort(one))
    await Promise.all(
      long.map(async ({ each, prediction }) => done.set(each, await play(stage, each, prediction))),
    )
    return cases.flatMap((each) => done.get(each) ?? [])
  })
}

interface Prediction {
  readonly here: number
  readonly truly: number
  readonly isTrue: boolean
  readonly seconds: number
}

async function predict({ world, fetch, signal }: Stage, { server, list }: Case): Promise<Prediction> {
  const community = communityOf(list)
  const places = new Map<string, RoomPlace>()
  const card = { name: server, baseUrl: `https://${server}` }
  await new RoomPlaces(fetch, () => performance.now()).ask(
    card,
    roomsToPlace(community),
    signal,
    (key, place) => {
      places.set(key, place)
    },
  )
  const { roomsHere, seconds } = fitOf(community, places)
  if (seconds === null || seconds.low !== seconds.high)
    throw new Error(`${server} did not answer for every room`)
  const there = await roomsOf(world, server)
  const truly: string[] = []
  for (const { key, address } of community.rooms) {
    const roomId = await resolveAlias(world, address)
    if (roomId !== undefined && there.has(roomId)) truly.push(key)
  }
  const isTrue = truly.toSorted().join() === roomsHere.toSorted().join()
  return { here: roomsHere.length, truly: truly.length, isTrue, seconds: seconds.high / 20 }
}

const roomsSchema = z.array(z.object({ room_id: z.string(), joined_local_members: z.int() }))

/** IDs of the rooms that people of a homeserver are in. */
async function roomsOf(world: PracticeWorld, server: ServerName): Promise<ReadonlySet<string>> {
  const answer = await askAdmin(world, server, '/v1/rooms?limit=1000')
  const rooms = roomsSchema.parse(answer['rooms'])
  return new Set(rooms.filter((room) => room.joined_local_members > 0).map((room) => room.room_id))
}

async function play(stage: Stage, { name, server, list }: Case, prediction: Prediction): Promise<FitResult> {
  const scratch = join(stage.scratch, name)
  await mkdir(scratch)
  const { seconds, rooms, joined } = await measure({ ...stage, scratch }, server, list, foyer)
  const ratio = Number((seconds / prediction.seconds).toFixed(3))
  return {
    name,
    rooms,
    here: prediction.here,
    truly: prediction.truly,
    isTrue: prediction.isTrue,
    predicted_s: Number(prediction.seconds.toFixed(2)),
    measured_s: Number(seconds.toFixed(2)),
    ratio,
    joined,
  }
}

/** Sentences that say what is missed and by how much. */
export function fitShortfalls(results: readonly FitResult[]): string[] {
  return results.flatMap(({ name, rooms, here, truly, isTrue, joined, ratio, predicted_s, measured_s }) =>
    [
      !isTrue && `${name}: ${here} rooms were said to be there, ${truly} are, or others`,
      joined !== rooms && `${name}: joined ${joined} of ${rooms} rooms`,
      Math.abs(ratio - 1) > MOST_OFF && `${name}: ${predicted_s} s predicted, ${measured_s} s measured`,
    ].filter((text) => text !== false),
  )
}
