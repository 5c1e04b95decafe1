import type { Draft } from './draft.ts'
import { finding, listed, quoted, type Finding } from './finding.ts'
import type { Facts, RoomReport } from './facts.ts'
import { compactOf } from './words-of.ts'

/** How a list of rooms and the space agree. Nothing where the space's rooms couldn't be seen, or there is no list. */
export function checkSpace(facts: Facts, draft: Draft | null): Finding[] {
  const { children, space, rooms } = facts
  if (children === null || space === null || draft === null || draft.rooms.length === 0) return []
  const inside = children.filter((child) => !child.facts.isSpace)
  const ids = new Set(inside.map((child) => child.facts.roomId))
  const known = rooms.filter((room) => (room.details?.roomId ?? null) !== null)
  const listedIds = new Set(known.map((room) => room.details?.roomId))
  const extra = inside.filter((child) => !listedIds.has(child.facts.roomId))
  const titleOf = (child: (typeof inside)[number]): string => child.facts.name ?? child.address
  const outside = known
    .filter(
      (room) =>
        !ids.has(room.details?.roomId ?? null) && room.details?.isSpace !== true && room.movedTo === null,
    )
    .map((room) => {
      const twin = extra.find((child) => isNamed(room, child.facts.name))
      const hint =
        twin === undefined
          ? ''
          : ` The space has another room called ${quoted(titleOf(twin))}, ${twin.address}.`
      return finding('not-in-space', `${room.address} isn’t in the space.${hint}`, {
        path: room.path,
        address: room.address,
      })
    })
  const suggested = inside.filter((child) => child.isSuggested)
  const own = known.filter((room) => room.isSuggested)
  const both = own.filter((room) => suggested.some((child) => child.facts.roomId === room.details?.roomId))
  const suggestions =
    suggested.length > 0 && (both.length < suggested.length || both.length < own.length)
      ? [
          finding(
            'suggestions-differ',
            `The space suggests ${suggested.length} rooms, the file ${own.length}; ${both.length} are the same.`,
            { path: ['rooms'], address: space.address },
          ),
        ]
      : []
  return [
    ...outside,
    ...(extra.length === 0
      ? []
      : [
          finding(
            'not-listed',
            `In the space, but not listed: ${listed(extra.map((child) => quoted(titleOf(child))))}.`,
            {
              path: ['rooms'],
              address: space.address,
            },
          ),
        ]),
    ...suggestions,
  ]
}

function isNamed(room: RoomReport, name: string | null): boolean {
  if (name === null) return false
  return [room.label, room.details?.name ?? null].some(
    (own) => own !== null && compactOf(own) === compactOf(name),
  )
}
