import type { ServerName } from '../servers.ts'

/** Who may enter: everyone, members of the community's space, those let in after asking, or those invited. */
export type JoinRule = 'public' | 'restricted' | 'knock' | 'invite'

/** A room as the practice world knows it. Its name may differ from what a community's page calls it, as in life. */
export type RoomSeed = {
  readonly server: ServerName
  /** Localpart of the alias; spelling and case matter. */
  readonly alias: string
  readonly name: string
  readonly topic: string
  /** Local people in the room beside the steward; taken from the top of `memberNames`. */
  readonly members: number
  readonly rule?: JoinRule
  readonly version?: string
  /** Anyone may read along without joining. */
  readonly isReadable?: boolean
  readonly messages?: readonly string[]
  /** Alias localpart of the room that replaces this one, on the same server. */
  readonly movedTo?: string
  readonly isSuggested?: boolean
  /** Where the space puts the room among its children; without it, by the time of adding. */
  readonly order?: string
  /** No child of the space: a replacement is reached through a tombstone, others belong to somebody else. */
  readonly isOutsideSpace?: boolean
  /** A space of somebody else's, beside the community's own. */
  readonly isSpace?: boolean
  /** Alias localpart of the space, on the same server, whose members may enter; the community's own otherwise. */
  readonly restrictedTo?: string
}

/** A community's space. */
export type SpaceSeed = Pick<RoomSeed, 'server' | 'alias' | 'name' | 'topic' | 'members' | 'version'> & {
  /** Localpart of the room ID, for a page that names its space by ID. Needs room version 11 or lower. */
  readonly wishedRoom?: string
}

/** People of another server who have joined already, so that their server takes part in the rooms. */
export type Guest = {
  readonly server: ServerName
  readonly username: string
  /** How many of the community's rooms that are on other servers; all of them unless given. */
  readonly rooms?: number
}

/** Everything of one community. */
export type CommunitySeed = {
  readonly space?: SpaceSeed
  readonly rooms: readonly RoomSeed[]
  readonly guests: readonly Guest[]
}

/** Written for a compact table: one room a line. */
export function room(
  server: ServerName,
  alias: string,
  name: string,
  topic: string,
  members: number,
  rest: Partial<RoomSeed> = {},
): RoomSeed {
  return { server, alias, name, topic, members, ...rest }
}
