import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readManifestText } from '../core/communities/manifest-text.ts'
import type { Manifest } from '../core/communities/read-manifest.ts'

// Welcome shows these first and in this order; further ones follow by name.
const ORDER = ['galaxy', 'mathesar', 'derse', 'auxolotl']

/** Reads the bundled manifests. One that doesn't fit the schema is left out and logged, the others still serve. */
export function readManifests(dir: string, log: (line: string) => void): Manifest[] {
  const manifests = readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const manifest = readManifestText(readFileSync(join(dir, file), 'utf8'))
      if (manifest.ok) return [manifest.value]
      log(`communities: ${file} is not a valid manifest: ${manifest.reason[0]?.message ?? ''}`)
      return []
    })
  const rank = (manifest: Manifest): number =>
    (ORDER.indexOf(manifest.id) + ORDER.length + 1) % (ORDER.length + 1)
  return manifests.toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name))
}
