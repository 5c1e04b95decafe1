import { room, type CommunitySeed } from './room-seed.ts'

const server = 'matrix.org'

/** Five rooms on matrix.org; the off-topic one is for members of the space. Dresden takes part already. */
export const derse: CommunitySeed = {
  space: {
    server,
    alias: 'de-rse.org',
    name: 'de-RSE',
    topic: 'Research software engineers in Germany',
    members: 9,
  },
  rooms: [
    room(server, 'de-rse.org-general', 'deRSE-general', 'Everything around research software', 9, {
      isSuggested: true,
      isReadable: true,
      messages: ['Does anybody run a software carpentry course this autumn?'],
    }),
    room(server, 'de-rse.org-introductions', 'deRSE-introductions', 'Who are you?', 8, { isSuggested: true }),
    room(server, 'de-rse.org-jobs', 'deRSE-jobs', 'Open positions', 6),
    room(server, 'de-rse.org-events', 'deRSE-events', 'Meetings and conferences', 7, { isSuggested: true }),
    room(server, 'de-rse.org-offtopic', 'deRSE-offtopic', 'For members of the space', 5, {
      rule: 'restricted',
    }),
  ],
  guests: [{ server: 'tu-dresden.de', username: 'lotte', rooms: 3 }],
}
