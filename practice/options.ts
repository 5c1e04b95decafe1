import { parseArgs } from 'node:util'
import type { Limits } from './homeserver-config.ts'

/** What the command line of `npm run practice` says. */
export type PracticeOptions = {
  readonly limits: Limits
  /** Overrides the interpreter that the set-up found. */
  readonly python?: string
  /** For programs that start a world: it ends when the pipe on its standard input closes. */
  readonly isEndingWithInput: boolean
}

/** Reads the command line. Throws with a sentence for people if it makes no sense. */
export function readOptions(parameters: readonly string[]): PracticeOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      limits: { type: 'string', default: 'default' },
      python: { type: 'string' },
      'end-with-input': { type: 'boolean', default: false },
    },
  })
  const { limits, python } = values
  if (limits !== 'default' && limits !== 'raised') {
    throw new Error(`--limits is "default" or "raised", not "${limits}"`)
  }
  return { limits, isEndingWithInput: values['end-with-input'], ...(python && { python }) }
}
