import { parseArgs } from 'node:util'

/** What the command line of `npm run bench` says. */
export interface BenchOptions {
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
  if (positionals.length !== 1 || positionals[0] !== 'joining')
    throw new Error('Say what to measure: npm run bench -- joining [--json FILE] [--full]')
  return { jsonPath: values.json ?? null, isFull: values.full }
}
