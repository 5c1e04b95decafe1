import { galaxyWorkRooms } from './galaxy-work-rooms.ts'
import { galaxyWorldRooms } from './galaxy-world-rooms.ts'
import { room, type CommunitySeed } from './room-seed.ts'

const onGitter = 'gitter.im'

/** The page's eight rooms on gitter.im and 63 that only the space on matrix.org knows: 71 together. */
export const galaxy: CommunitySeed = {
  space: {
    server: 'matrix.org',
    alias: 'galaxyproject',
    name: 'Galaxy',
    topic: 'All the rooms of the Galaxy community',
    members: 12,
  },
  rooms: [
    room(
      onGitter,
      'galaxyproject_Lobby',
      'galaxyproject/Lobby',
      'Welcome! Ask anything about Galaxy here',
      12,
      {
        version: '10',
        isReadable: true,
        isSuggested: true,
        order: 'a',
        messages: [
          'Good morning! I am new here and work on soil bacteria.',
          'Welcome! The microGalaxy room is the one for you, and ask here whenever you are lost.',
          'The new release is on the big public servers since last night.',
        ],
      },
    ),
    room(onGitter, 'GalaxyProteomics_Lobby', 'GalaxyProteomics', 'Mass spectrometry tools and workflows', 5, {
      isSuggested: true,
    }),
    room(onGitter, 'galaxyproject_microGalaxy', 'microGalaxy', 'Microbial data analysis with Galaxy', 7, {
      isReadable: true,
      messages: ['Which assembler do you take for short reads?'],
    }),
    room(
      onGitter,
      'Galaxy-Training-Network_galaxy-single-cell',
      'Galaxy Single-cell & sPatial Omics Community',
      'Single-cell and spatial analysis, help and training',
      6,
    ),
    room(onGitter, 'galaxyproject_tools', 'galaxyproject/tools', 'Writing and wrapping tools', 4, {
      order: 'b',
    }),
    room(onGitter, 'galaxyproject_dev', 'galaxyproject/dev', 'Development of Galaxy itself', 9, {
      isSuggested: true,
      isReadable: true,
      messages: ['The tests on the main branch are green again.'],
    }),
    room(onGitter, 'galaxyproject_wg-goat', 'WG GOATS', 'Outreach and training working group', 3),
    room(onGitter, 'galaxyproject_admins', 'galaxyproject/admins', 'For people who run a Galaxy server', 8, {
      version: '10',
    }),
    ...galaxyWorldRooms,
    ...galaxyWorkRooms,
  ],
  // Galaxy's people live on matrix.org, so it takes part in every room of the community.
  guests: [{ server: 'matrix.org', username: 'noor' }],
}
