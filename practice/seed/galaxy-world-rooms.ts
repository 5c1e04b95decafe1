import { room, type RoomSeed } from './room-seed.ts'

/** Regional and subject rooms on matrix.org that only the space knows. Names of our own making. */
export const galaxyWorldRooms: readonly RoomSeed[] = [
  ...regional('africa', 'Galaxy Africa', 3),
  ...regional('australia', 'Galaxy Australia', 5),
  ...regional('austria', 'Galaxy Österreich', 1),
  ...regional('belgium', 'Galaxy Belgium', 2),
  ...regional('brasil', 'Galaxy Brasil', 2),
  ...regional('canada', 'Galaxy Canada', 2),
  ...regional('czechia', 'Galaxy Česko', 1),
  ...regional('estonia', 'Galaxy Eesti', 1),
  ...regional('europe', 'Galaxy Europe', 9),
  ...regional('france', 'Galaxy France', 4),
  ...regional('freiburg', 'Galaxy Freiburg', 3),
  ...regional('india', 'Galaxy India', 3),
  ...regional('italy', 'Galaxy Italia', 2),
  ...regional('japan', 'Galaxy 日本', 2),
  ...regional('norway', 'Galaxy Norge', 1),
  ...regional('spain', 'Galaxy España', 2),
  ...regional('usa', 'Galaxy US', 4),
  subject('climate', 'Galaxy for Climate', 'Earth system models and weather data', 3),
  subject('ecology', 'Galaxy Ecology', 'Biodiversity data and field surveys', 2),
  subject('astronomy', 'Galaxy Astronomy', 'Telescopes, spectra and light curves', 2),
  subject('imaging', 'Galaxy Imaging', 'Microscopes and what comes out of them', 3),
  subject('plants', 'Galaxy Plants', '', 1),
  subject('cancer', 'Galaxy Cancer', 'Tumour genomics', 2),
  subject('materials', 'Galaxy Materials', 'Muons, crystals and simulations', 1),
  subject('humanities', 'Galaxy Digital Humanities', 'Texts, maps and archives', 2),
  subject('chemistry', 'Galaxy Computational Chemistry 🧪', 'Molecules in motion', 2),
  subject('members', 'Galaxy Members’ Hall', 'For those who are in the space', 4, {
    rule: 'restricted',
    version: '11',
  }),
  subject('fellows', 'Galaxy Fellows', 'Ask to come in and say who you are', 3, {
    rule: 'knock',
    version: '11',
  }),
  subject('incidents', 'Incident Desk', 'Private: server emergencies', 2, { rule: 'invite' }),
  subject('events-2025', 'Galaxy Events', 'We have moved', 3, { movedTo: 'galaxy-events', version: '10' }),
  subject('newsletter', 'Newsletter', 'What happened this month', 3, { isReadable: true }),
  subject('events', 'Galaxy Events', 'Conferences, hackathons and calls', 3, { isOutsideSpace: true }),
]

function regional(slug: string, name: string, members: number): [RoomSeed] {
  return [room('matrix.org', `galaxy-${slug}`, name, `People who use ${name}`, members)]
}

function subject(
  slug: string,
  name: string,
  topic: string,
  members: number,
  rest: Partial<RoomSeed> = {},
): RoomSeed {
  return room('matrix.org', `galaxy-${slug}`, name, topic, members, rest)
}
