import { isAlias, isRoomId, parseRoomLink } from '../addresses/room-address.ts'
import { MAX_ROOMS } from '../communities/manifest.ts'
import { migrateManifest } from '../communities/migrate-manifest.ts'
import { plainLine } from '../text/plain-text.ts'
import type { Path } from './finding.ts'

type Fields = Readonly<Record<string, unknown>>

/** An address as somebody wrote it, and what it amounts to. */
export interface DraftAddress {
  readonly path: Path
  /** As it stands in the file; null where there is no text. */
  readonly written: string | null
  /** Alias or room ID, also where a link is written; null where it is none. */
  readonly address: string | null
  readonly isLink: boolean
  readonly via: readonly string[]
}

/** A room as far as it can be made out. */
export interface DraftRoom extends DraftAddress {
  readonly fields: Fields
  readonly label: string | null
  readonly purpose: string | null
  readonly section: string | null
  readonly isLobby: boolean
  readonly isSuggested: boolean
}

/** Something that adds rooms when it is chosen. */
export interface DraftPick {
  readonly path: Path
  readonly text: string
  readonly rooms: readonly DraftAddress[]
  readonly addsSections: boolean
}

/**
 * A manifest read as far as it goes, with everything in its place: what Foyer would refuse can still be looked at, so
 * that one run finds all that is wrong.
 */
export interface Draft {
  readonly fields: Fields
  readonly version: unknown
  readonly name: string | null
  readonly space: DraftAddress | null
  readonly sections: readonly { readonly path: Path; readonly id: string }[]
  readonly rooms: readonly DraftRoom[]
  readonly presets: readonly DraftPick[]
  readonly questions: readonly { readonly path: Path; readonly answers: readonly DraftPick[] }[]
  readonly homeservers: readonly {
    readonly path: Path
    readonly name: string
    readonly about: string | null
    readonly hasDomains: boolean
  }[]
  readonly privacy: { readonly isPublic: boolean | null; readonly isEncrypted: boolean | null }
}

/** Reads a parsed file of any version. Null where it isn't an object. */
export function readDraft(value: unknown): Draft | null {
  const fields = asFields(value)
  if (fields === null) return null
  const migrated = migrateManifest(fields)
  const file = migrated.ok ? migrated.value : fields
  const space = asFields(file['space'])
  const privacy = asFields(file['privacy'])
  return {
    fields,
    version: fields['version'],
    name: textOf(file['name']),
    space: space === null ? null : addressAt(['space'], space),
    sections: itemsOf(file['sections']).flatMap(([index, item]) => {
      const id = textOf(asFields(item)?.['id'])
      return id === null ? [] : [{ path: ['sections', index], id }]
    }),
    rooms: itemsOf(file['rooms'])
      .slice(0, MAX_ROOMS)
      .map(([index, item]) => roomAt(['rooms', index], item)),
    presets: picksAt(['presets'], file['presets'], 'name'),
    questions: itemsOf(file['questions']).map(([index, item]) => {
      const path = ['questions', index]
      return { path, answers: picksAt([...path, 'answers'], asFields(item)?.['answers'], 'text') }
    }),
    homeservers: itemsOf(file['homeservers']).flatMap(([index, item]) => {
      const name = textOf(asFields(item)?.['name'])
      if (name === null) return []
      const about = textOf(asFields(item)?.['about'])
      const hasDomains = itemsOf(asFields(item)?.['domains']).length > 0
      return [{ path: ['homeservers', index], name, about, hasDomains }]
    }),
    privacy: { isPublic: flagOf(privacy?.['public']), isEncrypted: flagOf(privacy?.['encrypted']) },
  }
}

/** What to call a room in a sentence: its label, else its address. */
export function nameOf(room: Pick<DraftRoom, 'label' | 'address' | 'written'>): string {
  return room.label ?? room.address ?? room.written ?? 'a room without an address'
}

function roomAt(path: Path, item: unknown): DraftRoom {
  const fields = asFields(item) ?? {}
  return {
    ...addressAt(path, fields),
    fields,
    label: textOf(fields['label']),
    purpose: textOf(fields['purpose']),
    section: textOf(fields['section']),
    isLobby: fields['lobby'] === true,
    isSuggested: fields['suggested'] === true,
  }
}

function picksAt(path: Path, value: unknown, name: string): DraftPick[] {
  return itemsOf(value).map(([index, item]) => {
    const fields = asFields(item) ?? {}
    const own = [...path, index]
    return {
      path: own,
      text: textOf(fields[name]) ?? '',
      rooms: itemsOf(fields['rooms']).map(([at, room]) => written([...own, 'rooms', at], room, [])),
      addsSections: itemsOf(fields['sections']).length > 0,
    }
  })
}

function addressAt(path: Path, fields: Fields): DraftAddress {
  const via = itemsOf(fields['via']).flatMap(([, server]) => textOf(server) ?? [])
  return written(path, fields['address'], via)
}

function written(path: Path, value: unknown, via: readonly string[]): DraftAddress {
  const text = typeof value === 'string' ? value : null
  if (text === null) return { path, written: null, address: null, isLink: false, via }
  if (isAlias(text) || isRoomId(text)) return { path, written: text, address: text, isLink: false, via }
  const link = parseRoomLink(text)
  return link.ok
    ? {
        path,
        written: text,
        address: link.value.address,
        isLink: true,
        via: [...new Set([...via, ...link.value.via])],
      }
    : { path, written: text, address: null, isLink: false, via }
}

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

function itemsOf(value: unknown): [number, unknown][] {
  return Array.isArray(value) ? value.map((item: unknown, index) => [index, item]) : []
}

// More than any field of the format may hold.
const MOST_CHARACTERS = 1_000

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? plainLine(value.slice(0, MOST_CHARACTERS)) : ''
  return text === '' ? null : text
}

function flagOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}
