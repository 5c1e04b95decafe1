import { room, type CommunitySeed, type RoomSeed } from './room-seed.ts'

const server = 'auxolotl.org'

const groups: readonly (readonly [code: string, name: string, topic: string, members: number])[] = [
  ['DOCS', 'SIG: Documentation', 'Writing it down', 4],
  ['JS', 'SIG: JavaScript', 'Node, Deno, Bun and friends', 3],
  ['PY', 'SIG: Python', 'Wheels, eggs and environments', 4],
  ['CLI', 'SIG: CLI', 'The aux command', 3],
  ['CORE', 'SIG: Core', 'The packages everything needs', 6],
  ['DARWIN', 'SIG: Darwin', 'Aux on a Mac', 3],
  ['GNOME', 'SIG: Gnome', 'The Gnome desktop', 2],
  ['GO', 'SIG: Go', 'Modules and builds', 2],
  ['HASKELL', 'SIG: Haskell', 'Pure packages', 2],
  ['HOME', 'SIG: Home', 'Your home folder, declared', 3],
  ['KDE', 'SIG: KDE', 'Plasma and its programs', 2],
  ['RUST', 'SIG: Rust', 'Crates and toolchains', 4],
]

const committees: typeof groups = [
  ['STEER', 'Steering Committee', 'Where to go', 5],
  ['SEC', 'Security Committee', 'Holes and how to close them', 3],
  ['COC', 'Code of Conduct Committee', 'Moderation and reports', 3],
  ['MARKET', 'Marketing Committee', 'Logo and voice', 2],
]

/** Thirty-three public rooms and no space. matrix.org takes part in 31 of them. */
export const auxolotl: CommunitySeed = {
  rooms: [
    room(server, 'general', 'Auxolotl General', 'Say hello, ask for help', 12, {
      version: '10',
      isReadable: true,
      messages: ['Hi all, first day with Aux!', 'Welcome! Ask away, or look into the groups.'],
    }),
    ...groups.flatMap((group) => pair('SIG', ...group)),
    ...committees.flatMap((committee) => pair('COM', ...committee)),
  ],
  guests: [{ server: 'matrix.org', username: 'yuki', rooms: 31 }],
}

function pair(kind: string, code: string, name: string, topic: string, members: number): RoomSeed[] {
  return [
    room(server, `${kind}${code}-GEN`, name, topic, members, { version: '10' }),
    room(
      server,
      `${kind}${code}-GOV`,
      `${name} (governance)`,
      'How this group is run',
      Math.ceil(members / 2),
      {
        version: '10',
      },
    ),
  ]
}
