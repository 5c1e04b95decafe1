import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestSchema, type Manifest } from '../core/communities/manifest.ts'

// Welcome shows these first and in this order; further ones follow by name.
const ORDER = ['galaxy', 'mathesar', 'derse', 'auxolotl']

/** Reads the bundled manifests. One that doesn't fit the schema is left out and logged, the others still serve. */
export function readManifests(dir: string, log: (line: string) => void): Manifest[] {
  const manifests = readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const parsed = manifestSchema.safeParse(readJson(join(dir, file)))
      if (!parsed.success)
        log(`communities: ${file} is not a valid manifest: ${parsed.error.issues[0]?.message ?? ''}`)
      return parsed.success ? [parsed.data] : []
    })
  const rank = (manifest: Manifest): number =>
    (ORDER.indexOf(manifest.id) + ORDER.length + 1) % (ORDER.length + 1)
  return manifests.toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name))
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
