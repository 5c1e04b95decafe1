import { parseManifestText } from '../communities/manifest-text.ts'

/** What a page says of itself before it begins. */
export interface FrontMatter {
  readonly title: string | null
  readonly description: string | null
}

const LONGEST = 20_000
const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/

/**
 * Takes the YAML at the beginning of a page off it. Its lines stay, empty, so that all others keep their numbers.
 */
export function withoutFrontMatter(text: string): { readonly matter: FrontMatter; readonly body: string } {
  const found = FRONT_MATTER.exec(text.slice(0, LONGEST))
  if (found === null) return { matter: { title: null, description: null }, body: text }
  const yaml = parseManifestText(found[1] ?? '')
  const fields = yaml.ok && typeof yaml.value === 'object' && yaml.value !== null ? yaml.value : {}
  const lines = found[0].replace(/[^\n]/g, '')
  return {
    matter: { title: stringIn(fields, 'title'), description: stringIn(fields, 'description') },
    body: lines + text.slice(found[0].length),
  }
}

/** The line in which a page says that it isn’t published, counted from 1; null where it says nothing of the kind. */
export function unpublishedLine(text: string): number | null {
  const found = FRONT_MATTER.exec(text.slice(0, LONGEST))
  const lines = (found?.[1] ?? '').split(/\r?\n/)
  const index = lines.findIndex((line) => /^(published:\s*false|draft:\s*true)\s*(#.*)?$/i.test(line))
  return index < 0 ? null : index + 2
}

function stringIn(fields: object, name: string): string | null {
  const value: unknown = Object.getOwnPropertyDescriptor(fields, name)?.value
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
