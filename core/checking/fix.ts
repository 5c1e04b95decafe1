import { isMap, isNode, isSeq, parseDocument, visit, type Node } from 'yaml'
import { parseManifestText } from '../communities/manifest-text.ts'
import { isRoomId } from '../addresses/room-address.ts'
import { readDraft, type Draft, type DraftAddress, type DraftRoom } from './draft.ts'
import type { Path } from './finding.ts'

/** One change that takes nothing away but what is said elsewhere. */
type Fix =
  | { readonly kind: 'replace'; readonly path: Path; readonly by: string }
  | { readonly kind: 'remove'; readonly path: Path; readonly address: string }

/** A mended text, and what was done to it, a sentence for each change in the order of the file. */
export interface Mended {
  readonly text: string
  readonly changes: readonly string[]
}

/**
 * Mends what is safe in a manifest, JSON or YAML: links become addresses, rooms listed again without saying anything
 * new go. Order, comments and everything else stay as they are, as only the pieces concerned are replaced. A text
 * that can't be read, or that would not come out as meant, is returned as it was.
 */
export function mend(text: string): Mended {
  const unchanged = { text, changes: [] }
  const parsed = parseManifestText(text)
  const draft = parsed.ok ? readDraft(parsed.value) : null
  if (!parsed.ok || draft === null) return unchanged
  const fixes = [...linkFixes(draft), ...doubleFixes(draft.rooms)]
  if (fixes.length === 0) return unchanged
  const spliced = splice(text, fixes)
  if (spliced === null) return unchanged
  const after = parseManifestText(spliced)
  const isAsMeant = after.ok && JSON.stringify(after.value) === JSON.stringify(applied(parsed.value, fixes))
  return isAsMeant ? { text: spliced, changes: fixes.map(sentenceOf) } : unchanged
}

function linkFixes(draft: Draft): Fix[] {
  const picks = [...draft.presets, ...draft.questions.flatMap(({ answers }) => answers)]
  const named: [DraftAddress, Path][] = [...(draft.space === null ? [] : [draft.space]), ...draft.rooms].map(
    (each) => [each, [...each.path, 'address']],
  )
  const picked = picks.flatMap((pick) => pick.rooms.map((each): [DraftAddress, Path] => [each, each.path]))
  return [...named, ...picked].flatMap(([{ address, isLink }, path]): Fix[] =>
    // The servers in the link of an ID would be lost; somebody has to write them under via.
    isLink && address !== null && (!isRoomId(address) || hasVia(draft, address))
      ? [{ kind: 'replace', path, by: address }]
      : [],
  )
}

function hasVia(draft: Draft, address: string): boolean {
  const all = [...(draft.space === null ? [] : [draft.space]), ...draft.rooms]
  const written = all.filter((each) => each.address === address)
  return written.some((each) => !each.isLink && each.via.length > 0)
}

function doubleFixes(rooms: readonly DraftRoom[]): Fix[] {
  const first = new Map<string, DraftRoom>()
  return rooms.flatMap((room): Fix[] => {
    const { address, path } = room
    if (address === null) return []
    const before = first.get(address)
    if (before === undefined) {
      first.set(address, room)
      return []
    }
    const saysNew = Object.entries(room.fields).some(
      ([name, value]) => name !== 'address' && JSON.stringify(value) !== JSON.stringify(before.fields[name]),
    )
    return saysNew ? [] : [{ kind: 'remove', path, address }]
  })
}

function sentenceOf(fix: Fix): string {
  return fix.kind === 'replace'
    ? `Wrote ${fix.by} in place of its link.`
    : `Took the second entry of ${fix.address} away.`
}

/* What the parsed file should be afterwards. */
function applied(value: unknown, fixes: readonly Fix[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value))
  const parentOf = (path: Path): Record<string | number, unknown> =>
    path
      .slice(0, -1)
      .reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], copy) as Record<
      string | number,
      unknown
    >
  const lastOf = (path: Path): string | number => path.at(-1) ?? ''
  for (const fix of fixes) if (fix.kind === 'replace') parentOf(fix.path)[lastOf(fix.path)] = fix.by
  const removed = fixes.filter((fix) => fix.kind === 'remove').map((fix) => fix.path)
  for (const path of removed.toReversed())
    (parentOf(path) as unknown as unknown[]).splice(Number(lastOf(path)), 1)
  return copy
}

interface Edit {
  readonly from: number
  readonly to: number
  readonly by: string
}

function splice(text: string, fixes: readonly Fix[]): string | null {
  const document = parseDocument(text, { logLevel: 'silent' })
  if (document.errors.length > 0 || hasAliases(document)) return null
  const edits = fixes.map((fix): Edit | null => {
    const range = nodeAt(document.contents, fix.path)?.range
    if (!range) return null
    if (fix.kind === 'replace') return { from: range[0], to: range[1], by: JSON.stringify(fix.by) }
    const list = nodeAt(document.contents, fix.path.slice(0, -1))
    return isSeq(list)
      ? removal(text, list.items as Node[], Number(fix.path.at(-1)), list.flow === true)
      : null
  })
  if (edits.some((edit) => edit === null)) return null
  const byPlace = edits.filter((edit) => edit !== null).toSorted((one, other) => other.from - one.from)
  // A link within an entry that goes needs no replacing.
  const outermost = byPlace.filter(
    (edit) => !byPlace.some((other) => other !== edit && other.from <= edit.from && edit.to <= other.to),
  )
  return outermost.reduce((now, { from, to, by }) => now.slice(0, from) + by + now.slice(to), text)
}

/* An entry of a list with what separates it from the one before, which a doubled entry always has. */
function removal(text: string, items: readonly Node[], index: number, isFlow: boolean): Edit | null {
  const [before, own] = [items[index - 1]?.range, items[index]?.range]
  if (!before || !own) return null
  if (isFlow) return { from: before[1], to: own[1], by: '' }
  const dash = text.lastIndexOf('-', own[0] - 1)
  const lineStart = text.lastIndexOf('\n', dash) + 1
  // A comment at the end of the entry's last line goes with it, those on lines of their own stay.
  const ending = text.indexOf('\n', Math.max(own[0], endOf(items[index]) - 1))
  return { from: lineStart, to: ending < 0 ? text.length : ending + 1, by: '' }
}

/* Where the last thing within a node ends; a block's own range may reach into the comments after it. */
function endOf(node: unknown): number {
  if (isMap(node) && !node.flow) return endOf(node.items.at(-1)?.value ?? node.items.at(-1)?.key)
  if (isSeq(node) && !node.flow) return endOf(node.items.at(-1))
  return isNode(node) ? (node.range?.[1] ?? 0) : 0
}

function nodeAt(root: unknown, path: Path): Node | null {
  let node: unknown = root
  for (const key of path) {
    if (isMap(node)) node = node.items.find((pair) => String(pair.key) === String(key))?.value
    else if (isSeq(node) && typeof key === 'number') node = node.items[key]
    else return null
  }
  return (node as Node | undefined) ?? null
}

// With anchors and aliases a piece of text stands for more than one place.
function hasAliases(document: Parameters<typeof visit>[0]): boolean {
  let found = false
  visit(document, {
    Alias: () => {
      found = true
    },
  })
  return found
}
