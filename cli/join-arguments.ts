import { InvalidArgumentError, Option, type Command } from 'commander'
import { parseHomeserverInput } from '../core/addresses/homeserver-input.ts'
import { parseRoomLink, type RoomAddress } from '../core/addresses/room-address.ts'

/** What `foyer join` is to do. */
export interface JoinOptions {
  /** A manifest's path, a bundled community's name, or a link; see `readSource`. */
  readonly community: string
  readonly homeserver: string
  /** A Matrix ID or a username, as it was typed; empty where the sign-in tells. */
  readonly user: string
  /**
   * How to sign in: by a password or token on standard input, or by a code that is entered in any browser. Null for a
   * dry run that needs no account.
   */
  readonly secret: 'password' | 'token' | 'code' | null
  /** Null where nothing was said, as the default differs. */
  readonly preset: string | null
  /** The person has read and agrees to the rules, where the community has any to agree to. */
  readonly agreesToRules: boolean
  /** Rooms ring for mentions only; null where nothing was said, as that depends on their number. */
  readonly isQuiet: boolean | null
  /** Rooms chosen one by one; they replace the preset. */
  readonly rooms: readonly RoomAddress[]
  readonly isJson: boolean
  readonly isDryRun: boolean
  readonly resumePath: string | null
  readonly proxy: string | null
  readonly caPath: string | null
}

interface RawOptions {
  readonly homeserver?: string
  readonly user?: string
  readonly passwordStdin?: true
  readonly tokenStdin?: true
  readonly deviceCode?: true
  readonly preset?: string
  readonly agreeToRules?: true
  readonly quiet?: boolean
  readonly room?: RoomAddress[]
  readonly json?: true
  readonly resume?: string
  readonly dryRun?: true
  readonly proxy?: string
  readonly ca?: string
}

/** Adds `foyer join` to the program; `choose` gets what it is to do. */
export function defineJoin(program: Command, choose: (options: JoinOptions) => void): void {
  const join = program
    .command('join')
    .description('Join a community’s space and rooms with an account that exists.')
    .argument(
      '<community>',
      'a manifest file, the name of a bundled community, or any link to a space or room',
    )
    .option('--homeserver <server>', 'where the account is: a name, an address, or a Matrix ID')
    .option('--user <user>', 'username or Matrix ID')
    .addOption(
      new Option('--password-stdin', 'read the password from standard input').conflicts('tokenStdin'),
    )
    .option('--token-stdin', 'read an access token from standard input; its session is left alone')
    .addOption(
      new Option('--device-code', 'sign in by a code, in the browser of any device').conflicts([
        'passwordStdin',
        'tokenStdin',
      ]),
    )
    .option(
      '--preset <preset>',
      'which rooms: suggested, all, lobby, or one of the manifest’s (default: as the manifest says, else suggested; all for a link)',
    )
    .option('--agree-to-rules', 'you have read and agree to the community’s rules')
    .option('--room <address>', 'only this room; may be repeated', addRoom)
    .option('--quiet', 'rooms ring for mentions only (default: where there are more than ten)')
    .option('--no-quiet', 'they ring as your chat app has it; with --resume a quiet start is taken back')
    .option('--json', 'one event a line, as JSON, for programs')
    .option('--resume <file>', 'keep the journal here, and go on where it stands')
    .option('--dry-run', 'plan and estimate only; needs no password')
    .option('--proxy <url>', 'go through this HTTP proxy')
    .option('--ca <file>', 'trust these certificate authorities too (PEM)')
    .action((community: string, raw: RawOptions) => {
      choose(checked(community, raw, (problem) => join.error(`error: ${problem}`)))
    })
}

function addRoom(text: string, before: readonly RoomAddress[] = []): RoomAddress[] {
  const link = parseRoomLink(text)
  if (!link.ok) throw new InvalidArgumentError('It is not a room’s address or link.')
  return [...before, link.value]
}

function checked(community: string, raw: RawOptions, refuse: (problem: string) => never): JoinOptions {
  const { user, server: ownServer } = readUser(raw.user?.trim() ?? '')
  const homeserver = raw.homeserver ?? ownServer
  const isDryRun = raw.dryRun === true
  const secret = raw.passwordStdin
    ? 'password'
    : raw.tokenStdin
      ? 'token'
      : raw.deviceCode && !isDryRun
        ? 'code'
        : null
  if (homeserver === null) refuse('say where the account is, with --homeserver')
  const server = parseHomeserverInput(homeserver)
  if (!server.ok) refuse(`--homeserver ${homeserver} is not a server’s name or address`)
  if (user === '' && !isDryRun && secret !== 'code') refuse('say whose account it is, with --user')
  if (user !== '' && ownServer === null && !/^[^\s@:]+$/.test(user))
    refuse(`--user ${user} is neither a username nor a Matrix ID such as @me:example.org`)
  if (secret === null && !isDryRun)
    refuse('say how to sign in, with --password-stdin, --token-stdin or --device-code')
  if (secret !== null && secret !== 'code' && user === '') refuse('say whose account it is, with --user')
  if (raw.proxy !== undefined && !isProxy(raw.proxy))
    refuse(`--proxy ${raw.proxy} is not an address such as http://proxy.example:3128`)
  return {
    community,
    homeserver: server.value.serverName,
    user,
    secret,
    preset: raw.preset ?? null,
    agreesToRules: raw.agreeToRules === true,
    isQuiet: raw.quiet ?? null,
    rooms: raw.room ?? [],
    isJson: raw.json === true,
    isDryRun,
    resumePath: raw.resume ?? null,
    proxy: raw.proxy ?? null,
    caPath: raw.ca ?? null,
  }
}

/** A username as it is, and a Matrix ID in full with its server; people leave out its @ now and then. */
export function readUser(text: string): { user: string; server: string | null } {
  const id = parseHomeserverInput(text)
  if (!id.ok || id.value.username === null) return { user: text, server: null }
  const { username, serverName } = id.value
  return { user: `@${username}:${serverName}`, server: serverName }
}

/** True for the address of an HTTP proxy. */
export function isProxy(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
