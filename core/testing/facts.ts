import type { Facts, RoomDetails, RoomReport, RoomView, ServerReport } from '../checking/facts.ts'

/** Details of a public room of which everything is told; tests change a part. */
export function details(some: Partial<RoomDetails> = {}): RoomDetails {
  return {
    sight: 'seen',
    roomId: '!room',
    name: null,
    topic: null,
    members: 12,
    joinRule: 'public',
    isWorldReadable: false,
    isSpace: false,
    version: '10',
    isEncrypted: false,
    allowedRoomIds: null,
    mainAlias: null,
    ...some,
  }
}

/** A room that everybody sees, and that all homeservers are in. */
export function roomReport(
  address: string,
  some: Partial<RoomReport> = {},
  from = ['one.example'],
): RoomReport {
  return {
    address,
    path: ['rooms', 0],
    label: null,
    isSuggested: false,
    home: view('example.org'),
    views: from.map((server) => view(server)),
    details: details({ roomId: `!${address}` }),
    movedTo: null,
    ...some,
  }
}

/** What one homeserver sees. */
export function view(server: string, some: Partial<RoomView> = {}): RoomView {
  return { server, sight: 'seen', isHere: true, ...some }
}

/** A homeserver that answers. */
export function serverReport(name: string, some: Partial<ServerReport> = {}): ServerReport {
  return { name, isReachable: true, software: null, roomVersions: null, signUp: null, ...some }
}

/** Facts from one homeserver, seen with an account that is in every room. */
export function factsOf(rooms: readonly RoomReport[], some: Partial<Facts> = {}): Facts {
  return {
    at: Date.UTC(2026, 10, 21, 6, 0),
    servers: [serverReport('one.example')],
    space: null,
    rooms,
    children: null,
    isSignedIn: true,
    unseenRooms: 0,
    ...some,
  }
}
