import { linesOf, parseManifestText } from '../communities/manifest-text.ts'
import { readManifest, type Manifest } from '../communities/read-manifest.ts'
import { checkAddresses } from './check-addresses.ts'
import { checkLabels } from './check-labels.ts'
import { checkLookAlikes } from './check-look-alikes.ts'
import { checkShape } from './check-shape.ts'
import { readDraft, type Draft } from './draft.ts'
import { finding, type Finding, type Path } from './finding.ts'

/** A finding with its line in the file, counted from 1; null where it has none. */
export interface PlacedFinding extends Finding {
  readonly line: number | null
}

/** What can be said of a manifest without asking anybody. */
export interface ManifestCheck {
  readonly findings: readonly PlacedFinding[]
  /** The file as far as it could be made out; null where it isn't JSON, YAML or an object. */
  readonly draft: Draft | null
  /** Null where Foyer refuses the file. */
  readonly manifest: Manifest | null
  readonly lineOf: (path: Path) => number | null
}

/** All that can be said of a file by itself. */
export function checkDraft(draft: Draft): Finding[] {
  return [...checkAddresses(draft), ...checkLookAlikes(draft), ...checkShape(draft), ...checkLabels(draft)]
}

/** Checks the text of a manifest. Never throws; findings are in the order of the file. */
export function checkManifestText(text: string): ManifestCheck {
  const parsed = parseManifestText(text)
  if (!parsed.ok) {
    const { message, line } = parsed.reason
    const unreadable = { ...finding('unreadable', sentence(message)), line }
    return { findings: [unreadable], draft: null, manifest: null, lineOf: () => null }
  }
  const draft = readDraft(parsed.value)
  const read = readManifest(parsed.value)
  const own =
    draft === null ? [finding('unreadable', 'This is not a manifest: it has no fields.')] : checkDraft(draft)
  const lineOf = onDemand(text)
  const all = [...own, ...(read.ok || draft === null ? [] : schemaFindings(read.reason, own))]
  return {
    findings: inOrder(all.map((each) => ({ ...each, line: lineOf(each.path) }))),
    draft,
    manifest: read.ok ? read.value : null,
    lineOf,
  }
}

// Finding lines takes longer than everything else, and a clean file needs none.
function onDemand(text: string): (path: Path) => number | null {
  let lineOf: ReturnType<typeof linesOf> | null = null
  return (path) => {
    if (path.length === 0) return null
    lineOf ??= linesOf(text)
    return lineOf(path)
  }
}

/** Findings in the order of the file; those about the whole file come first. */
export function inOrder(findings: readonly PlacedFinding[]): PlacedFinding[] {
  return findings.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0))
}

// What a check of its own says better isn't said again.
function schemaFindings(
  problems: readonly { readonly path: Path; readonly message: string }[],
  own: readonly Finding[],
): Finding[] {
  const said = new Set(own.filter((each) => each.severity === 'error').map((each) => keyOf(each.path)))
  const isSaid = (path: Path): boolean => said.has(keyOf(path)) || said.has(keyOf([...path, 'address']))
  const isNothing = own.some((each) => each.id === 'nothing-listed')
  return problems
    .filter(({ path }) => !isSaid(path) && !(isNothing && keyOf(path) === keyOf(['rooms'])))
    .map(({ path, message }) => {
      const field = path.length === 0 ? '' : `${path.join('.')}: `
      return finding('schema', field + sentence(message), { path })
    })
}

function keyOf(path: Path): string {
  return JSON.stringify(path)
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
