import { isMap, isScalar, isSeq, LineCounter, parse, parseDocument } from 'yaml'
import { fail, succeed, type Result } from '../result.ts'
import { readManifest, type Manifest, type ManifestProblem } from './read-manifest.ts'

/** Longest manifest that is read, in UTF-16 units; 5000 rooms with all their fields fit. */
export const MAX_MANIFEST_LENGTH = 2 * 1024 * 1024

/** A problem with its line, counted from 1; null where it concerns the whole file. */
export interface PlacedProblem extends ManifestProblem {
  readonly line: number | null
}

// The YAML parser takes half a second for this much.
const MAX_YAML_LENGTH = 1024 * 1024
const TOO_DEEP = /(?:[[{]\s*){32}/

/** Reads a manifest's text, JSON or YAML. Never throws; says in which lines the problems are. */
export function readManifestText(text: string): Result<Manifest, readonly PlacedProblem[]> {
  const parsed = parseManifestText(text)
  if (!parsed.ok) return fail([parsed.reason])
  const manifest = readManifest(parsed.value)
  if (manifest.ok) return manifest
  const lineOf = linesOf(text)
  return fail(manifest.reason.map((problem) => ({ ...problem, line: lineOf(problem.path) })))
}

/** The value of a JSON or YAML text, unchecked. */
export function parseManifestText(text: string): Result<unknown, PlacedProblem> {
  if (text.length > MAX_MANIFEST_LENGTH) return refused('longer than two million characters')
  const clean = text.replace(/^\uFEFF/, '')
  if (/^\s*[{[]/.test(clean)) {
    try {
      return succeed(JSON.parse(clean))
    } catch {
      // It may still be YAML, which knows braces too, and says where it goes wrong.
    }
  }
  if (clean.length > MAX_YAML_LENGTH) return refused('neither JSON nor short enough for YAML')
  if (TOO_DEEP.test(clean)) return refused('nested too deeply')
  try {
    // Aliases could multiply themselves; a manifest has no use for many.
    return succeed(parse(clean, { maxAliasCount: 50, uniqueKeys: true, logLevel: 'error' }))
  } catch (error) {
    return fail({ path: [], message: firstSentence(error), line: lineOfError(error) })
  }
}

/**
 * Where in a JSON or YAML text a field is, by its path. Gives the line of the nearest thing around it that is there,
 * counted from 1, and null for a text that can't be parsed or is too long for it.
 */
export function linesOf(text: string): (path: readonly (string | number)[]) => number | null {
  if (text.length > MAX_YAML_LENGTH) return () => null
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' })
  const lineAt = (offset: number | undefined): number =>
    offset === undefined ? 1 : lines.linePos(offset).line
  return (path) => {
    if (document.errors.length > 0) return null
    let node: unknown = document.contents
    let line = 1
    for (const key of path) {
      if (isMap(node)) {
        const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key))
        if (pair === undefined) return line
        line = lineAt(isScalar(pair.key) ? pair.key.range?.[0] : undefined)
        node = pair.value
      } else if (isSeq(node) && typeof key === 'number') {
        const item: unknown = node.items[key]
        if (!isMap(item) && !isSeq(item) && !isScalar(item)) return line
        line = lineAt(item.range?.[0])
        node = item
      } else return line
    }
    return line
  }
}

function refused(message: string) {
  return fail({ path: [], message, line: null })
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '')
}

function lineOfError(error: unknown): number | null {
  const place = (error as { linePos?: [{ line: number }] }).linePos
  return place?.[0].line ?? null
}
