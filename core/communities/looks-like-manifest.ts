import { parseManifestText } from './manifest-text.ts'

const MANIFEST_ENDING = /\.(json|ya?ml|foyer)$/i
const PAGE_ENDING = /\.(md|markdown|x?html?|wiki|mediawiki|rst|adoc|asciidoc)$/i
const FIRST_FIELD = /^(?:\s*#[^\n]*\n)*\s*["']?(?:\$schema|version)["']?\s*:/

/** Whether a file is meant as a manifest, also a broken one, rather than as a page for people. */
export function looksLikeManifest(text: string, name: string): boolean {
  if (MANIFEST_ENDING.test(name)) return true
  const start = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 10_000)
  // Pages may begin with a brace as well: `{{`, `{%`, `{|`.
  if (/^\{\s*["}]/.test(start)) return true
  if (PAGE_ENDING.test(name)) return false
  if (FIRST_FIELD.test(start)) return true
  // Whole lists and paragraphs are YAML too, but no object.
  const parsed = /^(?:---\s*\n)?\s*(?:#[^\n]*\n\s*)*["']?\w+["']?\s*:/.test(start)
    ? parseManifestText(text)
    : null
  if (parsed?.ok !== true || typeof parsed.value !== 'object' || parsed.value === null) return false
  const { value } = parsed
  return ['version', 'rooms', 'space'].some((field) => Object.hasOwn(value, field))
}
