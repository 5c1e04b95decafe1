import type { ServerName } from './servers.ts'

/**
 * People who live in the practice world. Their passwords are public on purpose: a practice world listens on loopback
 * only and is thrown away.
 */

/** An account whose password tests and people may use. */
export type KnownAccount = {
  readonly server: ServerName
  readonly username: string
  readonly password: string
  readonly displayName: string
}

/** Ada has an account at her university; another Ada has taken the name on matrix.org. */
export const knownAccounts: readonly KnownAccount[] = [
  {
    server: 'tu-dresden.de',
    username: 'ada',
    password: 'ada-counts-in-dresden',
    displayName: 'Ada (TU Dresden)',
  },
  { server: 'matrix.org', username: 'ada', password: 'ada-was-here-first', displayName: 'Ada' },
]

/** Works any number of times on auxolotl.org. */
export const registrationToken = 'axolotl-welcome'

/** Lets seeding and tests make accounts on any server, also a closed one, by Synapse's admin API. */
export const registrationSecret = 'practice-only'

/** Reads the truth for tests; is in no room. Exempt from rate limits, like the steward. */
export const adminUsername = 'practice-admin'

/** Made and moderates every room of its server. */
export const stewardUsername = 'steward'

/** People who are in the rooms, the same names on each server. */
export const memberNames: readonly string[] = [
  'noor',
  'tomasz',
  'yuki',
  'ines',
  'kwame',
  'lotte',
  'arjun',
  'maren',
  'diego',
  'sanna',
  'oluchi',
  'pavel',
]
