import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parseRoomLink, type RoomAddress } from '../../core/addresses/room-address.ts'
import { checkManifestText, type ManifestCheck } from '../../core/checking/check-manifest.ts'
import { Failure, systemCodeOf } from '../failure.ts'
import { bundledPath } from '../source.ts'

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
