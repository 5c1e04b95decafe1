import { remembered } from '../remembered.ts'
import { skeletonOf } from '../text/look-alike.ts'
import { roomTitle, type Community, type CommunityRoom } from './community.ts'

/**
 * Keys of the rooms whose name or label looks like that of another room here, so that only their addresses tell them
 * apart. Nobody can know which of them is the one that was meant.
 */
export const lookAlikes = remembered((rooms: readonly CommunityRoom[]): ReadonlySet<string> => {
  const byLook = new Map<string, Set<string>>()
  for (const room of rooms) {
    for (const look of looksOf(room)) byLook.set(look, (byLook.get(look) ?? new Set()).add(room.key))
  }
  return new Set([...byLook.values()].filter((keys) => keys.size > 1).flatMap((keys) => [...keys]))
})

// By room, as thousands of them stay the same when one is described anew.
const looksOf = remembered((room: CommunityRoom): readonly string[] =>
  [roomTitle(room), room.label ?? ''].filter((name) => name !== '').map(skeletonOf),
)

/** A community that is known already, as far as it has to be told apart from others. */
interface Known {
  readonly name: string
  readonly space?: { readonly address: string } | null | undefined
  readonly rooms: readonly { readonly address: string }[]
}

/** The known community whose name this one has, or seems to have, without being at its address. Null where none is. */
export function mimickedBy(community: Community, known: readonly Known[]): string | null {
  const look = skeletonOf(community.name)
  const own = addressOf(community)
  const mimicked = known.find((each) => addressOf(each) !== own && skeletonOf(each.name) === look)
  return mimicked?.name ?? null
}

/** Where a community is: its space, or its first room where it has none. */
export function addressOf({ space, rooms }: Omit<Known, 'name'>): string {
  return space?.address ?? rooms[0]?.address ?? ''
}
