import { room, type CommunitySeed, type RoomSeed } from './room-seed.ts'

const server = 'matrix.mathesar.org'

/** Thirteen rooms, and the space under the very room ID that the page links to. */
export const mathesar: CommunitySeed = {
  space: {
    server,
    alias: 'mathesar-space',
    name: 'Mathesar',
    topic: 'All public rooms of the Mathesar project',
    members: 10,
    version: '9',
    wishedRoom: 'KQLkDbtIMsvcwUIfNy',
  },
  rooms: [
    own('mathesar', 'General', 'Anything about Mathesar. Start here!', 11, {
      isReadable: true,
      isSuggested: true,
      order: '01',
      messages: ['Hello! Does the next release bring forms?', 'It does. Have a look at the Product room.'],
    }),
    own('code-for-japan', 'CFJ #proj-mathesar', 'Bridged to Slack', 3),
    own('code', 'Code - General', 'Technical talk', 8, { isSuggested: true, order: '02' }),
    own('backend', 'Code - Backend', 'Python and Postgres', 5),
    own('frontend', 'Code - Frontend', 'Svelte and TypeScript', 4),
    own('code-review', 'Code Review', 'Please look at my pull request', 4),
    own('design', 'Design', 'Screens, words and colours', 5, { isSuggested: true }),
    own('product', 'Product', 'What to build next', 6, { isSuggested: true }),
    own('design-review', 'Design Review', 'Please look at my design', 3),
    own('standup', 'Standup', 'What are you doing today?', 6),
    own('wiki-review', 'Wiki Review', 'Please look at my page', 3),
    own('offtopic', 'Off Topic', 'Anything else', 7),
    own('github', 'GitHub Updates', 'A bot talks here', 4, { isReadable: true }),
  ],
  guests: [{ server: 'matrix.org', username: 'tomasz' }],
}

function own(
  alias: string,
  name: string,
  topic: string,
  members: number,
  rest: Partial<RoomSeed> = {},
): RoomSeed {
  return room(server, alias, name, topic, members, { version: '10', ...rest })
}
