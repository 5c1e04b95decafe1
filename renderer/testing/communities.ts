import { undescribed } from '../../core/communities/description.ts'
import type { Community, CommunityRoom } from '../../core/communities/community.ts'

type Sample = Partial<CommunityRoom> & { readonly address: string; readonly section: string }

/** A room as a server described it; what differs is handed in. */
export function sampleRoom(sample: Sample): CommunityRoom {
  return {
    key: sample.address,
    via: [],
    label: null,
    purpose: null,
    language: null,
    notes: [],
    isLobby: false,
    isSuggested: false,
    sight: 'seen',
    roomId: null,
    name: null,
    topic: null,
    members: null,
    joinRule: 'public',
    isWorldReadable: true,
    path: [],
    ...sample,
  }
}

const base: Omit<Community, 'id' | 'name' | 'initials' | 'summary' | 'sections' | 'rooms' | 'roomCount'> = {
  ...undescribed,
  languages: ['en'],
  privacy: { isPublic: true, isEncrypted: null, notes: [] },
  homeservers: [{ name: 'matrix.org', about: 'matrixorg' }],
  space: null,
  mimics: null,
}

type Line = readonly [
  section: string,
  address: string,
  name: string,
  label: string | null,
  topic: string,
  members: number,
]

function seen([section, address, name, label, topic, members]: Line): CommunityRoom {
  return sampleRoom({ address, section, name, label, topic, members })
}

const galaxyRooms: readonly CommunityRoom[] = [
  ...(
    [
      [
        'start',
        '#galaxyproject_lobby:matrix.org',
        'Galaxy Lobby',
        null,
        'Say hello, ask anything, and get pointed to the right room.',
        1240,
      ],
      [
        'subjects',
        '#galaxyproject_proteomics:matrix.org',
        'GalaxyProteomics',
        'Proteomics',
        'Mass spectrometry and metaproteomics.',
        212,
      ],
      [
        'subjects',
        '#galaxyproject_microgalaxy:matrix.org',
        'microGalaxy',
        'Microbiology',
        'Microbial data: tools, workflows and training.',
        348,
      ],
      [
        'subjects',
        '#spoc3:matrix.org',
        'Single-cell and spatial omics',
        null,
        'For everyone who analyses single cells in Galaxy.',
        187,
      ],
      [
        'people',
        '#galaxyproject_tools:matrix.org',
        'Galaxy Tools',
        'Tool Authors',
        'Wrapping, testing and publishing tools.',
        421,
      ],
      [
        'people',
        '#galaxyproject_dev:matrix.org',
        'Galaxy Dev',
        'Developers',
        'Work on Galaxy itself. Questions about using it go to the Lobby.',
        389,
      ],
      [
        'people',
        '#galaxyproject_goat:matrix.org',
        'GOAT',
        'Outreach',
        'Outreach and training, every other Thursday.',
        96,
      ],
    ] satisfies readonly Line[]
  ).map(seen),
  sampleRoom({
    address: '#galaxyproject_admins:gitter.im',
    section: 'people',
    label: 'Admins',
    sight: 'unreachable',
  }),
  seen([
    'rest',
    '#usegalaxy-eu:matrix.org',
    'Galaxy Europe',
    null,
    'Everything about the European server.',
    502,
  ]),
  seen([
    'rest',
    '#usegalaxy-au:matrix.org',
    'Galaxy Australia',
    null,
    'Everything about the Australian server.',
    167,
  ]),
  seen(['rest', '#climate:matrix.org', 'Climate', null, 'Earth system data and workflows.', 88]),
  seen(['rest', '#iuc:matrix.org', 'IUC', null, 'The tool-wrapping commission.', 264]),
  ...Array.from({ length: 58 }, (_, index) =>
    seen([
      'rest',
      `#topic${index + 1}:matrix.org`,
      `Topic ${index + 1}`,
      null,
      'One subject among many.',
      20 + index,
    ]),
  ),
  sampleRoom({ address: '!hidden:matrix.org', section: 'rest', sight: 'private' }),
]

const firstChoice = [
  '#galaxyproject_lobby:matrix.org',
  '#galaxyproject_microgalaxy:matrix.org',
  '#spoc3:matrix.org',
]

/** A large community with a space, as its page and its servers describe it. */
export const galaxy: Community = {
  ...base,
  id: 'galaxy',
  name: 'Galaxy',
  initials: 'G',
  summary: 'Open tools for analysing research data, from genomes to climate.',
  colour: '#25537b',
  website: 'https://galaxyproject.org',
  space: {
    address: '#galaxyproject_space:matrix.org',
    via: [],
    name: 'Galaxy',
    roomId: '!space:matrix.org',
  },
  sections: [
    { id: 'start', name: 'Start here' },
    { id: 'subjects', name: 'Subjects' },
    { id: 'people', name: 'Building and running Galaxy' },
    { id: 'rest', name: 'Everything else' },
  ],
  rooms: galaxyRooms.map((room) => ({
    ...room,
    isLobby: room.key === '#galaxyproject_lobby:matrix.org',
    isSuggested: firstChoice.includes(room.key) || room.section === 'people',
  })),
  roomCount: galaxyRooms.length,
}

/** The same before its space has let anybody look inside: most rooms are only a number. */
export const galaxyFromOutside: Community = {
  ...galaxy,
  sections: galaxy.sections.slice(0, 3),
  rooms: galaxy.rooms.filter((room) => room.section !== 'rest'),
}

const groups = [
  'Documentation',
  'JavaScript',
  'Python',
  'CLI',
  'Core',
  'Darwin',
  'Gnome',
  'Go',
  'Haskell',
  'Home',
  'KDE',
  'Rust',
]
const committees = ['Steering', 'Security', 'Code of Conduct', 'Marketing']

/** A community of 33 rooms on a server of its own. */
export const auxolotl: Community = {
  ...base,
  id: 'auxolotl',
  name: 'Auxolotl',
  initials: 'A',
  summary: 'A Nix package set and system, run by its community.',
  colour: '#b8436f',
  rules: { url: 'https://auxolotl.org/conduct', name: null, points: [], mustAgree: false },
  contact: 'mailto:hello@auxolotl.org',
  welcome: [
    {
      language: 'en',
      title: 'How Auxolotl is organised',
      paragraphs: [
        'Work happens in interest groups, called SIGs: documentation, Python, Rust, the command line and more. Four committees look after the project as a whole.',
        'Most groups have two rooms. In General people talk and help each other. In Governance they decide how the group is run.',
        'Not sure where to begin? Say hello in Auxolotl General.',
      ],
    },
  ],
  homeservers: [
    { name: 'matrix.org', about: 'matrixorg' },
    { name: 'auxolotl.org', about: 'own' },
    { name: 'tchncs.de', about: 'public' },
  ],
  sections: [
    { id: 'general', name: 'General' },
    { id: 'groups', name: 'Interest groups' },
    { id: 'committees', name: 'Committees' },
  ],
  rooms: [
    sampleRoom({
      address: '#general:auxolotl.org',
      section: 'general',
      name: 'Auxolotl General',
      isLobby: true,
      members: 412,
    }),
    ...['General', 'Governance'].flatMap((kind) =>
      groups.map((group) =>
        sampleRoom({
          address: `#sig-${group.toLowerCase()}-${kind.toLowerCase()}:auxolotl.org`,
          section: 'groups',
          name: `SIG: ${group} ${kind}`,
          label: kind === 'Governance' && group === 'Python' ? 'SIG:CLI Governance' : null,
          members: 40 + group.length,
        }),
      ),
    ),
    ...['General', 'Governance'].flatMap((kind) =>
      committees.map((name) =>
        sampleRoom({
          address: `#com-${name.toLowerCase().replaceAll(' ', '-')}-${kind.toLowerCase()}:auxolotl.org`,
          section: 'committees',
          name: `Committee: ${name} ${kind}`,
          members: 20 + name.length,
        }),
      ),
    ),
  ],
  roomCount: 33,
}

const mathesarSections = [
  ['discussion', 'General discussion', ['General', 'Off Topic']],
  ['code', 'Code', ['Frontend', 'Backend', 'Database', 'GitHub Updates']],
  ['product', 'Product', ['Design', 'Product', 'Wiki Review']],
  ['community', 'Community', ['Outreach', 'Documentation', 'Standup']],
  ['team', 'Team', ['Core team']],
] as const

/** A small community, every room of which is on one server. */
export const mathesar: Community = {
  ...base,
  id: 'mathesar',
  name: 'Mathesar',
  initials: 'M',
  summary: 'Postgres databases that people without SQL can work in.',
  colour: '#c2562b',
  sections: mathesarSections.map(([id, name]) => ({ id, name })),
  rooms: mathesarSections.flatMap(([section, , names]) =>
    names.map((name) =>
      sampleRoom({
        address: `#${name.toLowerCase().replaceAll(' ', '-')}:matrix.mathesar.org`,
        section,
        name,
        members: 30 + name.length,
        isLobby: name === 'General',
      }),
    ),
  ),
  roomCount: 13,
}

/** A community before any server has answered. */
export function unseen(community: Community): Community {
  return {
    ...community,
    rooms: community.rooms.map((room) => ({
      ...room,
      sight: 'asking' as const,
      label: room.isLobby ? room.name : null,
      name: null,
      topic: null,
      members: null,
      joinRule: null,
    })),
  }
}
