import { InvalidArgumentError, Option, type Command } from 'commander'
import { parseHomeserverInput } from '../core/addresses/homeserver-input.ts'
import { parseRoomLink, type RoomAddress } from '../core/addresses/room-address.ts'
import { httpsUrl } from '../core/communities/manifest-fields.ts'
import type { Visitor } from './entrance.ts'
import { isProxy, readUser } from './join-arguments.ts'

/** What `foyer publish` is to do. */
export interface PublishOptions extends Visitor {
  /** A manifest's path, or a bundled community's name; null only where `space` says it all. */
  readonly community: string | null
  /** Take back what was published. */
  readonly isRemoved: boolean
  /** Null for the space that the manifest names. */
  readonly space: RoomAddress | null
  /** Where the manifest is on the web; then the space only says so. */
  readonly url: string | null
  readonly homeserver: string
  readonly secret: 'password' | 'token'
  readonly proxy: string | null
  readonly caPath: string | null
}

interface RawOptions {
  readonly user: string
  readonly homeserver?: string
  readonly space?: RoomAddress
  readonly url?: string
  readonly remove?: true
  readonly passwordStdin?: true
  readonly tokenStdin?: true
  readonly proxy?: string
  readonly ca?: string
}

/** Adds `foyer publish` to the program; `choose` gets what it is to do. */
export function definePublish(program: Command, choose: (options: PublishOptions) => void): void {
  const publish = program
    .command('publish')
    .description('Put a manifest into its space, so that a plain link to the space brings all of it.')
    .argument('[manifest]', 'a manifest file, or the name of a bundled community')
    .requiredOption('--user <user>', 'who may change the space: username or Matrix ID')
    .option('--homeserver <server>', 'where the account is, if its Matrix ID doesn’t say')
    .option('--space <address>', 'the space (default: the one that the manifest names)', readSpace)
    .option('--url <url>', 'put this address of the manifest there instead, https://…')
    .option('--remove', 'take back what was published; needs --space or the manifest')
    .addOption(
      new Option('--password-stdin', 'read the password from standard input').conflicts('tokenStdin'),
    )
    .option('--token-stdin', 'read an access token from standard input; its session is left alone')
    .option('--proxy <url>', 'go through this HTTP proxy')
    .option('--ca <file>', 'trust these certificate authorities too (PEM)')
    .action((community: string | undefined, raw: RawOptions) => {
      const refuse = (problem: string): never => publish.error(`error: ${problem}`)
      choose(checked(community ?? null, raw, refuse))
    })
}

function readSpace(text: string): RoomAddress {
  const link = parseRoomLink(text)
  if (!link.ok) throw new InvalidArgumentError('It is not a space’s address or link.')
  return link.value
}

function checked(
  community: string | null,
  raw: RawOptions,
  refuse: (problem: string) => never,
): PublishOptions {
  const { user, server: ownServer } = readUser(raw.user.trim())
  const homeserver = raw.homeserver ?? ownServer
  if (homeserver === null) refuse('say where the account is, with --homeserver')
  const server = parseHomeserverInput(homeserver)
  if (!server.ok) refuse(`--homeserver ${homeserver} is not a server’s name or address`)
  const secret = raw.passwordStdin ? 'password' : raw.tokenStdin ? 'token' : null
  if (secret === null) refuse('say how to sign in, with --password-stdin or --token-stdin')
  if (raw.url !== undefined && !httpsUrl.safeParse(raw.url).success)
    refuse(`--url ${raw.url} is not an address that begins with https://`)
  if (raw.proxy !== undefined && !isProxy(raw.proxy))
    refuse(`--proxy ${raw.proxy} is not an address such as http://proxy.example:3128`)
  if (raw.remove === true ? community === null && !raw.space : community === null)
    refuse(raw.remove === true ? 'say which space, with --space' : 'say which manifest to publish')
  if (raw.remove === true && raw.url !== undefined) refuse('--remove and --url contradict each other')
  return {
    community,
    isRemoved: raw.remove === true,
    space: raw.space ?? null,
    url: raw.url ?? null,
    user,
    homeserver: server.value.serverName,
    secret,
    proxy: raw.proxy ?? null,
    caPath: raw.ca ?? null,
  }
}
