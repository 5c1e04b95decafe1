import { roomTitle, type Community, type CommunityRoom } from '../../core/communities/community.ts'
import { remembered } from '../../core/remembered.ts'
import { estimateSeconds, type SecondsRange } from '../../core/joining/estimate.ts'

/** How long joining these rooms takes; the space is joined along with them. */
export function secondsFor(
  community: Community,
  keys: readonly string[],
  roomsHere: readonly string[] | null,
  hidden = 0,
): SecondsRange {
  const space = community.space === null ? 0 : 1
  if (roomsHere === null)
    return estimateSeconds({ local: 0, remote: 0, unknown: keys.length + space + hidden })
  const here = new Set(roomsHere)
  const local = keys.filter((key) => here.has(key)).length
  return estimateSeconds({ local, remote: keys.length - local, unknown: space + hidden })
}

/** True where the words occur in a room's name, label or topic. */
export function matches(room: CommunityRoom, query: string): boolean {
  const words = query.trim().toLowerCase()
  if (words === '') return true
  return wordsOf(room).includes(words)
}

// A line break stands between them, as nobody can type one into a search.
const wordsOf = remembered((room: CommunityRoom) =>
  [roomTitle(room), room.label, room.topic, room.purpose].join('\n').toLowerCase(),
)
