import { ownSpaceIds, type Facts, type RoomReport, type RoomView, type ServerReport } from './facts.ts'
import { isTooNew } from './room-versions.ts'

/** How a newcomer of one homeserver would fare at one room. */
export type Standing =
  /** Gets in, quickly, as the homeserver is in the room already. */
  | 'here'
  /** Gets in. */
  | 'open'
  /** Gets in once they are in the space. */
  | 'members'
  /** Waits for a moderator. */
  | 'asks'
  /** Not known: the room hides itself, or the homeserver wouldn't be asked so fast. */
  | 'unknown'
  /** Gets into an old, empty room. */
  | 'moved'
  /** By invitation only. */
  | 'closed'
  /** For members of a space that isn't the community's. */
  | 'elsewhere'
  /** The homeserver doesn't know the room's version. */
  | 'tooNew'
  /** No such room. */
  | 'missing'
  /** The room's server or the homeserver doesn't answer. */
  | 'unreachable'

/** All standings, best first. */
export const standings = [
  ...(['here', 'open', 'members', 'asks', 'unknown'] as const),
  ...(['moved', 'closed', 'elsewhere', 'tooNew', 'missing', 'unreachable'] as const),
] satisfies readonly Standing[]

/** True where a newcomer would not come into the room that is meant. */
export function isFailure(standing: Standing): boolean {
  return standings.indexOf(standing) >= standings.indexOf('moved')
}

/** How a room stands as seen from one homeserver. */
export function standingOf(
  facts: Facts,
  report: RoomReport,
  view: RoomView,
  server: ServerReport | undefined,
): Standing {
  const { details, movedTo } = report
  if (server?.isReachable === false || view.sight === 'unreachable') return 'unreachable'
  if (view.sight === 'missing') return 'missing'
  if (movedTo !== null) return 'moved'
  if (server !== undefined && details !== null && isTooNew(server, details.version)) return 'tooNew'
  const entry = entryOf(facts, report)
  if (entry !== 'open') return entry
  return view.isHere === true ? 'here' : 'open'
}

/** How one gets into a room, wherever one is. */
export function entryOf(
  facts: Facts,
  { details }: RoomReport,
): 'open' | 'members' | 'asks' | 'unknown' | 'closed' | 'elsewhere' {
  switch (details?.joinRule ?? null) {
    case 'public':
      return 'open'
    case 'knock':
      return 'asks'
    case 'invite':
      return 'closed'
    case 'restricted':
    case 'knock_restricted': {
      const allowed = details?.allowedRoomIds ?? null
      if (allowed === null) return 'unknown'
      const own = ownSpaceIds(facts)
      if (allowed.some((id) => own.has(id))) return 'members'
      return details?.joinRule === 'knock_restricted' ? 'asks' : 'elsewhere'
    }
    case null:
      return 'unknown'
  }
}
