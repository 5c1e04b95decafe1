import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { isAlias, parseRoomLink, serverOf, type RoomAddress } from '../../core/addresses/room-address.ts'
import { checkManifestText, type ManifestCheck } from '../../core/checking/check-manifest.ts'
import { Failure, systemCodeOf } from '../failure.ts'
import { bundledPath } from '../source.ts'

/** Homeservers that a manifest's own suggestions amount to; more would take long and say little. */
const MOST_SUGGESTED = 4

/** One thing to check. */
export type Target =
  | {
      readonly kind: 'manifest'
      /** As it is shown: relative to where we are. */
      readonly name: string
      readonly path: string
      readonly text: string
      readonly check: ManifestCheck
    }
  | { readonly kind: 'link'; readonly name: string; readonly link: RoomAddress }

/** Reads what one argument names. Throws a `Failure` where it is nothing that can be checked. */
export function readTarget(text: string): Target {
  const path = existsSync(text) ? text : bundledPath(text)
  if (path !== null) return readFile(path)
  const link = parseRoomLink(text)
  if (link.ok) return { kind: 'link', name: link.value.address, link: link.value }
  if (link.reason === 'person') throw new Failure('usage', `${text} is a person, not a space or a room.`)
  throw new Failure(
    'usage',
    `“${text}” is neither a file, nor a link to a space or room, nor a bundled community.`,
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
  const name = relative(process.cwd(), path).replaceAll('\\', '/') || path
  return { kind: 'manifest', name, path, text, check: checkManifestText(text) }
}

function readFile(path: string): Target {
  try {
    return manifestTarget(path, readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Failure('usage', `${path} can’t be read (${systemCodeOf(error)}).`)
  }
}
