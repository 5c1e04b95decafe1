import { isMap, isNode, isSeq, parseDocument, visit, type Node, type YAMLMap } from 'yaml'
import { parseManifestText } from '../communities/manifest-text.ts'
import { isRoomId } from '../addresses/room-address.ts'
import { repairEncoding } from '../importing/repair-encoding.ts'
import { plainLine } from '../text/plain-text.ts'
import { isDamaged } from './check-shape.ts'
import { readDraft, type Draft, type DraftRoom } from './draft.ts'
import { quoted, type Path } from './finding.ts'

/** Deeper than any field of the format. */
const MOST_DEPTH = 8

/** One change that takes nothing away but what is said elsewhere. */
type Fix =
  /** `via` is written beside the address, where it would be lost otherwise; null where it need not be. */
  | {
      readonly kind: 'address'
      readonly path: Path
      readonly by: string
      readonly via: readonly string[] | null
    }
  | { readonly kind: 'text'; readonly path: Path; readonly by: string; readonly was: string }
  | { readonly kind: 'remove'; readonly path: Path; readonly address: string }

/** A mended text, and what was done to it, a sentence for each change in the order of the file. */
export interface Mended {
  readonly text: string
  readonly changes: readonly string[]
}

/**
 * Mends what is safe in a manifest, JSON or YAML: links become addresses, text in which UTF-8 was taken for another
 * encoding is read as it was meant, rooms listed again without saying anything new go. Order, comments, fields that
 * nobody knows and everything else stay as they are, as only the pieces concerned are replaced. A text that can't be
 * read, or that would not come out as meant, is returned as it was.
 */
export function mend(text: string): Mended {
  const unchanged = { text, changes: [] }
  const parsed = parseManifestText(text)
  const draft = parsed.ok ? readDraft(parsed.value) : null
  if (!parsed.ok || draft === null) return unchanged
  const fixes = [...linkFixes(draft), ...textFixes(draft.fields, []), ...doubleFixes(draft.rooms)]
  if (fixes.length === 0) return unchanged
  const spliced = splice(text, fixes)
  if (spliced === null) return unchanged
  const after = parseManifestText(spliced)
  const isAsMeant = after.ok && JSON.stringify(after.value) === JSON.stringify(applied(parsed.value, fixes))
  return isAsMeant ? { text: spliced, changes: fixes.map(sentenceOf) } : unchanged
}

function linkFixes(draft: Draft): Fix[] {
  const picks = [...draft.presets, ...draft.questions.flatMap(({ answers }) => answers)]
  const places = [...(draft.space === null ? [] : [draft.space]), ...draft.rooms]
  const picked = picks.flatMap((pick) => pick.rooms)
  return [
    ...places.flatMap(({ address, isLink, path, via, written }): Fix[] => {
      if (!isLink || address === null) return []
      const ownVia = viaIn(draft.fields, path)
      const isLost = isRoomId(address) && via.some((server) => !ownVia.includes(server))
      // Two lists of servers could be one, but whoever wrote the second may have meant to replace the first.
      if (isLost && (ownVia.length > 0 || written === null)) return []
      return [{ kind: 'address', path: [...path, 'address'], by: address, via: isLost ? via : null }]
    }),
    // Presets and answers name rooms; their servers stand with the room.
    ...picked.flatMap(({ address, isLink, path }): Fix[] =>
      isLink && address !== null && (!isRoomId(address) || places.some((each) => each.address === address))
        ? [{ kind: 'address', path, by: address, via: null }]
        : [],
    ),
  ]
}

function viaIn(fields: Draft['fields'], path: Path): unknown[] {
  const place = path.reduce<unknown>(
    (at, key) => (at as Record<string | number, unknown> | undefined)?.[key],
    fields,
  )
  const via = (place as Record<string, unknown> | undefined)?.['via']
  return Array.isArray(via) ? via : []
}

/* Where a character is lost for good somebody has to write it anew. */
function textFixes(value: unknown, path: Path): Fix[] {
  if (typeof value === 'string') {
    const by = value.includes('\uFFFD') ? value : repairEncoding(value)
    return by === value || isDamaged(by) ? [] : [{ kind: 'text', path, by, was: value }]
  }
  if (typeof value !== 'object' || value === null || path.length > MOST_DEPTH) return []
  return Object.entries(value).flatMap(([key, each]) =>
    textFixes(each, [...path, Array.isArray(value) ? Number(key) : key]),
  )
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
  switch (fix.kind) {
    case 'address':
      return `Wrote ${fix.by} in place of its link${fix.via === null ? '' : ', and its servers under via'}.`
    case 'text':
      return plainLine(`Wrote ${quoted(fix.by)} in place of ${quoted(fix.was)}.`)
    case 'remove':
      return `Took the second entry of ${fix.address} away.`
  }
}

/* What the parsed file should be afterwards. */
function applied(value: unknown, fixes: readonly Fix[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value))
  type Fields = Record<string | number, unknown>
  const at = (path: Path): Fields =>
    path.reduce<unknown>((place, key) => (place as Fields)[key], copy) as Fields
  const lastOf = (path: Path): string | number => path.at(-1) ?? ''
  for (const fix of fixes) {
    if (fix.kind === 'remove') continue
    const parent = at(fix.path.slice(0, -1))
    parent[lastOf(fix.path)] = fix.by
    if (fix.kind === 'address' && fix.via !== null) withVia(parent, fix.via)
  }
  const removed = fixes.filter((fix) => fix.kind === 'remove').map((fix) => fix.path)
  for (const path of removed.toReversed())
    (at(path.slice(0, -1)) as unknown as unknown[]).splice(Number(lastOf(path)), 1)
  return copy
}

/* In the order in which it is written: behind the address. */
function withVia(place: Record<string | number, unknown>, via: readonly string[]): void {
  for (const [name, value] of Object.entries(place)) {
    delete place[name]
    if (name !== 'via') place[name] = value
    if (name === 'address') place['via'] = via
  }
}

interface Edit {
  readonly from: number
  readonly to: number
  readonly by: string
}

function splice(text: string, fixes: readonly Fix[]): string | null {
  const document = parseDocument(text, { logLevel: 'silent' })
  if (document.errors.length > 0 || hasAliases(document)) return null
  const edits = fixes.flatMap((fix): (Edit | null)[] => {
    const range = nodeAt(document.contents, fix.path)?.range
    if (!range) return [null]
    const around = nodeAt(document.contents, fix.path.slice(0, -1))
    if (fix.kind === 'remove')
      return isSeq(around)
        ? [removal(text, around.items as Node[], Number(fix.path.at(-1)), around.flow === true)]
        : [null]
    const edit = { from: range[0], to: range[1], by: JSON.stringify(fix.by) }
    if (fix.kind === 'text' || fix.via === null) return [edit]
    return isMap(around) ? [edit, addition(text, around, range[1], fix.via)] : [null]
  })
  if (edits.some((edit) => edit === null)) return null
  const byPlace = edits.filter((edit) => edit !== null).toSorted((one, other) => other.from - one.from)
  // A link within an entry that goes needs no replacing.
  const outermost = byPlace.filter(
    (edit) => !byPlace.some((other) => other !== edit && isWithin(edit, other)),
  )
  return outermost.reduce((now, { from, to, by }) => now.slice(0, from) + by + now.slice(to), text)
}

/* What is added right behind a piece isn't within it. */
function isWithin(edit: Edit, other: Edit): boolean {
  return other.from <= edit.from && edit.to <= other.to && edit.from < other.to
}

/* The servers behind an address: beside it in braces, else on a line of their own, below a comment on its line. */
function addition(text: string, map: YAMLMap, end: number, via: readonly string[]): Edit {
  const list = JSON.stringify(via)
  if (map.flow === true) return { from: end, to: end, by: `, "via": ${list}` }
  const start = map.range?.[0] ?? 0
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1)
  const lineEnd = /\r?\n|$/.exec(text.slice(end))
  const at = end + (lineEnd?.index ?? 0)
  return { from: at, to: at, by: `\n${' '.repeat(indent)}via: ${list}` }
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
