import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startHomeservers } from './homeservers.ts'
import { serverDirectory } from './homeserver-config.ts'
import { withLock } from './lock.ts'
import { seedWorld, wishedRooms } from './seed/seed-world.ts'
import { uploadSignOnIcon } from './seed/sign-on-icon.ts'
import { serverNames } from './servers.ts'
import type { WorldClient } from './world-client.ts'

/** What a world starts from. */
export type TemplateOptions = {
  readonly python: string
  readonly signal?: AbortSignal
  readonly log?: (line: string) => void
}

/** File with the content URI of the icon of tu-dresden.de's single sign-on, in a template and in each world. */
export const SIGN_ON_ICON = 'sign-on-icon.txt'

const practiceDirectory = dirname(fileURLToPath(import.meta.url))

/**
 * Returns the seeded template's directory, building it first if there is none for this Synapse and this seeding code.
 * A second process that wants the same template waits for the first.
 */
export async function ensureTemplate(options: TemplateOptions): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'foyer', 'practice')
  await mkdir(cache, { recursive: true })
  const template = join(cache, await templateHash(options.python))
  if (await exists(template)) return template
  return withLock(`${template}.lock`, options.signal, async () => {
    if (!(await exists(template))) await buildTemplate(cache, template, options)
    return template
  })
}

/** Copies a template to a fresh directory; on file systems that can, without copying the data. */
export async function copyTemplate(template: string, directory: string): Promise<void> {
  await cp(template, directory, { recursive: true, mode: constants.COPYFILE_FICLONE })
}

async function buildTemplate(cache: string, template: string, options: TemplateOptions): Promise<void> {
  const log = options.log ?? (() => undefined)
  const directory = await mkdtemp(join(cache, 'building-'))
  try {
    log('building the practice world, once')
    for (const name of serverNames) {
      await mkdir(serverDirectory(directory, name))
      await writeFile(join(serverDirectory(directory, name), 'signing.key'), newSigningKey(), { mode: 0o600 })
    }
    const homeservers = await startHomeservers({
      ...options,
      directory,
      limits: 'raised',
      isRemoving: false,
      delegates: null,
      hasHurdles: false,
      signOn: null,
      isWary: false,
      wishedRooms,
    })
    try {
      const tokens = await seedWorld(abortable(homeservers.client, options.signal), log)
      await writeFile(join(directory, 'tokens.json'), JSON.stringify(tokens), { mode: 0o600 })
      const icon = await uploadSignOnIcon(homeservers.client, tokens['tu-dresden.de'].admin)
      await writeFile(join(directory, SIGN_ON_ICON), icon)
      await Promise.all(serverNames.map((name) => homeservers.stopServer(name, 'graceful')))
    } finally {
      await homeservers.stop()
    }
    await removeStaleTemplates(cache, template)
    await rename(directory, template)
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

/** A client that refuses the next request once we were told to stop. */
function abortable(client: WorldClient, signal: AbortSignal | undefined): WorldClient {
  return {
    ...client,
    async request(...parameters) {
      signal?.throwIfAborted()
      return client.request(...parameters)
    },
  }
}

/** The format of Synapse's key file: algorithm, key ID, seed in base64 without padding. */
function newSigningKey(): string {
  return `ed25519 a_practice ${randomBytes(32).toString('base64').replace(/=+$/, '')}\n`
}

/** Changes with Synapse's version and with every file that has a say in what a template holds. */
async function templateHash(python: string): Promise<string> {
  const script = 'from importlib.metadata import version; print(version("matrix-synapse"))'
  const hash = createHash('sha256').update((await promisify(execFile)(python, ['-c', script])).stdout)
  const seedFiles = (await readdir(join(practiceDirectory, 'seed')))
    .map((file) => join('seed', file))
    .toSorted()
  for (const file of ['accounts.ts', 'servers.ts', 'homeserver-config.ts', 'template.ts', ...seedFiles]) {
    hash.update(await readFile(join(practiceDirectory, file)))
  }
  return hash.digest('hex').slice(0, 16)
}

/** Keeps the cache from growing with each change. A world only reads its template while it is copied. */
async function removeStaleTemplates(cache: string, template: string): Promise<void> {
  const day = 24 * 60 * 60 * 1000
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
    if (path !== template && age > day) await rm(path, { recursive: true, force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
