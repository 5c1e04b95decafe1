import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRoomLink, type RoomAddress } from '../core/addresses/room-address.ts'
import { parseManifestText, readManifestText } from '../core/communities/manifest-text.ts'
import type { Manifest } from '../core/communities/read-manifest.ts'
import { parseCommunityLink } from '../core/links/community-link.ts'
import { getPublicPage } from '../matrix/http/public-page.ts'
import type { Network } from './network.ts'
import { Failure, systemCodeOf } from './failure.ts'

/** Where the list of rooms comes from. */
export type Source =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  /** A space, whose rooms are asked for, or a single room. */
  | { readonly kind: 'link'; readonly link: RoomAddress }

const bundledDir = join(import.meta.dirname, '../assets/communities')

/** Understands the first argument. Throws a `Failure` that says what would do instead. */
export function readSource(text: string): Source {
  const bundled = bundledNames()
  if (bundled.includes(text)) return readManifest(join(bundledDir, `${text}.json`), text)
  const link = parseRoomLink(text)
  if (link.ok) return { kind: 'link', link: link.value }
  if (link.reason === 'person') throw new Failure('usage', `${text} is a person, not a space or a room.`)
  return readManifest(
    text,
    `“${text}” is neither a file, nor a link to a space or room, nor a bundled community (${bundled.join(', ')}).`,
  )
}

/** As `readSource`, which for an address that begins with https:// may mean to get the manifest from the web. */
export async function openSource(
  text: string,
  { strangers, resolveHost }: Network,
  signal: AbortSignal,
): Promise<Source> {
  const link = /^https:/i.test(text) ? parseCommunityLink(text) : null
  if (link?.ok !== true || link.value.target.kind !== 'manifest') return readSource(text)
  const { url } = link.value.target
  const page = await getPublicPage(strangers.fetch, resolveHost, url, 'application/json, */*', signal)
  if (!page.ok)
    throw new Failure(
      page.reason === 'unreachable' ? 'unreachable' : 'notFound',
      page.reason === 'unreachable'
        ? `${url} isn’t answering. Try again later.`
        : `There is nothing at ${url}.`,
    )
  return { kind: 'manifest', manifest: checkedManifest(url, page.value).manifest }
}

/** The name of a source that stays the same over several runs. */
export function sourceId(source: Source): string {
  return source.kind === 'manifest' ? source.manifest.id : source.link.address
}

/** The file of a bundled community, or null where none is called so. */
export function bundledPath(name: string): string | null {
  return bundledNames().includes(name) ? join(bundledDir, `${name}.json`) : null
}

function bundledNames(): string[] {
  return readdirSync(bundledDir)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted()
}

function readManifest(path: string, absent: string): Source {
  return { kind: 'manifest', manifest: readManifestFile(path, absent).manifest }
}

/** A manifest's file, checked, and all that stands in it. Throws a `Failure`: `absent` where there is no such file. */
export function readManifestFile(path: string, absent: string): { manifest: Manifest; value: unknown } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const code = systemCodeOf(error)
    throw new Failure('usage', code === 'ENOENT' ? absent : `${path} can’t be read (${code}).`)
  }
  return checkedManifest(path, text)
}

function checkedManifest(path: string, text: string): { manifest: Manifest; value: unknown } {
  const manifest = readManifestText(text)
  const parsed = parseManifestText(text)
  if (manifest.ok && parsed.ok) return { manifest: manifest.value, value: parsed.value }
  const [problem] = manifest.ok ? [] : manifest.reason
  const place = problem === undefined || problem.path.length === 0 ? '' : ` at ${problem.path.join('.')}`
  throw new Failure('usage', `${path} is not a community manifest: ${problem?.message ?? ''}${place}.`)
}
