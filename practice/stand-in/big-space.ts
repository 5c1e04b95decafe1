/*
 * A space as large as they get, with everything that real ones have: spaces in spaces, circles, rooms that stand in
 * two of them, orders valid and invalid, children without a server, rooms that the hierarchy leaves out.
 */

/** A room as the hierarchy endpoint describes it (spec, `GET /rooms/{roomId}/hierarchy`). */
export interface HierarchyRoom {
  readonly room_id: string
  readonly name: string
  readonly topic?: string
  readonly num_joined_members: number
  readonly join_rule: string
  readonly world_readable: boolean
  readonly guest_can_join: boolean
  readonly room_type?: 'm.space'
  readonly children_state: readonly object[]
}

/** The space, ready to be served. */
export interface BigSpace {
  readonly roomId: string
  readonly alias: string
  /** What the hierarchy shows, depth first, the space itself first. */
  readonly shown: readonly HierarchyRoom[]
  /** Rooms that stand in the space and that the hierarchy leaves out, though anybody may join them. */
  readonly leftOut: readonly HierarchyRoom[]
  /** IDs of all rooms that somebody can join: shown and left out, without spaces. */
  readonly roomIds: readonly string[]
}

const ROOMS_PER_SPACE = 125
const LEFT_OUT_EACH = 250

const words = ['Chess', 'Bees', 'Genómica', 'Radio', 'دردشة', 'Gardens', 'Maps', 'Ünïcode', 'Trains', '読書']

/** A space of so many rooms on `server`. The same number gives the same space. */
export function bigSpace(rooms: number, server: string): BigSpace {
  const idOf = (name: string): string => `!many-${name}:${server}`
  const root = idOf('space')
  const spaces = Math.ceil(rooms / ROOMS_PER_SPACE)
  const subspace = (index: number): string => idOf(`space-${index}`)
  const all = Array.from({ length: rooms }, (_, index) => roomOf(idOf(`room-${index}`), index))
  const isLeftOut = (index: number): boolean => index % LEFT_OUT_EACH === LEFT_OUT_EACH - 1

  const childrenOf = (index: number): object[] => {
    const own = all.slice(index * ROOMS_PER_SPACE, (index + 1) * ROOMS_PER_SPACE)
    const links = own.map((room, place) => child(room.room_id, server, orderOf(place), place))
    // Every third space holds another one, so that they nest three deep; each also leads back to where it came from.
    const deeper = index % 3 === 2 || index + 1 >= spaces ? [] : [child(subspace(index + 1), server, 'zz', 1)]
    const twice = all[(index * 7) % rooms]
    return [
      ...links,
      ...deeper,
      child(root, server, undefined, 2),
      ...(twice === undefined ? [] : [child(twice.room_id, server, undefined, 3)]),
      { ...child(idOf(`lost-${index}`), server, undefined, 4), content: {} },
    ]
  }
  const spaceRoom = (roomId: string, name: string, children: readonly object[]): HierarchyRoom => ({
    ...roomOf(roomId, 0),
    name,
    room_type: 'm.space',
    children_state: children,
  })
  const shown = Array.from({ length: spaces }, (_, index) => [
    spaceRoom(subspace(index), `Floor ${index + 1}`, childrenOf(index)),
    ...all
      .slice(index * ROOMS_PER_SPACE, (index + 1) * ROOMS_PER_SPACE)
      .filter((_room, place) => !isLeftOut(index * ROOMS_PER_SPACE + place)),
  ]).flat()
  const floors = Array.from({ length: spaces }, (_, index) => index).filter((index) => index % 3 === 0)
  const rootChildren = floors.map((index) => child(subspace(index), server, undefined, index))
  return {
    roomId: root,
    alias: `#many:${server}`,
    shown: [spaceRoom(root, 'The Many', rootChildren), ...shown],
    leftOut: all.filter((_, index) => isLeftOut(index)),
    roomIds: all.map((room) => room.room_id),
  }
}

function roomOf(roomId: string, index: number): HierarchyRoom {
  const word = words[index % words.length] ?? ''
  const topic = `All about ${word.toLowerCase()}: questions, news and meetings of group ${index}. `
  return {
    room_id: roomId,
    name: `${word} ${index}`,
    ...(index % 5 === 4 ? {} : { topic: topic.repeat(1 + (index % 4)) }),
    num_joined_members: (index * 37) % 900,
    join_rule: 'public',
    world_readable: index % 2 === 0,
    guest_can_join: false,
    children_state: [],
  }
}

function child(roomId: string, server: string, order: string | undefined, age: number): object {
  return {
    type: 'm.space.child',
    state_key: roomId,
    sender: `@steward:${server}`,
    origin_server_ts: 1_600_000_000_000 + age,
    content: { via: [server], ...(order !== undefined && { order }) },
  }
}

// Some have an order, some an invalid one, most none.
function orderOf(place: number): string | undefined {
  if (place % 10 === 0) return String(place).padStart(4, '0')
  return place % 33 === 0 ? 'ü' : undefined
}
