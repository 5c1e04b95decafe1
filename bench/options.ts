import { parseArgs } from 'node:util'

const ALL = ['joining', 'fit', 'many', 'quiet', 'reading'] as const
type What = (typeof ALL)[number]

/** What the command line of `npm run bench` says. */
export interface BenchOptions {
  /**
   * Joining against the limits' own bound, what a homeserver's card says of it against what it takes, planning for 5,000
   * rooms, what a quiet start costs, or reading what is large or hostile.
   */
  readonly what: What
  /** Where the figures go, beside the table on the screen. */
  readonly jsonPath: string | null
  /** Also the cases at default limits that take half an hour and more. */
  readonly isFull: boolean
}

/** Reads the command line. Throws with a sentence for people if it makes no sense. */
export function readOptions(parameters: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { json: { type: 'string' }, full: { type: 'boolean', default: false } },
  })
  const what = ALL.find((each) => each === positionals[0])
  if (positionals.length !== 1 || what === undefined)
    throw new Error(`Say what to measure: npm run bench -- ${ALL.join('|')} [--json FILE] [--full]`)
  return { what, jsonPath: values.json ?? null, isFull: values.full }
}
