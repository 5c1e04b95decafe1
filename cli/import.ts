import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { importPage, type ImportedPage } from '../core/importing/import-page.ts'
import { Failure, systemCodeOf } from './failure.ts'
import { fetchPage, isPageAddress, resolveHost } from './fetch-page.ts'
import { importReport } from './import-report.ts'
import type { ImportOptions } from './import-arguments.ts'
import { pageText } from './page-text.ts'

/** What the import needs from its surroundings. */
export interface ImportStreams {
  readonly input: AsyncIterable<Uint8Array>
  readonly out: { write(text: string): unknown }
  /** Where the account of what was taken and what left out goes. */
  readonly error: { write(text: string): unknown }
}

/** `foyer import`: the manifest goes out, the account of it to the side. Throws a `Failure` where there is none. */
export async function importCommand(options: ImportOptions, streams: ImportStreams): Promise<void> {
  const { page, outPath } = options
  const isUrl = isPageAddress(page)
  const text = isUrl
    ? await fetchPage(page, fetch, resolveHost)
    : pageText(page === '-' ? await buffer(streams.input) : readBytes(page))
  const origin = isUrl ? { name: new URL(page).pathname, url: page } : { name: basename(page) }
  const imported = importPage(text, origin)
  streams.error.write(importReport(imported, page === '-' ? 'standard input' : page))
  if (imported.manifest === null)
    throw new Failure('usage', 'No room or space is named on this page, so there is no manifest to make.')
  write(imported.manifest, outPath, streams)
}

function write(
  manifest: NonNullable<ImportedPage['manifest']>,
  path: string | null,
  { out }: ImportStreams,
): void {
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
