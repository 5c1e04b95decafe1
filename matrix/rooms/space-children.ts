import type { MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import { isRoomId, isServerName } from '../../core/addresses/room-address.ts'
import type { RoomFacts, SpaceChild } from '../../core/communities/community.ts'
import { Tempo, type Pauses } from '../http/tempo.ts'
import { factsOf, summarySchema } from './room-summary.ts'

/** More rooms than this are left out, so that no space makes Foyer or its homeserver toil without end. */
export const MAX_ROOMS = 5_000
/** A server that pages for ever is left alone after so many pages, or so many without anything new. */
const MAX_PAGES = 500
const MOST_EMPTY_PAGES = 3
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
const pageSchema = z.object({
  rooms: z.array(z.unknown()),
  next_batch: z.string().nullish().catch(undefined),
})

/** What is kept of a room while the pages come; spaces of thousands are worth keeping little of. */
interface HierarchyRoom {
  readonly facts: RoomFacts
  /** In the specification's order. */
  readonly children: readonly ChildState[]
}

/**
 * The rooms of a space, subspaces included, in the order that the specification gives (order, then age, then ID), at
 * most `MAX_ROOMS`. A refusal for asking too fast is waited out, and the next pages are asked for more slowly.
 * Null when the homeserver doesn't show the space to us: it isn't in it, or only members see it. Where a later page
 * fails, better most of the rooms than none.
 */
export async function askSpaceChildren(
  client: MatrixClient,
  spaceId: string,
  pauses: Pauses,
): Promise<SpaceChild[] | null> {
  const { rooms } = await askPages(client, spaceId, pauses)
  return rooms.has(spaceId) ? inOrder(rooms, spaceId) : null
}

/** The same for whoever joins them all: null also where a page failed, as its rooms would be left out. */
export async function askAllSpaceChildren(
  client: MatrixClient,
  spaceId: string,
  pauses: Pauses,
): Promise<SpaceChild[] | null> {
  const { rooms, isWhole } = await askPages(client, spaceId, pauses)
  return isWhole && rooms.has(spaceId) ? inOrder(rooms, spaceId) : null
}

async function askPages(
  client: MatrixClient,
  spaceId: string,
  pauses: Pauses,
): Promise<{ readonly rooms: ReadonlyMap<string, HierarchyRoom>; readonly isWhole: boolean }> {
  const rooms = new Map<string, HierarchyRoom>()
  const asked = new Set<string | undefined>()
  const tempo = new Tempo(pauses)
  let from: string | undefined
  let emptyInARow = 0
  do {
    asked.add(from)
    const answer = await tempo.ask(() => client.getRoomHierarchy(spaceId, 50, undefined, false, from))
    const page = pageSchema.safeParse(answer)
    if (!page.success) return { rooms, isWhole: false }
    const before = rooms.size
    for (const each of page.data.rooms) {
      const room = roomSchema.safeParse(each)
      if (!room.success) continue
      const { children_state: children, ...summary } = room.data
      rooms.set(summary.room_id, { facts: factsOf(summary), children: validChildren(children) })
    }
    emptyInARow = rooms.size === before ? emptyInARow + 1 : 0
    from = page.data.next_batch ?? undefined
  } while (
    from &&
    !asked.has(from) &&
    asked.size < MAX_PAGES &&
    emptyInARow < MOST_EMPTY_PAGES &&
    count(rooms) < MAX_ROOMS
  )
  return { rooms, isWhole: true }
}

function count(rooms: ReadonlyMap<string, HierarchyRoom>): number {
  return [...rooms.values()].filter((room) => !room.facts.isSpace).length
}

// Depth first, as people read an outline. A child seen before is left out, which also ends every circle. Without
// recursion: spaces may nest deeper than the stack.
function inOrder(rooms: ReadonlyMap<string, HierarchyRoom>, spaceId: string): SpaceChild[] {
  const seen = new Set([spaceId])
  const inside: SpaceChild[] = []
  const top = rooms.get(spaceId)?.children ?? []
  const atTop = new Set(top.map((child) => child.state_key))
  const waiting = placed(top, { within: null, path: [] })
  let left = MAX_ROOMS
  for (let next = waiting.pop(); next !== undefined && left > 0; next = waiting.pop()) {
    const { child, within } = next
    if (seen.has(child.state_key)) continue
    seen.add(child.state_key)
    const path = atTop.has(child.state_key) ? [] : next.path
    const room = rooms.get(child.state_key)
    if (room === undefined) {
      inside.push(hiddenChild(child, { within, path }))
      left -= 1
      continue
    }
    const { facts, children } = room
    const address = { address: child.state_key, via: viaOf(child) }
    const isSuggested = child.content.suggested === true
    inside.push({ ...address, facts, isSuggested, within, path: isOpen(facts) ? [] : path })
    if (facts.isSpace) {
      const deeper = {
        // A subspace that keeps its name to itself can't be a heading.
        within: facts.name === null ? within : { roomId: child.state_key, name: facts.name },
        // Into a space that is open nobody needs the way through others.
        path: isOpen(facts) ? [address] : [...path, address],
      }
      waiting.push(...placed(children, deeper))
    } else left -= 1
  }
  return inside
}

/** Where a child stands, and which spaces lead to it. */
type Place = Pick<SpaceChild, 'within' | 'path'>

/** Children to go through, the first at the end. */
function placed(children: readonly ChildState[], place: Place): ({ readonly child: ChildState } & Place)[] {
  return children.toReversed().map((child) => ({ child, ...place }))
}

function isOpen({ joinRule }: RoomFacts): boolean {
  return joinRule === 'public' || joinRule === 'knock' || joinRule === 'invite'
}

/** Valid children of a space in the specification's order. */
function validChildren(told: readonly unknown[]): ChildState[] {
  const children = told.flatMap((each) => {
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
function hiddenChild(child: ChildState, place: Place): SpaceChild {
  const facts = { ...factsOf({ room_id: child.state_key }), sight: 'private' as const }
  const isSuggested = child.content.suggested === true
  return { address: child.state_key, via: viaOf(child), facts, isSuggested, ...place }
}
