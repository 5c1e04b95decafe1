import { readManifestText } from '../communities/manifest-text.ts'
import { readManifest, type Manifest } from '../communities/read-manifest.ts'
import { fail, succeed, type Result } from '../result.ts'
import { parseCommunityLink, readParts, type CommunityLink } from './community-link.ts'

/** What a `.foyer` file leads to: a link, or a manifest with whatever a link could carry beside it. */
export type LinkFile =
  | { readonly kind: 'link'; readonly link: CommunityLink }
  | { readonly kind: 'manifest'; readonly manifest: Manifest; readonly link: Omit<CommunityLink, 'target'> }

/** Larger files are no community's. */
export const MAX_LINK_FILE = 1_500_000

/** Why a file leads nowhere, in a sentence for maintainers where there is more to say. */
export interface LinkFileProblem {
  readonly message: string | null
}

/**
 * Reads a `.foyer` file: a link as text, a manifest (JSON or YAML), or an object with `join` (a link's target or a
 * whole manifest), `via`, `server`, `token` and `preset`. Never throws.
 */
export function readLinkFile(text: string): Result<LinkFile, LinkFileProblem> {
  if (text.length > MAX_LINK_FILE) return fail({ message: null })
  const link = parseCommunityLink(text)
  if (link.ok) return succeed({ kind: 'link', link: link.value })
  const wrapped = wrappedIn(text)
  if (wrapped !== null) return readWrapped(wrapped)
  const manifest = readManifestText(text)
  if (!manifest.ok) return fail({ message: manifest.reason[0]?.message ?? null })
  const nothing = { homeserver: null, token: null, preset: null }
  return succeed({ kind: 'manifest', manifest: manifest.value, link: nothing })
}

function readWrapped(file: Record<string, unknown>): Result<LinkFile, LinkFileProblem> {
  if (typeof file['join'] === 'string') {
    const link = readParts(file)
    return link.ok ? succeed({ kind: 'link', link: link.value }) : fail({ message: null })
  }
  const manifest = readManifest(file['join'])
  if (!manifest.ok) return fail({ message: manifest.reason[0]?.message ?? null })
  // Any address would do: only what stands beside the manifest is read here.
  const beside = readParts({ ...file, join: '#any:foyer.invalid' })
  if (!beside.ok) return fail({ message: null })
  const { homeserver, token, preset } = beside.value
  return succeed({ kind: 'manifest', manifest: manifest.value, link: { homeserver, token, preset } })
}

function wrappedIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && 'join' in value
    return isObject ? value : null
  } catch {
    return null
  }
}
