import { parseArgs } from 'node:util'
import { limitsModes, type Limits } from './limits.ts'

/** What the command line of `npm run practice` says. */
export type PracticeOptions = {
  readonly limits: Limits
  /** Whether matrix.org delegates its accounts, as in life. */
  readonly delegates: boolean
  /** Whether matrix.mathesar.org asks for a mail and a captcha; mails are shown in the terminal. */
  readonly hasHurdles: boolean
  /** Whether tu-dresden.de has single sign-on. */
  readonly hasSignOn: boolean
  /** Whether homeservers limit sign-ups, let people in by hand, and end sessions by themselves. */
  readonly isWary: boolean
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
      accounts: { type: 'string', default: 'oauth' },
      hurdles: { type: 'boolean', default: false },
      'sign-on': { type: 'boolean', default: false },
      wary: { type: 'boolean', default: false },
      python: { type: 'string' },
      'end-with-input': { type: 'boolean', default: false },
    },
  })
  const { python } = values
  const limits = limitsModes.find((mode) => mode === values.limits)
  if (limits === undefined) {
    throw new Error(`--limits is "default", "raised" or "twentyfold", not "${values.limits}"`)
  }
  if (values.accounts !== 'oauth' && values.accounts !== 'passwords') {
    throw new Error(`--accounts is "oauth" or "passwords", not "${values.accounts}"`)
  }
  const delegates = values.accounts === 'oauth'
  return {
    limits,
    delegates,
    hasHurdles: values.hurdles,
    hasSignOn: values['sign-on'],
    isWary: values.wary,
    isEndingWithInput: values['end-with-input'],
    ...(python && { python }),
  }
}
