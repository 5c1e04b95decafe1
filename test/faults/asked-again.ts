import { saysNothingDone } from './proxy/fault.ts'
import { addressOf, type RequestRecord } from './proxy/record.ts'

/** What must never happen to a room, found in what the proxy saw of one person. */
export interface Breaches {
  /**
   * Rooms that were asked for although a whole 200 for them, or a whole list of joined rooms that names them, had been
   * handed over before. That counts from the last byte leaving the proxy, so also where Foyer was killed before it
   * could read it.
   */
  readonly afterYes: readonly string[]
  /** Rooms that were asked for again after an answer was lost, without a list of joined rooms in between. */
  readonly unverified: readonly string[]
}

/** Looks for breaches. `roomIdOf` gives the ID behind an alias, and IDs as they are. */
export function breachesOf(
  records: readonly RequestRecord[],
  roomIdOf: (address: string) => string,
): Breaches {
  const asks = records
    .filter((record) => record.step === 'join')
    .map((record) => ({ record, roomId: roomIdOf(addressOf(record)) }))
  const lists = records.filter(
    (record) => record.step === 'joinedRooms' && record.delivered !== null && record.answer?.status === 200,
  )
  const isBefore = (moment: number | null, other: number): boolean => moment !== null && moment < other
  const afterYes = asks.filter(({ record, roomId }) => {
    const isYes = (each: (typeof asks)[number]): boolean =>
      each.roomId === roomId &&
      each.record.answer?.status === 200 &&
      isBefore(each.record.delivered, record.arrived)
    const isNamed = (list: RequestRecord): boolean =>
      isBefore(list.delivered, record.arrived) && joinedIn(list.answer?.body).includes(roomId)
    return asks.some(isYes) || lists.some(isNamed)
  })
  const unverified = asks.filter(({ record, roomId }) => {
    const before = asks.findLast(
      (each) => each.roomId === roomId && isBefore(each.record.arrived, record.arrived),
    )?.record
    if (before === undefined || before.delivered !== null) return false
    if (before.fault !== null && saysNothingDone(before.fault)) return false
    return !lists.some((list) => list.arrived > before.arrived && isBefore(list.delivered, record.arrived))
  })
  const named = (found: typeof asks): string[] => found.map(({ record }) => addressOf(record))
  return { afterYes: named(afterYes), unverified: named(unverified) }
}

function joinedIn(body: unknown): readonly unknown[] {
  const rooms = (body as { joined_rooms?: unknown } | null)?.joined_rooms
  return Array.isArray(rooms) ? rooms : []
}
