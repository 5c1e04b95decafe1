import { InvalidArgumentError, Option, type Command } from 'commander'
import { parseHomeserverInput } from '../core/addresses/homeserver-input.ts'
import { addServer } from './import-arguments.ts'

/** How findings are written. */
export const checkFormats = ['text', 'json', 'sarif', 'github'] as const
export type CheckFormat = (typeof checkFormats)[number]

/** What `foyer check` is to do. */
export interface CheckOptions {
  /** Manifests’ or pages’ paths, bundled communities’ names, links, or pages’ addresses. */
  readonly targets: readonly string[]
  /** Homeservers whose people are thought of. */
  readonly from: readonly string[]
  /** Also the homeservers that a manifest suggests. */
  readonly isOnline: boolean
  readonly format: CheckFormat
  /** Warnings count as errors do. */
  readonly isStrict: boolean
  readonly isFixing: boolean
  /** So many people are to come at once; null where no workshop is planned. */
  readonly workshop: number | null
  /** A whole Matrix ID, whose access token comes on standard input; null to look from outside only. */
  readonly user: { readonly id: string; readonly server: string } | null
  /** A file, or a folder for index.html. */
  readonly healthPath: string | null
  /** Minutes between two runs; null to run once. */
  readonly everyMinutes: number | null
  readonly proxy: string | null
  readonly caPath: string | null
}

interface RawOptions {
  readonly from?: string[]
  readonly online?: true
  readonly json?: true
  readonly format?: CheckFormat
  readonly strict?: true
  readonly fix?: true
  readonly workshop?: number
  readonly user?: string
  readonly tokenStdin?: true
  readonly health?: string
  readonly watch?: number | true
  readonly proxy?: string
  readonly ca?: string
}

const USUAL_MINUTES = 60
const FEWEST_MINUTES = 5

/** Adds `foyer check` to the program; `choose` gets what it is to do. */
export function defineCheck(program: Command, choose: (options: CheckOptions) => void): void {
  const check = program
    .command('check')
    .description(
      'Say what is wrong with a community’s page or manifest, and with its rooms as homeservers see them.',
    )
    .argument(
      '<community...>',
      'manifests, pages (files or https addresses), bundled communities, or links to a space or room',
    )
    .option('--from <server>', 'ask this homeserver, as its newcomers would; may be repeated', addServer)
    .option('--online', 'ask the homeservers that the manifest suggests')
    .addOption(new Option('--format <format>', 'how to write it (default: text)').choices(checkFormats))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .option('--strict', 'warnings count as errors')
    .option('--fix', 'mend what is safe in the file: links, doubled entries')
    .option('--workshop <people>', 'say what goes wrong when so many people come at once', toCount)
    .option('--user <user>', 'look from inside too, with this account: @me:example.org')
    .option('--token-stdin', 'read its access token from standard input')
    .option('--health <path>', 'write a page, rooms by homeservers, into this file or folder')
    .option('--watch [minutes]', `run again and again (default: each ${USUAL_MINUTES} minutes)`, toMinutes)
    .option('--proxy <url>', 'go through this HTTP proxy')
    .option('--ca <file>', 'trust these certificate authorities too (PEM)')
    .action((targets: string[], raw: RawOptions) => {
      choose(checked(targets, raw, (problem) => check.error(`error: ${problem}`)))
    })
}

function toCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new InvalidArgumentError('It is not a number of people.')
  return count
}

function toMinutes(text: string): number {
  const minutes = Number(text)
  if (!Number.isInteger(minutes) || minutes < FEWEST_MINUTES || minutes > 10_080)
    throw new InvalidArgumentError(
      `It is not a number of minutes, of which there have to be ${FEWEST_MINUTES} at least.`,
    )
  return minutes
}

function checked(
  targets: readonly string[],
  raw: RawOptions,
  refuse: (problem: string) => never,
): CheckOptions {
  const isAsking = raw.online === true || (raw.from?.length ?? 0) > 0
  if (raw.health !== undefined && targets.length > 1) refuse('--health is for one community at a time')
  if (raw.watch !== undefined && raw.fix) refuse('--fix and --watch do not go together')
  if ((raw.user === undefined) !== (raw.tokenStdin === undefined))
    refuse('--user and --token-stdin go together')
  if (raw.health !== undefined && !isAsking) refuse('--health needs --from or --online')
  if (raw.proxy !== undefined && !/^https?:\/\/[^/]/.test(raw.proxy))
    refuse(`--proxy ${raw.proxy} is not an address such as http://proxy.example:3128`)
  return {
    targets,
    from: raw.from ?? [],
    isOnline: raw.online === true,
    format: raw.json ? 'json' : (raw.format ?? 'text'),
    isStrict: raw.strict === true,
    isFixing: raw.fix === true,
    workshop: raw.workshop ?? null,
    user: raw.user === undefined ? null : readUser(raw.user, refuse),
    healthPath: raw.health ?? null,
    everyMinutes: raw.watch === undefined ? null : raw.watch === true ? USUAL_MINUTES : raw.watch,
    proxy: raw.proxy ?? null,
    caPath: raw.ca ?? null,
  }
}

function readUser(text: string, refuse: (problem: string) => never): { id: string; server: string } {
  const id = parseHomeserverInput(text)
  if (!id.ok || id.value.username === null)
    return refuse(`--user ${text} is not a Matrix ID such as @me:example.org`)
  const { username, serverName } = id.value
  return { id: `@${username}:${serverName}`, server: serverName }
}
