import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { readDraft } from '../core/checking/draft.ts'
import type { ManifestInput } from '../core/communities/manifest.ts'
import { fillIn } from '../core/importing/fill-in.ts'
import { importPage } from '../core/importing/import-page.ts'
import { Failure, systemCodeOf } from './failure.ts'
import { fetchPage, isPageAddress, resolveHost } from './fetch-page.ts'
import { fillReport, importReport } from './import-report.ts'
import type { ImportOptions } from './import-arguments.ts'
import { pageText } from '../matrix/http/page-text.ts'
import type { Network } from './network.ts'

/** What the import needs from its surroundings. */
export interface ImportStreams {
  readonly input: AsyncIterable<Uint8Array>
  readonly out: { write(text: string): unknown }
  /** Where the account of what was taken and what left out goes. */
  readonly error: { write(text: string): unknown }
}

/** `foyer import`: the manifest goes out, the account of it to the side. Throws a `Failure` where there is none. */
export async function importCommand(options: ImportOptions, streams: ImportStreams): Promise<void> {
  const { page, outPath, proxy, caPath } = options
  const isUrl = isPageAddress(page)
  const isAsking = options.from.length > 0
  const network = isAsking || proxy !== null || caPath !== null ? await openedNetwork(proxy, caPath) : null
  const text = isUrl
    ? await fetchPage(page, network?.fetch ?? fetch, proxy === null ? resolveHost : null)
    : pageText(page === '-' ? await buffer(streams.input) : readBytes(page))
  const origin = isUrl ? { name: new URL(page).pathname, url: page } : { name: basename(page) }
  const imported = importPage(text, origin)
  streams.error.write(importReport(imported, page === '-' ? 'standard input' : page))
  if (imported.manifest === null)
    throw new Failure('usage', 'No room or space is named on this page, so there is no manifest to make.')
  const manifest =
    network === null || !isAsking
      ? imported.manifest
      : await filledFrom(imported.manifest, options.from, network, streams)
  write(manifest, outPath, streams)
}

/** Rooms that homeservers are asked about; a page with more of them is filled in as far as this. */
const MOST_ASKED = 500
/** How long homeservers may take for all of them, in milliseconds. */
const PATIENCE = 5 * 60_000

// Loaded only when somebody is asked, as the library for Matrix takes a second.
async function openedNetwork(proxy: string | null, caPath: string | null): Promise<Network> {
  const { openNetwork } = await import('./network.ts')
  return openNetwork(proxy, caPath)
}

async function filledFrom(
  manifest: ManifestInput,
  from: readonly string[],
  network: Network,
  { error }: ImportStreams,
): Promise<ManifestInput> {
  const { askedOf } = await import('./checking/ask.ts')
  const { gatherFacts } = await import('../matrix/checking/gather-facts.ts')
  const { amongStrangers } = await import('../matrix/homeserver/strangers.ts')
  const asked = askedOf(readDraft(manifest))
  if (asked === null) return manifest
  // The page may be anybody's; whom it names is asked on the web only.
  const named = amongStrangers(network.fetch, network.resolveHost, from)
  const signal = AbortSignal.timeout(PATIENCE)
  const gathering = gatherFacts({
    ...named,
    from,
    session: null,
    asksSignUp: false,
    space: asked.space,
    rooms: asked.rooms.slice(0, MOST_ASKED),
    signal,
  })
  const facts = await gathering.catch((thrown: unknown) => {
    if (!signal.aborted) throw thrown
    throw new Failure('unreachable', 'The homeservers took too long. Try again later, or without --from.')
  })
  for (const { name } of facts.servers.filter((server) => !server.isReachable))
    error.write(`${name} isn’t answering.\n`)
  const filled = fillIn(manifest, facts)
  error.write(fillReport(filled, MOST_ASKED))
  return filled.manifest
}

function write(manifest: ManifestInput, path: string | null, { out }: ImportStreams): void {
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`
  if (path === null) {
    out.write(text)
    return
  }
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new Failure('usage', `${path} can’t be written (${systemCodeOf(error)}).`)
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Failure('usage', `${path} can’t be read (${systemCodeOf(error)}).`)
  }
}
