import { isPrivateHost } from '../addresses/private-host.ts'
import { isAlias, isRoomId, serverOf } from '../addresses/room-address.ts'
import { nameOf, type Draft, type DraftAddress, type DraftRoom } from './draft.ts'
import { finding, quoted, type Finding } from './finding.ts'
import { compactOf } from './words-of.ts'

/** Addresses that are none, that lead nowhere, or that are there more than once. */
export function checkAddresses(draft: Draft): Finding[] {
  const all = [...(draft.space === null ? [] : [draft.space]), ...draft.rooms]
  return [
    ...all.flatMap(checkOne),
    ...draft.presets.flatMap((pick) => pick.rooms.flatMap(checkWritten)),
    ...draft.questions.flatMap(({ answers }) => answers.flatMap((pick) => pick.rooms.flatMap(checkWritten))),
    ...spaceAsRoom(draft),
    ...doubles(draft.rooms),
    ...sameNames(draft.rooms),
    ...caseTwins(draft.rooms),
  ]
}

function checkOne(place: DraftAddress): Finding[] {
  const { address, path, via } = place
  const found = checkWritten({ ...place, path: [...path, 'address'] })
  if (address === null) return found
  if (isRoomId(address)) {
    found.push(
      via.length === 0
        ? finding('id-without-via', `No server is named with the ID ${address}.`, { path, address })
        : finding('id-not-alias', `${address} is an ID, not an alias.`, { path, address }),
    )
  }
  for (const server of new Set([...(isAlias(address) ? [serverOf(address) ?? ''] : []), ...via])) {
    if (isPrivateHost(server))
      found.push(finding('private-server', `${server} is on a private network.`, { path, address, server }))
  }
  return found
}

function checkWritten({ address, written, isLink, path }: DraftAddress): Finding[] {
  if (written === null) return []
  if (address === null)
    return [finding('bad-address', `${quoted(written)} is not the address of a room or space.`, { path })]
  return isLink
    ? [
        finding('address-is-link', `${quoted(written)} is a link; its address is ${address}.`, {
          path,
          address,
        }),
      ]
    : []
}

function spaceAsRoom({ space, rooms }: Draft): Finding[] {
  return rooms.flatMap((room) =>
    room.address !== null && room.address === space?.address
      ? [
          finding('space-as-room', `${quoted(nameOf(room))} has the address of the space, ${room.address}.`, {
            path: room.path,
            address: room.address,
          }),
        ]
      : [],
  )
}

function doubles(rooms: readonly DraftRoom[]): Finding[] {
  const first = new Map<string, DraftRoom>()
  return rooms.flatMap((room) => {
    const { address, path } = room
    if (address === null) return []
    const before = first.get(address)
    if (before === undefined) {
      first.set(address, room)
      return []
    }
    const isRenamed =
      before.label !== null && room.label !== null && compactOf(before.label) !== compactOf(room.label)
    return [
      isRenamed
        ? finding(
            'two-names',
            `${address} is called ${quoted(before.label ?? '')} first and ${quoted(room.label ?? '')} here.`,
            { path, address },
          )
        : finding('room-twice', `${address} is listed for the second time.`, { path, address }),
    ]
  })
}

function sameNames(rooms: readonly DraftRoom[]): Finding[] {
  const first = new Map<string, DraftRoom>()
  return rooms.flatMap((room) => {
    const { address, label, path } = room
    const name = label === null ? '' : compactOf(label)
    if (address === null || name === '') return []
    // Rooms under different headings may well be called the same: “General” of each group.
    const key = `${room.section ?? ''}\n${name}`
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, room)
      return []
    }
    if (before.address === address) return []
    return [
      finding(
        'name-twice',
        `${quoted(label ?? '')} appears twice, with two addresses: ${before.address ?? ''} and ${address}.`,
        { path: [...path, 'label'], address },
      ),
    ]
  })
}

function caseTwins(rooms: readonly DraftRoom[]): Finding[] {
  const first = new Map<string, string>()
  return rooms.flatMap(({ address, path }) => {
    if (address === null || !isAlias(address)) return []
    const key = address.toLowerCase()
    const before = first.get(key)
    if (before === undefined) first.set(key, address)
    return before === undefined || before === address
      ? []
      : [finding('case-twin', `${address} and ${before} differ in capitals only.`, { path, address })]
  })
}
