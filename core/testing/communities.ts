import { undescribed } from '../communities/description.ts'
import { blankRoom, type Community, type CommunityRoom, type RoomFacts } from '../communities/community.ts'

/** A room that nobody was asked about yet; `own` says what is special about it. */
export function room(address: string, own: Partial<CommunityRoom> = {}): CommunityRoom {
  return {
    ...blankRoom({ address, via: [] }, 'rooms'),
    label: address.slice(1).split(':')[0] ?? null,
    ...own,
  }
}

/** A community of these rooms. */
export function community(rooms: readonly CommunityRoom[], own: Partial<Community> = {}): Community {
  return {
    id: 'club',
    name: 'Club',
    initials: 'C',
    summary: 'People who meet.',
    ...undescribed,
    colour: '#336699',
    languages: ['en'],
    homeservers: [],
    space: null,
    sections: [{ id: 'rooms', name: 'Rooms' }],
    rooms,
    roomCount: rooms.length,
    mimics: null,
    ...own,
  }
}

/** What a server says of a public room. */
export function facts(own: Partial<RoomFacts> = {}): RoomFacts {
  return {
    sight: 'seen',
    roomId: null,
    name: null,
    topic: null,
    members: null,
    joinRule: 'public',
    isWorldReadable: false,
    isSpace: false,
    ...own,
  }
}
