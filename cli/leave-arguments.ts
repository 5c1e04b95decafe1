import { Option, type Command } from 'commander'
import type { Visitor } from './entrance.ts'

/** What `foyer leave` is to do. */
export interface LeaveOptions extends Pick<Visitor, 'secret'> {
  /** The journal that `foyer join --resume` has kept; it also says whose account it is. */
  readonly journalPath: string
  /** Null for the server in the account's Matrix ID. */
  readonly homeserver: string | null
  readonly proxy: string | null
  readonly caPath: string | null
}

interface RawOptions {
  readonly resume: string
  readonly homeserver?: string
  readonly passwordStdin?: true
  readonly tokenStdin?: true
  readonly proxy?: string
  readonly ca?: string
}

/** Adds `foyer leave` to the program; `choose` gets what it is to do. */
export function defineLeave(program: Command, choose: (options: LeaveOptions) => void): void {
  const leave = program
    .command('leave')
    .description('Leave every room again that `foyer join --resume <file>` has joined, and no other.')
    .requiredOption('--resume <file>', 'the journal of that run, which also says whose account it is')
    .option('--homeserver <server>', 'where the account is, if its Matrix ID doesn’t say')
    .addOption(
      new Option('--password-stdin', 'read the password from standard input').conflicts('tokenStdin'),
    )
    .option('--token-stdin', 'read an access token from standard input; its session is left alone')
    .option('--proxy <url>', 'go through this HTTP proxy')
    .option('--ca <file>', 'trust these certificate authorities too (PEM)')
    .action((raw: RawOptions) => {
      const secret = raw.passwordStdin ? 'password' : raw.tokenStdin ? 'token' : null
      if (secret === null)
        leave.error('error: say what comes on standard input, with --password-stdin or --token-stdin')
      const { resume: journalPath, homeserver = null, proxy = null, ca: caPath = null } = raw
      choose({ journalPath, homeserver, secret, proxy, caPath })
    })
}
