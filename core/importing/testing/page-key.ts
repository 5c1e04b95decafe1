/**
 * What a careful reader finds on the five pages, written down by hand: each address under the heading or the table
 * head that stands above it there.
 */
export interface PageKey {
  readonly page: string
  readonly space: string | null
  readonly sections: Readonly<Record<string, readonly string[]>>
}

function on(server: string, ...names: readonly string[]): string[] {
  return names.map((name) => `#${name}:${server}`)
}

const mathesar = 'matrix.mathesar.org'

/** In the order of the pages’ files. */
export const pageKeys: readonly PageKey[] = [
  {
    page: 'Mathesar, Matrix',
    space: '!KQLkDbtIMsvcwUIfNy:matrix.mathesar.org',
    sections: {
      'General discussion': on(mathesar, 'mathesar', 'code-for-japan'),
      Code: on(mathesar, 'code', 'backend', 'frontend', 'code-review'),
      'Design & Product': on(mathesar, 'design', 'product', 'design-review'),
      Other: on(mathesar, 'standup', 'wiki-review', 'offtopic'),
      'Automated Notifications': on(mathesar, 'github'),
    },
  },
  {
    page: 'Mathesar, Community',
    space: null,
    sections: {
      Matrix: on(
        mathesar,
        'mathesar',
        'standup',
        'code-review',
        'design-review',
        'wiki-review',
        'offtopic',
        'github',
      ),
    },
  },
  {
    page: 'de-RSE',
    space: '#de-rse.org:matrix.org',
    sections: {
      'Our Space and Channels': on(
        'matrix.org',
        'de-rse.org-general',
        'de-rse.org-introductions',
        'de-rse.org-jobs',
        'de-rse.org-events',
        'de-rse.org-offtopic',
      ),
    },
  },
  {
    page: 'Galaxy',
    space: '#galaxyproject:matrix.org',
    sections: {
      'Step 3: Join the Galaxy "Lobby"': on('gitter.im', 'galaxyproject_Lobby'),
      'Galaxy Subjects on Matrix': on(
        'gitter.im',
        'GalaxyProteomics_Lobby',
        'galaxyproject_microGalaxy',
        'Galaxy-Training-Network_galaxy-single-cell',
      ),
      'Galaxy Users on Matrix': on(
        'gitter.im',
        'galaxyproject_tools',
        'galaxyproject_dev',
        'galaxyproject_wg-goat',
        'galaxyproject_admins',
      ),
    },
  },
  {
    page: 'Auxolotl',
    space: null,
    sections: {
      'Our channels': on('auxolotl.org', 'general'),
      'For SIGs': ['GEN', 'GOV'].flatMap((kind) =>
        on(
          'auxolotl.org',
          ...[
            'DOCS',
            'JS',
            'PY',
            'CLI',
            'CORE',
            'DARWIN',
            'GNOME',
            'GO',
            'HASKELL',
            'HOME',
            'KDE',
            'RUST',
          ].map((group) => `SIG${group}-${kind}`),
        ),
      ),
      'For Committees': ['GEN', 'GOV'].flatMap((kind) =>
        on('auxolotl.org', ...['STEER', 'SEC', 'COC', 'MARKET'].map((name) => `COM${name}-${kind}`)),
      ),
    },
  },
]
