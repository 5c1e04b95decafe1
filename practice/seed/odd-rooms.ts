import { room, type CommunitySeed, type RoomSeed } from './room-seed.ts'

const server = 'tu-dresden.de'

/** One room for each way in which joining can go differently; `communities/odd-rooms.json` is its manifest. */
export const oddRooms: CommunitySeed = {
  space: { server, alias: 'odd', name: 'Odd Rooms', topic: 'Rooms that behave differently', members: 4 },
  rooms: [
    odd('odd-plain', 'Plain', 'A room like any other', { isReadable: true, isSuggested: true }),
    odd('odd-restricted', 'Restricted', 'For members of the space', { rule: 'restricted' }),
    odd('odd-knock', 'Knock', 'Ask to come in', { rule: 'knock' }),
    odd('odd-invite', 'Invite only', 'Wait to be asked', { rule: 'invite' }),
    odd('odd-moved', 'Moved', 'Go on to the next room', { movedTo: 'odd-moved-again' }),
    odd('odd-moved-again', 'Moved again', 'And once more', {
      movedTo: 'odd-moved-here',
      isOutsideSpace: true,
    }),
    odd('odd-moved-here', 'Moved here', 'This is the place', { isOutsideSpace: true }),
    odd('odd-ban', 'Ban', 'Tests have people banned here'),
    odd('odd-quiet', '', ''),
    odd('odd-neighbours', 'Neighbours', 'A space of somebody else', { isSpace: true, isOutsideSpace: true }),
    odd('odd-foreign', 'Foreign', 'For members of the neighbours’ space', {
      rule: 'restricted',
      restrictedTo: 'odd-neighbours',
      isReadable: true,
      isOutsideSpace: true,
    }),
  ],
  guests: [],
}

function odd(alias: string, name: string, topic: string, rest: Partial<RoomSeed> = {}): RoomSeed {
  return room(server, alias, name, topic, 3, rest)
}
