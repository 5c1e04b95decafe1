import { patched, patchOf, type Patch } from '../patch.ts'

/*
 * A journal as lines of JSON, so that it grows with what happens and not with the number of rooms: the first line is
 * the whole of it, each further one what has changed since (see `core/patch.ts`). The last line counts only with its
 * line break: a stop may come in the middle of writing it, before the request that it announces.
 */

/** The first line. */
export function wholeLine(journal: object): string {
  return `${JSON.stringify(journal)}\n`
}

/** The line that makes `before` into `after`. Values that are the same object are taken for unchanged. */
export function changeLine<Journal extends object>(before: Journal, after: Journal): string {
  return `${JSON.stringify(patchOf(before, after) ?? { fields: {} })}\n`
}

/** The journal that these lines amount to, for a schema to check; null where they can't be understood. */
export function readLines(text: string): unknown {
  const [first, ...changes] = text.split('\n').slice(0, -1)
  if (first === undefined) return null
  try {
    let journal: unknown = JSON.parse(first)
    if (typeof journal !== 'object' || Array.isArray(journal)) return null
    for (const line of changes) journal = patched(journal, JSON.parse(line) as Patch)
    return journal
  } catch {
    return null
  }
}
