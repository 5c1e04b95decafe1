import type { CheckId } from '../catalogue.ts'

/** Something on a page that newcomers stumble over, and how a check is to tell it. */
export interface PageTrap {
  readonly page: string
  /** What is wrong, in a few words. */
  readonly trap: string
  readonly id: CheckId
  /** The room it is about; null where it is about the page. */
  readonly address: string | null
}

/** Everything that a careful reader finds wrong on the five pages, written down by hand, in the order of the pages. */
export const pageTraps: readonly PageTrap[] = [
  trap(
    'Mathesar, Matrix',
    'the space is named by an ID, which doesn’t follow when it is replaced',
    'id-not-alias',
    {
      address: '!KQLkDbtIMsvcwUIfNy:matrix.mathesar.org',
    },
  ),
  trap('Mathesar, Matrix', 'newcomers are told to join every room by themselves', 'one-by-one'),
  trap('Mathesar, Community', 'no link to the space', 'no-space'),
  trap(
    'de-RSE',
    'an institution may have an account already, without saying where',
    'institution-without-domains',
  ),
  trap('de-RSE', 'an apostrophe damaged by a wrong encoding', 'damaged-text'),
  trap('Galaxy', 'the space’s address is “all rooms” here and “the Lobby” there', 'two-names', {
    address: '#galaxyproject:matrix.org',
  }),
  trap('Galaxy', 'dashes and emoji damaged by a wrong encoding', 'damaged-text'),
  trap('Auxolotl', 'no link to a space', 'no-space'),
  trap('Auxolotl', 'the page isn’t published', 'unpublished'),
  trap('Auxolotl', '“SIG:CLI Governance” appears twice', 'name-twice', {
    address: '#SIGPY-GOV:auxolotl.org',
  }),
  trap('Auxolotl', 'the Python group’s row is called CLI', 'label-address', {
    address: '#SIGPY-GOV:auxolotl.org',
  }),
  trap('Auxolotl', 'a row called CLI whose purpose is Python’s', 'purpose-label', {
    address: '#SIGPY-GOV:auxolotl.org',
  }),
  trap('Auxolotl', 'the Go group’s purpose speaks of JavaScript', 'purpose-label', {
    address: '#SIGGO-GOV:auxolotl.org',
  }),
]

function trap(
  page: string,
  about: string,
  id: CheckId,
  { address = null }: { readonly address?: string | null } = {},
): PageTrap {
  return { page, trap: about, id, address }
}
