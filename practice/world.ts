import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import {
  adminUsername,
  knownAccounts,
  registrationToken,
  stewardUsername,
  type KnownAccount,
} from './accounts.ts'
import { startHomeservers, type Homeservers } from './homeservers.ts'
import type { Limits } from './limits.ts'
import { tokensSchema, type Tokens } from './seed/seed-world.ts'
import type { KnownPeople } from './oauth/user-backend.ts'
import { ACCOUNT_HOST, IDP_HOST, type ServerName } from './servers.ts'
import { copyTemplate, ensureTemplate, SIGN_ON_ICON } from './template.ts'
import { createWorldClient, type WorldClient } from './world-client.ts'

export type { Limits } from './limits.ts'
export type { ServerName } from './servers.ts'

/** How to start a world. `python` is the interpreter that has matrix-synapse. */
export type WorldOptions = {
  readonly python: string
  readonly limits: Limits
  /**
   * Whether matrix.org delegates its accounts to an OAuth 2.0 server, as it has since 2025, or keeps them itself, as it
   * did before and as suits tests about something else.
   */
  readonly delegates?: boolean
  /** Whether matrix.mathesar.org asks newcomers for a mail and a captcha, beside its terms. */
  readonly hasHurdles?: boolean
  /** Whether tu-dresden.de lets in whom its institution vouches for (single sign-on), beside passwords. */
  readonly hasSignOn?: boolean
  /** Whether homeservers limit sign-ups, let people in by hand, and end sessions by themselves; see `waryConfig`. */
  readonly isWary?: boolean
  /** Gives up while starting; a world that runs is ended by `stop`. */
  readonly signal?: AbortSignal
  readonly log?: (line: string) => void
}

/** What it takes to look into a running world, also from another process: see `connectToWorld`. */
export type WorldAccess = {
  readonly client: WorldClient
  readonly tokens: Tokens
}

/** Five real homeservers on loopback, seeded. */
export type PracticeWorld = WorldAccess &
  Omit<Homeservers, 'client' | 'launcher'> & {
    readonly directory: string
    /** Holds `describeWorld`'s answer; what the app gets as `--practice=`. */
    readonly descriptionPath: string
    /** Every process of the world but ours: the launcher first, then the homeservers that run now. */
    readonly pids: () => number[]
    readonly accounts: readonly KnownAccount[]
    readonly registrationToken: string
  }

const descriptionSchema = z.object({
  proxy: z.url(),
  /** Path of the authority's certificate, PEM. */
  ca: z.string(),
  servers: z.array(z.object({ name: z.string(), port: z.int() })).readonly(),
})

/** The little that a client needs: no secrets are in it. */
export type WorldDescription = Readonly<z.infer<typeof descriptionSchema>>

/**
 * Starts a world from the seeded template, which is built first if need be. Its processes and its directory go when
 * `stop` is called, and also when this process ends in any other way.
 */
export async function startWorld(options: WorldOptions): Promise<PracticeWorld> {
  const template = await ensureTemplate(options)
  options.signal?.throwIfAborted()
  const directory = await mkdtemp(join(tmpdir(), 'foyer-practice-'))
  try {
    await copyTemplate(template, directory)
    const tokens = await readTokens(directory)
    const { launcher, ...homeservers } = await startHomeservers({
      ...options,
      directory,
      isRemoving: true,
      delegates: options.delegates === true ? knownPeople(tokens) : null,
      hasHurdles: options.hasHurdles === true,
      isWary: options.isWary === true,
      signOn: options.hasSignOn === true ? await signOnIn(directory) : null,
    })
    const descriptionPath = join(directory, 'world.json')
    await writeFile(descriptionPath, JSON.stringify(describeWorld(homeservers), undefined, 2))
    return {
      ...homeservers,
      tokens,
      directory,
      descriptionPath,
      pids: () => [launcher.pid, ...launcher.pids.values()],
      accounts: knownAccounts,
      registrationToken,
      async stop() {
        await homeservers.stop()
        await rm(directory, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

/** How to reach a world. */
export function describeWorld(
  world: Pick<PracticeWorld, 'proxyUrl' | 'caPath' | 'servers' | 'oauth' | 'identityProvider'>,
): WorldDescription {
  const { proxyUrl: proxy, caPath: ca, servers, oauth, identityProvider } = world
  return {
    proxy,
    ca,
    servers: [
      ...servers,
      ...(oauth === null ? [] : [{ name: ACCOUNT_HOST, port: oauth.port }]),
      ...(identityProvider === null ? [] : [{ name: IDP_HOST, port: identityProvider.port }]),
    ],
  }
}

/** Looks into a world that another process runs, given the path of its description. */
export async function connectToWorld(descriptionPath: string): Promise<WorldAccess> {
  const description = descriptionSchema.parse(JSON.parse(await readFile(descriptionPath, 'utf8')))
  return {
    client: createWorldClient(description.proxy, await readFile(description.ca, 'utf8')),
    tokens: await readTokens(join(descriptionPath, '..')),
  }
}

async function readTokens(directory: string): Promise<Tokens> {
  return tokensSchema.parse(JSON.parse(await readFile(join(directory, 'tokens.json'), 'utf8')))
}

/** Who has an account on matrix.org from the start, for the OAuth 2.0 server. */
function knownPeople(tokens: Tokens): KnownPeople {
  const { admin, steward } = tokens['matrix.org']
  return {
    passwords: passwordsOn('matrix.org'),
    tokens: new Map([
      [admin, { username: adminUsername, deviceId: null, isAdmin: true }],
      [steward, { username: stewardUsername, deviceId: null, isAdmin: false }],
    ]),
  }
}

async function signOnIn(directory: string) {
  const icon = await readFile(join(directory, SIGN_ON_ICON), 'utf8')
  return { people: passwordsOn('tu-dresden.de'), icon }
}

function passwordsOn(server: ServerName): ReadonlyMap<string, string> {
  const there = knownAccounts.filter((account) => account.server === server)
  return new Map(there.map(({ username, password }) => [username, password]))
}
