import { fail, succeed, type Result } from '../result.ts'
import { MANIFEST_VERSION } from './manifest.ts'

type Fields = Readonly<Record<string, unknown>>

/** Why a value can't be brought to the present version. `newer`: made for a Foyer that is still to come. */
export type MigrationProblem = 'notAnObject' | 'noVersion' | 'newer'

// Each brings a manifest from its version to the next. They never throw: what doesn't fit is left for the schema.
const migrations: Readonly<Record<number, (file: Fields) => Fields>> = { 1: fromVersion1 }

/**
 * Brings a parsed file to the present version of the format, step by step. Checks nothing else; unknown fields stay.
 */
export function migrateManifest(value: unknown): Result<Fields, MigrationProblem> {
  if (!isFields(value)) return fail('notAnObject')
  let file = value
  while (file['version'] !== MANIFEST_VERSION) {
    const { version } = file
    if (typeof version === 'number' && version > MANIFEST_VERSION) return fail('newer')
    const migrate = typeof version === 'number' ? migrations[version] : undefined
    if (migrate === undefined) return fail('noVersion')
    file = migrate(file)
  }
  return succeed(file)
}

/* Version 1 had one language, a text to read in it, flags that began with “is”, and one word about privacy. */
function fromVersion1({ language, reading, privacy, rooms, ...others }: Fields): Fields {
  return {
    ...others,
    version: 2,
    ...(language !== undefined && { languages: [language] }),
    ...(reading !== undefined && { welcome: { [typeof language === 'string' ? language : 'en']: reading } }),
    ...(privacy === 'public' && { privacy: { public: true } }),
    ...(privacy !== 'public' && privacy !== 'mixed' && privacy !== undefined && { privacy }),
    ...(rooms !== undefined && { rooms: Array.isArray(rooms) ? rooms.map(roomFromVersion1) : rooms }),
  }
}

function roomFromVersion1(room: unknown): unknown {
  if (!isFields(room)) return room
  const { isLobby, isSuggested, ...others } = room
  return {
    ...others,
    ...(isLobby !== undefined && { lobby: isLobby }),
    ...(isSuggested !== undefined && { suggested: isSuggested }),
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
