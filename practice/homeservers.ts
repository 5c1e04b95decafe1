import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startConnectProxy } from './connect-proxy.ts'
import { serverDirectory, writeHomeserverConfig } from './homeserver-config.ts'
import { startHurdles, type Hurdles } from './hurdles/hurdles.ts'
import { startLauncher, type Launcher } from './launcher.ts'
import type { Limits } from './limits.ts'
import { startOauthServer, type OauthServer } from './oauth/server.ts'
import { createUserBackend, type KnownPeople } from './oauth/user-backend.ts'
import { startIdentityProvider, type IdentityProvider } from './sign-on/identity-provider.ts'
import { ACCOUNT_HOST, IDP_HOST, WEB_HOST, serverNames, serversOf, type ServerName } from './servers.ts'
import { startWebsite, type Website } from './website.ts'
import { createWorldClient, type WorldClient } from './world-client.ts'

/** How long a homeserver may take until it answers, in milliseconds. Generous, for a busy computer. */
const START_TIMEOUT = 60_000
const POLL_INTERVAL = 50

/** What running homeservers need to know. */
export type HomeserversOptions = {
  readonly python: string
  /** Holds a folder for each server with its database and signing key; the rest is written here at each start. */
  readonly directory: string
  readonly limits: Limits
  /** Whether the directory goes when the homeservers end. */
  readonly isRemoving: boolean
  /** Has matrix.org delegate its accounts to an OAuth 2.0 server, which knows these people; null: it keeps them itself. */
  readonly delegates: KnownPeople | null
  /** Has matrix.mathesar.org ask newcomers for a mail and a captcha, too. */
  readonly hasHurdles: boolean
  /**
   * Has tu-dresden.de let in whom its institution vouches for: their passwords by username, and the institution's icon
   * as a content URI; null: passwords only.
   */
  readonly signOn: { readonly people: ReadonlyMap<string, string>; readonly icon: string } | null
  /** Has homeservers be wary of newcomers; see `waryConfig`. */
  readonly isWary: boolean
  /** Localparts that the first room of a server gets as its ID. For seeding. */
  readonly wishedRooms?: Partial<Record<ServerName, string>>
  readonly signal?: AbortSignal
  readonly log?: (line: string) => void
}

/** The five homeservers, their proxy and their authority, all running, and the OAuth 2.0 server where there is one. */
export type Homeservers = {
  readonly proxyUrl: string
  readonly caPath: string
  readonly caPem: string
  readonly servers: readonly { readonly name: ServerName; readonly port: number }[]
  readonly launcher: Launcher
  readonly client: WorldClient
  /** As if the machine had lost power, or with a proper goodbye. */
  readonly stopServer: (name: ServerName, how?: 'kill' | 'graceful') => Promise<void>
  /** Starts a stopped server again and waits until it answers. */
  readonly startServer: (name: ServerName) => Promise<void>
  readonly setReachable: (
    name: ServerName | typeof ACCOUNT_HOST | typeof IDP_HOST,
    isReachable: boolean,
  ) => void
  /** Keeps matrix.org's accounts; null where that keeps them itself. */
  readonly oauth: OauthServer | null
  /** Where matrix.mathesar.org's mails go and its captchas are judged; null where it asks for neither. */
  readonly hurdles: Hurdles | null
  /** Vouches for tu-dresden.de's people; null where that has no single sign-on. */
  readonly identityProvider: IdentityProvider | null
  /** A community's own website, empty at first. */
  readonly website: Website
  readonly stop: () => Promise<void>
}

/** Starts everything and waits until all five servers answer. Leaves nothing running when it fails or is aborted. */
export async function startHomeservers(options: HomeserversOptions): Promise<Homeservers> {
  const { directory, limits, signal } = options
  const log = options.log ?? (() => undefined)
  const proxy = await startConnectProxy(serverNames.length)
  for (const host of [ACCOUNT_HOST, IDP_HOST, WEB_HOST]) {
    await mkdir(serverDirectory(directory, host), { recursive: true })
  }
  const launcher = await startLauncher(options.python, directory, options.isRemoving, log)
  const caPath = join(directory, 'ca.pem')
  const caPem = await readFile(caPath, 'utf8')
  const proxyUrl = `http://127.0.0.1:${proxy.port}`
  const client = createWorldClient(proxyUrl, caPem)
  const oauth =
    options.delegates === null
      ? null
      : await startOauthServer(directory, createUserBackend(client, 'matrix.org', options.delegates))
  if (oauth !== null) proxy.setPort(ACCOUNT_HOST, oauth.port)
  const hurdles = options.hasHurdles ? await startHurdles(log) : null
  const identityProvider =
    options.signOn === null
      ? null
      : await startIdentityProvider(directory, 'tu-dresden.de', options.signOn.people)
  if (identityProvider !== null) proxy.setPort(IDP_HOST, identityProvider.port)
  const website = await startWebsite(directory)
  proxy.setPort(WEB_HOST, website.port)
  const servers = serversOf({
    delegates: oauth !== null,
    hasHurdles: options.hasHurdles,
    hasSignOn: identityProvider !== null,
  })
  const stop = async () => {
    await oauth?.close()
    await hurdles?.close()
    await identityProvider?.close()
    await website.close()
    await client.close()
    await launcher.end()
    await proxy.close()
  }
  try {
    const placed = servers.map((server, index) => ({ ...server, port: proxy.claimedPorts[index] ?? 0 }))

    const startServer = async (name: ServerName) => {
      const server = placed.find((each) => each.name === name)
      if (!server) throw new Error(`${name} is not of the practice world`)
      const config = await writeHomeserverConfig(server, {
        directory,
        port: server.port,
        proxyPort: proxy.port,
        limits,
        isWary: options.isWary,
        accountEndpoint: oauth?.endpoint ?? null,
        signOn: identityProvider && { addresses: identityProvider, icon: options.signOn?.icon ?? '' },
        hurdles: hurdles && { mailPort: hurdles.mail.port, captchaAddress: hurdles.captcha.address },
      })
      proxy.setPort(name, server.port)
      const wishedRoom = options.wishedRooms?.[name]
      const raised = limits !== 'default'
      await launcher.start({ name, config, raised, ...(wishedRoom && { wishedRoom }) })
      await untilAnswering(name, directory, client, launcher, signal)
    }
    await Promise.all(placed.map((server) => startServer(server.name)))
    return {
      proxyUrl,
      caPath,
      caPem,
      servers: placed.map(({ name, port }) => ({ name, port })),
      launcher,
      client,
      stopServer: (name, how = 'kill') => launcher.stop(name, how),
      startServer,
      setReachable: proxy.setReachable,
      oauth,
      hurdles,
      identityProvider,
      website,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function untilAnswering(
  name: ServerName,
  directory: string,
  client: WorldClient,
  launcher: Launcher,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT
  while (performance.now() < deadline) {
    signal?.throwIfAborted()
    if (!launcher.pids.has(name)) break
    const answer = await client.request(name, '/_matrix/client/versions').catch(() => undefined)
    if (answer?.['versions']) return
    await delay(POLL_INTERVAL)
  }
  const written = await readFile(join(serverDirectory(directory, name), 'homeserver.log'), 'utf8').catch(
    () => '',
  )
  throw new Error(`${name} did not start. The end of its log:\n${written.slice(-2000)}`)
}
