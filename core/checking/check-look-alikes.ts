import { isAlias, serverOf } from '../addresses/room-address.ts'
import { skeletonOf } from '../text/look-alike.ts'
import type { Draft } from './draft.ts'
import { finding, quoted, type Finding } from './finding.ts'
import { compactOf } from './words-of.ts'

/** Addresses and names that seem to be others: by letters of two alphabets in a word, or in whole. */
export function checkLookAlikes(draft: Draft): Finding[] {
  const { name, space, rooms } = draft
  const places = [...(space === null ? [] : [space]), ...rooms]
  return [
    ...(name !== null && mixesAlphabets(name)
      ? [finding('look-alike-name', mixedText(name), { path: ['name'] })]
      : []),
    ...places.flatMap(({ address, path }) =>
      address !== null && isAlias(address) && mixesAlphabets(localpartIn(address))
        ? [finding('look-alike', `${address} mixes letters of two alphabets.`, { path, address })]
        : [],
    ),
    ...rooms.flatMap(({ label, path, address }) =>
      label !== null && mixesAlphabets(label)
        ? [finding('look-alike-name', mixedText(label), { path: [...path, 'label'], address })]
        : [],
    ),
    ...twins(rooms),
  ]
}

function mixedText(name: string): string {
  return `${quoted(name)} mixes letters of two alphabets within a word.`
}

function twins(rooms: Draft['rooms']): Finding[] {
  const firstAddress = new Map<string, string>()
  const firstLabel = new Map<string, string>()
  return rooms.flatMap(({ address, label, path }): Finding[] => {
    const found: Finding[] = []
    const twin = address !== null && isAlias(address) ? seenBefore(firstAddress, address) : null
    if (twin !== null && address !== null)
      found.push(finding('look-alike', `${address} looks like ${twin}.`, { path, address }))
    const other = label === null ? null : seenBefore(firstLabel, label)
    if (other !== null && label !== null) {
      const message = `${quoted(label)} looks like ${quoted(other)}, which is another room’s name.`
      found.push(finding('look-alike-name', message, { path: [...path, 'label'], address }))
    }
    return found
  })
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

function localpartIn(alias: string): string {
  return alias.slice(1, -(serverOf(alias)?.length ?? 0))
}
