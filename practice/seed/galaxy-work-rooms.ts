import { room, type RoomSeed } from './room-seed.ts'

/** Working groups, tools and methods on gitter.im that only the space knows. Names of our own making. */
export const galaxyWorkRooms: readonly RoomSeed[] = [
  work('wg-backend', 'Working group: backend', 'Server code, jobs and data', 3),
  work('wg-ui-ux', 'Working group: UI & UX', 'What people see and touch', 3),
  work('wg-systems', 'Working group: systems', 'Machines behind the public servers', 2),
  work('wg-testing', 'Working group: testing', 'Keeping it all green', 2),
  work('wg-workflows', 'Working group: workflows', 'From one step to the next', 3),
  work('wg-tools', 'Working group: tools', 'How tools are described', 2),
  work('wg-training', 'Working group: training', 'Courses and material', 3),
  work('wg-governance', 'Working group: governance', '', 1),
  work('iuc', 'Tool maintainers', 'Reviewing tool wrappers together', 4),
  work('planemo', 'Planemo', 'The companion of tool authors', 2),
  work('bioblend', 'BioBlend', 'Galaxy from Python', 2),
  work('parsec', 'Command line', 'Galaxy from a shell', 1),
  work('ansible', 'Ansible roles', 'Installing servers by playbook', 2),
  work('kubernetes', 'Kubernetes', 'Galaxy in a cluster', 2),
  work('pulsar', 'Pulsar network', 'Running jobs somewhere else', 3),
  work('tpv', 'Job routing', 'Which job goes where', 1),
  work('cvmfs', 'Reference data', 'Genomes and indexes for everyone', 2),
  work('visualisations', 'Visualisations', 'Plots, viewers and notebooks', 2),
  work('interactive-tools', 'Interactive tools', '', 1),
  work('accessibility', 'Accessibility', 'Galaxy for every pair of eyes and hands', 2),
  work('assembly', 'Genome assembly', 'From reads to chromosomes', 3),
  work('annotation', 'Genome annotation', 'Finding the genes', 2),
  work('rna-seq', 'RNA-seq', 'Counting transcripts', 3),
  work('variants', 'Variant calling', 'Spotting the difference', 2),
  work('virology', 'Virology', 'Small genomes, large outbreaks', 2),
  work('metabolomics', 'Metabolomics', 'Small molecules', 2),
  work('epigenetics', 'Epigenetics', 'What sits on the genome', 1),
  work('machine-learning', 'Machine learning', 'Models that learn from data', 3),
  work('statistics', 'Statistics', 'How sure are we?', 1),
  work('teachers', 'Teachers', 'Running a class with Galaxy', 3),
  work('jobs', 'Jobs', 'Open positions around Galaxy', 2),
  work('random', 'Random', 'Cats, coffee and conferences', 4),
]

function work(slug: string, name: string, topic: string, members: number): RoomSeed {
  return room('gitter.im', `galaxyproject_${slug}`, name, topic, members)
}
