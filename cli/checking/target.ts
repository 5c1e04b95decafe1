import { existsSync, readFileSync } from 'node:fs'
import { basename, relative } from 'node:path'
import { isAlias, parseRoomLink, serverOf, type RoomAddress } from '../../core/addresses/room-address.ts'
import { checkManifestText, type ManifestCheck } from '../../core/checking/check-manifest.ts'
import { checkPage } from '../../core/checking/check-page.ts'
import { looksLikeManifest } from '../../core/communities/looks-like-manifest.ts'
import { Failure, systemCodeOf } from '../failure.ts'
import { isPageAddress } from '../fetch-page.ts'
import { pageText } from '../../matrix/http/page-text.ts'
import { bundledPath } from '../source.ts'

/** Homeservers that a manifest's own suggestions amount to; more would take long and say little. */
const MOST_SUGGESTED = 4

/** One thing to check. */
export type Target =
  | {
      readonly kind: 'manifest'
      /** As it is shown: relative to where we are, or its address. */
      readonly name: string
      /** Null where it is on the web, and can’t be written. */
      readonly path: string | null
      readonly text: string
      readonly check: ManifestCheck
    }
  /** A community’s page, as people read it. */
  | { readonly kind: 'page'; readonly name: string; readonly check: ManifestCheck }
  | { readonly kind: 'link'; readonly name: string; readonly link: RoomAddress }

/**
 * Reads what one argument names; `getPage` fetches what is on the web. Throws a `Failure` where it is nothing that can
 * be checked.
 */
export async function readTarget(
  text: string,
  getPage: (address: string) => Promise<string>,
): Promise<Target> {
  const path = existsSync(text) ? text : bundledPath(text)
  if (path !== null) return readFile(path)
  const link = parseRoomLink(text)
  if (link.ok) return { kind: 'link', name: link.value.address, link: link.value }
  if (link.reason === 'person') throw new Failure('usage', `${text} is a person, not a space or a room.`)
  if (isPageAddress(text)) return targetOnWeb(text, await getPage(text))
  throw new Failure(
    'usage',
    `“${text}” is neither a file, nor a page, nor a link to a space or room, nor a bundled community.`,
  )
}

/** The homeservers to ask about a target: those that were named, and those that it suggests itself if it may. */
export function homeserversFor(
  target: Target,
  { from, isOnline }: { readonly from: readonly string[]; readonly isOnline: boolean },
): string[] {
  if (target.kind === 'link') {
    const { address, via } = target.link
    const own = isAlias(address) ? serverOf(address) : (via[0] ?? null)
    return from.length > 0 || own === null ? [...from] : [own]
  }
  const suggested = (target.check.draft?.homeservers ?? []).map((each) => each.name).slice(0, MOST_SUGGESTED)
  const own = suggested.length > 0 ? suggested : ['matrix.org']
  return [...new Set([...from, ...(isOnline ? own : [])])]
}

/** A target of a text that stands in a file. */
export function manifestTarget(path: string, text: string): Target {
  return { kind: 'manifest', name: nameOf(path), path, text, check: checkManifestText(text) }
}

function readFile(path: string): Target {
  try {
    const bytes = readFileSync(path)
    const text = pageText(bytes)
    const file = basename(path)
    if (looksLikeManifest(text, file)) return manifestTarget(path, bytes.toString('utf8'))
    return { kind: 'page', name: nameOf(path), check: checkPage(text, { name: file }) }
  } catch (error) {
    throw new Failure('usage', `${path} can’t be read (${systemCodeOf(error)}).`)
  }
}

function targetOnWeb(address: string, text: string): Target {
  const { pathname } = URL.canParse(address) ? new URL(address) : { pathname: '' }
  return looksLikeManifest(text, pathname)
    ? { kind: 'manifest', name: address, path: null, text, check: checkManifestText(text) }
    : { kind: 'page', name: address, check: checkPage(text, { name: pathname, url: address }) }
}

function nameOf(path: string): string {
  return relative(process.cwd(), path).replaceAll('\\', '/') || path
}
