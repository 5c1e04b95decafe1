import { fail, succeed, type Result } from '../result.ts'
import { manifestSchema, type ManifestFile } from './manifest.ts'
import { migrateManifest, type MigrationProblem } from './migrate-manifest.ts'
import { idFrom, initialOf, REST_SECTION, ROOMS_SECTION } from './names.ts'

// A loose object's type lets any field be read, also one that is misspelt. Those that are known are these.
type Known<Value> = Value extends readonly (infer Each)[]
  ? Known<Each>[]
  : Value extends object
    ? { [Key in keyof Value as string extends Key ? never : Key]: Known<Value[Key]> }
    : Value

type Filled = 'id' | 'initials' | 'sections' | 'rooms' | 'roomCount'

/** One language's text to read while rooms are joined. */
export interface WelcomeText {
  readonly title: string
  readonly paragraphs: readonly string[]
}

/** A valid manifest in which everything that can be worked out is filled in. Unknown fields stay in it, unseen. */
export type Manifest = Omit<Known<ManifestFile>, Filled | 'welcome'> & {
  readonly id: string
  readonly initials: string
  readonly sections: readonly { readonly id: string; readonly name: string }[]
  readonly rooms: readonly (Omit<Known<ManifestFile>['rooms'][number], 'section'> & {
    readonly section: string
  })[]
  /** At least 1, and never less than the rooms that are listed; 0 where only the space knows. */
  readonly roomCount: number
  readonly welcome?: Readonly<Record<string, WelcomeText>> | undefined
}

/** What is wrong with a file, and where: names of fields and places in lists, from the outside in. */
export interface ManifestProblem {
  readonly path: readonly (string | number)[]
  /** A sentence for maintainers, in English, without a full stop. */
  readonly message: string
}

const migrationSentences: Readonly<Record<MigrationProblem, string>> = {
  notAnObject: 'not an object',
  noVersion: 'no version that Foyer knows; this is version 2',
  newer: 'made for a newer Foyer',
}

/** Checks a parsed JSON or YAML file of any version, and fills it in. The first problem is the most telling one. */
export function readManifest(value: unknown): Result<Manifest, readonly ManifestProblem[]> {
  const migrated = migrateManifest(value)
  if (!migrated.ok) {
    const path = migrated.reason === 'notAnObject' ? [] : ['version']
    return fail([{ path, message: migrationSentences[migrated.reason] }])
  }
  const parsed = manifestSchema.safeParse(migrated.value)
  if (parsed.success) return succeed(filledIn(parsed.data))
  return fail(
    parsed.error.issues.map((issue) => ({
      path: issue.path.map((key) => (typeof key === 'number' ? key : String(key))),
      message: issue.message,
    })),
  )
}

function filledIn(file: ManifestFile): Manifest {
  const sections = file.sections?.length ? file.sections : sectionsOf(file)
  const first = sections[0]?.id ?? ROOMS_SECTION
  const rooms = file.rooms
    .map((room) => ({ ...room, section: room.section ?? first }))
    .toSorted((one, other) => other.priority - one.priority)
  return {
    ...file,
    id: file.id ?? idFrom(file.name),
    initials: file.initials ?? initialOf(file.name),
    sections,
    rooms,
    roomCount: Math.max(file.roomCount ?? 0, rooms.length),
  }
}

function sectionsOf(file: ManifestFile): { id: string; name: string }[] {
  if (file.rooms.length === 0) return [{ id: REST_SECTION, name: '' }]
  const ids = file.rooms.map((room) => room.section ?? ROOMS_SECTION)
  const hasUnnamed = ids.includes(ROOMS_SECTION)
  // Rooms without a section come first, as they do in a file that has sections.
  const all = new Set([...(hasUnnamed ? [ROOMS_SECTION] : []), ...ids])
  return [...all].map((id) => ({ id, name: id === ROOMS_SECTION ? '' : id }))
}
