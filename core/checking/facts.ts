import type { JoinRule, RoomFacts, SpaceChild } from '../communities/community.ts'
import type { SignUpKind } from '../onboarding/state.ts'
import type { Path } from './finding.ts'

/** A room as one homeserver sees it for somebody without an account. */
export interface RoomView {
  readonly server: string
  /** `limited`: the homeserver wanted to be asked more slowly, so this isn't known. */
  readonly sight: 'seen' | 'private' | 'missing' | 'unreachable' | 'limited'
  /** Whether the homeserver takes part in the room; null where it didn't say. */
  readonly isHere: boolean | null
}

/** Everything that was learnt of a room, from whichever server told most. */
export interface RoomDetails extends RoomFacts {
  /** Room version, such as “12”. */
  readonly version: string | null
  readonly isEncrypted: boolean | null
  /** For restricted rooms, whose members may join; null where no server said. */
  readonly allowedRoomIds: readonly string[] | null
  readonly mainAlias: string | null
}

/** Where a room has gone. */
export interface Replacement {
  readonly roomId: string
  readonly name: string | null
}

/** One room, or the space, with everything that was seen of it. */
export interface RoomReport {
  readonly address: string
  readonly path: Path
  /** What the manifest or the space calls it. */
  readonly label: string | null
  readonly isSuggested: boolean
  /** The server of the address, or the first that is named with an ID: the one that must know. */
  readonly home: RoomView | null
  /** From each homeserver that was asked for, in their order. */
  readonly views: readonly RoomView[]
  /** Null where nobody said anything. */
  readonly details: RoomDetails | null
  readonly movedTo: Replacement | null
}

/** A homeserver that was asked for. */
export interface ServerReport {
  readonly name: string
  readonly isReachable: boolean
  /** What runs there, as it says itself. */
  readonly software: { readonly name: string; readonly version: string } | null
  /** Room versions that it says it knows; only told to its own people. */
  readonly roomVersions: readonly string[] | null
  /** How one signs up; only asked before a workshop. */
  readonly signUp: SignUpKind | null
}

/** What homeservers said of a community at one moment. */
export interface Facts {
  /** Wall-clock milliseconds. */
  readonly at: number
  readonly servers: readonly ServerReport[]
  readonly space: RoomReport | null
  readonly rooms: readonly RoomReport[]
  /** The rooms of the space; null where nobody let us see them. */
  readonly children: readonly SpaceChild[] | null
  /** True where an account was there to look from. */
  readonly isSignedIn: boolean
  /** Rooms that the account isn't in, so that it can't be said whether they were replaced. */
  readonly unseenRooms: number
}

/** The join rule of a room as far as anybody told it. */
export function joinRuleOf(report: RoomReport): JoinRule | null {
  return report.details?.joinRule ?? null
}

/** IDs of the spaces whose members our newcomers are: the space, and those within it. */
export function ownSpaceIds(facts: Facts): ReadonlySet<string> {
  const ids = [
    facts.space?.details?.roomId ?? null,
    facts.space?.address.startsWith('!') ? facts.space.address : null,
    ...(facts.children ?? []).filter((child) => child.facts.isSpace).map((child) => child.facts.roomId),
  ]
  return new Set(ids.filter((id) => id !== null))
}
