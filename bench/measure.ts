import type { Session } from '../matrix/client.ts'
import { joinedRooms } from '../practice/admin.ts'
import type { ServerName } from '../practice/servers.ts'
import { joinLogOf } from './join-log.ts'
import { addressesOf, type RoomList } from './room-lists.ts'
import { newcomer, type Stage } from './stage.ts'

/** A way to join many rooms: ours, or somebody else's. Ends when it is done or gives up. */
export interface Way {
  readonly name: string
  readonly join: (stage: Stage, session: Session, list: RoomList) => Promise<void>
}

/** One run of one way by one fresh account. */
export interface Run {
  readonly rooms: number
  /** From starting the way until it ended, look-ups and follow-up requests included. */
  readonly seconds: number
  /** Join requests that the homeserver answered, and those of them that it answered with 429. */
  readonly requests: number
  readonly refused: number
  /** Rooms that the homeserver says the account is in afterwards. */
  readonly joined: number
  /** When each join was answered, in seconds after the first request came in. */
  readonly joinedAt: readonly number[]
}

/** When the last room was joined, in seconds after the first request. */
export function lastJoin({ joinedAt }: Run): number {
  return Math.max(...joinedAt)
}

/** Measures one run. Counts come from the homeserver, not from the way itself. */
export async function measure(stage: Stage, server: ServerName, list: RoomList, way: Way): Promise<Run> {
  const session = await newcomer(stage, server)
  stage.signal.throwIfAborted()
  const start = performance.now()
  await way.join(stage, session, list)
  const seconds = (performance.now() - start) / 1000
  stage.signal.throwIfAborted()
  const log = await joinLogOf(stage.world, session.userId)
  const first = Math.min(...log.map((request) => request.receivedAt))
  return {
    rooms: addressesOf(list).length,
    seconds,
    requests: log.length,
    refused: log.filter((request) => request.status === 429).length,
    joined: (await joinedRooms(stage.world, session.userId)).length,
    joinedAt: log
      .filter((request) => request.status === 200)
      .map((request) => (request.answeredAt - first) / 1000),
  }
}
