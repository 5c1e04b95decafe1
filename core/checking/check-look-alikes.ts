import { isAlias, serverOf } from '../addresses/room-address.ts'
import { skeletonOf } from '../text/look-alike.ts'
import type { Draft } from './draft.ts'
import { finding, quoted, type Finding, type Path } from './finding.ts'
import { compactOf } from './words-of.ts'

/** Addresses and names that seem to be others: another room’s, or by letters of two alphabets in a word. */
export function checkLookAlikes({ name, space, rooms }: Draft): Finding[] {
  const firstAddress = new Map<string, string>()
  const firstLabel = new Map<string, string>()
  return [
    ...(name === null ? [] : inName(name, null, { path: ['name'] })),
    ...(space === null || space.address === null ? [] : inAddress(space.address, null, space.path)),
    ...rooms.flatMap(({ address, label, path }) => [
      ...(address === null ? [] : inAddress(address, seenBefore(firstAddress, address), path)),
      ...(label === null
        ? []
        : inName(label, seenBefore(firstLabel, label), { path: [...path, 'label'], address })),
    ]),
  ]
}

function inAddress(address: string, twin: string | null, path: Path): Finding[] {
  if (!isAlias(address)) return []
  if (twin !== null) return [finding('look-alike', `${address} looks like ${twin}.`, { path, address })]
  const local = address.slice(1, -(serverOf(address)?.length ?? 0))
  return mixesAlphabets(local)
    ? [finding('look-alike', `${address} mixes letters of two alphabets.`, { path, address })]
    : []
}

function inName(
  name: string,
  twin: string | null,
  place: { readonly path: Path; readonly address?: string | null },
): Finding[] {
  if (twin !== null) {
    const message = `${quoted(name)} looks like ${quoted(twin)}, which is another room’s name.`
    return [finding('look-alike-name', message, place)]
  }
  return mixesAlphabets(name)
    ? [finding('look-alike-name', `${quoted(name)} mixes letters of two alphabets within a word.`, place)]
    : []
}

/* What looks the same and isn’t; that two are the same but for capitals and signs is told by other checks. */
function seenBefore(first: Map<string, string>, text: string): string | null {
  // Acronyms are compared in small letters, as AI and AL are two things though I and l are alike.
  const look = skeletonOf(/\p{Ll}/u.test(text) ? text : text.toLowerCase())
  const before = first.get(look)
  if (before === undefined) first.set(look, text)
  return before === undefined || compactOf(before) === compactOf(text) ? null : before
}

/**
 * True where a word has letters of the Latin alphabet and such of another that could be taken for Latin ones. “µm” and
 * “Чат Rust” are as they should be.
 */
function mixesAlphabets(text: string): boolean {
  return (text.match(/[\p{L}\p{M}]+/gu) ?? []).some(
    (word) =>
      /\p{Script=Latin}/u.test(word) &&
      /(?!\p{Script=Latin})\p{L}/u.test(word) &&
      /^[\p{Script=Latin}\p{M}]+$/u.test(skeletonOf(word)),
  )
}
