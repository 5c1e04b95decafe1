import type { MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import { isRoomId, isServerName } from '../../core/addresses/room-address.ts'
import type { SpaceChild } from '../../core/communities/community.ts'
import { failureOf } from '../http/matrix-error.ts'
import { factsOf, summarySchema } from './room-summary.ts'

const MAX_ROOMS = 5000
/** A server that pages for ever, or in a circle, is left alone after this many pages. */
const MAX_PAGES = 200
const childSchema = z.object({
  type: z.literal('m.space.child'),
  state_key: z.string().refine(isRoomId),
  origin_server_ts: z.number().default(0).catch(0),
  content: z.object({
    via: z.array(z.string()).min(1),
    order: z.string().optional().catch(undefined),
    suggested: z.boolean().optional().catch(undefined),
  }),
})
type ChildState = z.infer<typeof childSchema>
const roomSchema = summarySchema.extend({
  room_id: z.string(),
  children_state: z.array(z.unknown()).default([]),
})
type HierarchyRoom = z.infer<typeof roomSchema>

/**
 * All rooms of a space, subspaces included, in the order that the specification gives (order, then age, then ID).
 * Null when the homeserver doesn't show the space to us: it isn't in it, or only members see it.
 */
export async function askSpaceChildren(client: MatrixClient, spaceId: string): Promise<SpaceChild[] | null> {
  const rooms = new Map<string, HierarchyRoom>()
  let from: string | undefined
  let pages = 0
  try {
    do {
      pages += 1
      const page = await client.getRoomHierarchy(spaceId, 50, undefined, false, from)
      for (const each of page.rooms) {
        const room = roomSchema.safeParse(each)
        if (room.success) rooms.set(room.data.room_id, room.data)
      }
      from = page.next_batch
    } while (from && rooms.size < MAX_ROOMS && pages < MAX_PAGES)
  } catch (error) {
    failureOf(error)
    // Better most of the rooms than none: a space of hundreds may run into a rate limit on its last page.
    if (!rooms.has(spaceId)) return null
  }
  return inOrder(rooms, spaceId)
}

// Depth first, as people read an outline. A child seen before is left out, which also ends every circle.
function inOrder(rooms: ReadonlyMap<string, HierarchyRoom>, spaceId: string): SpaceChild[] {
  const seen = new Set([spaceId])
  const visit = (parentId: string): SpaceChild[] =>
    childrenOf(rooms.get(parentId)).flatMap((child) => {
      const room = rooms.get(child.state_key)
      if (seen.has(child.state_key)) return []
      seen.add(child.state_key)
      if (room === undefined) return [hiddenChild(child)]
      const facts = factsOf(room)
      const own = {
        address: child.state_key,
        via: viaOf(child),
        facts,
        isSuggested: child.content.suggested === true,
      }
      return facts.isSpace ? [own, ...visit(child.state_key)] : [own]
    })
  return visit(spaceId)
}

/** Valid children of a space in the specification's order. */
function childrenOf(room: HierarchyRoom | undefined): ChildState[] {
  const children = (room?.children_state ?? []).flatMap((each) => {
    const child = childSchema.safeParse(each)
    return child.success ? [child.data] : []
  })
  return children.toSorted(
    (one, other) =>
      compareOrder(orderOf(one), orderOf(other)) ||
      one.origin_server_ts - other.origin_server_ts ||
      compare(one.state_key, other.state_key),
  )
}

// Spec: at most 50 characters between space and tilde; an invalid order counts as none.
function orderOf(child: ChildState): string | null {
  const { order } = child.content
  return order !== undefined && /^[\x20-\x7E]{1,50}$/.test(order) ? order : null
}

function compareOrder(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return compare(one, other)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function viaOf(child: ChildState): string[] {
  return child.content.via.filter(isServerName).slice(0, 10)
}

// The space names it, but its server shows it to members only.
function hiddenChild(child: ChildState): SpaceChild {
  const facts = { ...factsOf({ room_id: child.state_key }), sight: 'private' as const }
  return { address: child.state_key, via: viaOf(child), facts, isSuggested: child.content.suggested === true }
}
