/*
 * What has changed between two values of plain JSON. Parts that are the same object are taken for unchanged without a
 * look, so a change costs as much as what it changes, and not as much as the whole.
 */

/** How one value becomes another. */
export type Patch =
  | { readonly value: unknown }
  /** Fields of an object that changed or came, and those that went. */
  | { readonly fields: Readonly<Record<string, Patch>>; readonly gone?: readonly string[] }
  /** Items of a list that keeps its length, by their place. */
  | { readonly items: Readonly<Record<number, Patch>> }
  /** At this place so many items go and these come. */
  | { readonly at: number; readonly less: number; readonly more: readonly unknown[] }

/** The patch from one value to another; null where they are alike. */
export function patchOf(before: unknown, after: unknown): Patch | null {
  if (Object.is(before, after)) return null
  if (Array.isArray(before) && Array.isArray(after)) return listPatch(before, after)
  if (isObject(before) && isObject(after)) return fieldsPatch(before, after)
  return { value: after }
}

/** The value that a patch leads to; what it doesn't touch stays the same object. Throws where it doesn't fit. */
export function patched(before: unknown, patch: Patch): unknown {
  if ('value' in patch) return patch.value
  if ('fields' in patch) {
    if (!isObject(before)) throw new Error('The patch is for an object')
    const gone = new Set(patch.gone)
    const kept = Object.entries(before).filter(([name]) => !gone.has(name))
    const changed = Object.entries(patch.fields).map(([name, field]) => [name, patched(before[name], field)])
    return Object.fromEntries([...kept, ...changed])
  }
  if (!Array.isArray(before)) throw new Error('The patch is for a list')
  const list: unknown[] = [...(before as readonly unknown[])]
  if ('items' in patch) {
    for (const [place, item] of Object.entries(patch.items)) {
      if (!(Number(place) in list)) throw new Error('The patch is for a longer list')
      list[Number(place)] = patched(list[Number(place)], item)
    }
    return list
  }
  if (patch.at + patch.less > list.length) throw new Error('The patch is for a longer list')
  return [...list.slice(0, patch.at), ...patch.more, ...list.slice(patch.at + patch.less)]
}

function listPatch(before: readonly unknown[], after: readonly unknown[]): Patch | null {
  if (before.length === after.length) {
    const items: Record<number, Patch> = {}
    let isChanged = false
    // Lists may have thousands of items, of which mostly one is new: looked through, but never copied.
    after.forEach((item, place) => {
      const patch = patchOf(before[place], item)
      if (patch === null) return
      items[place] = patch
      isChanged = true
    })
    return isChanged ? { items } : null
  }
  const shorter = Math.min(before.length, after.length)
  let at = 0
  while (at < shorter && Object.is(before[at], after[at])) at += 1
  let tail = 0
  while (tail < shorter - at && Object.is(before.at(-1 - tail), after.at(-1 - tail))) tail += 1
  return { at, less: before.length - at - tail, more: after.slice(at, after.length - tail) }
}

function fieldsPatch(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Patch | null {
  const changes = Object.entries(after).flatMap(([name, value]) => {
    if (!Object.hasOwn(before, name)) return [[name, { value }] as const]
    const patch = patchOf(before[name], value)
    return patch === null ? [] : [[name, patch] as const]
  })
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name))
  if (changes.length === 0 && gone.length === 0) return null
  return { fields: Object.fromEntries(changes), ...(gone.length > 0 && { gone }) }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
