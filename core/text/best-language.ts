/**
 * The tag among `available` that suits a reader best: the same one, a shorter one (`de` for `de-AT`), another of the same
 * language (`pt-BR` for `pt`), each of what they `wanted` in turn (after RFC 4647, 3.4). Null where nothing does.
 */
export function bestLanguage(available: readonly string[], wanted: readonly string[]): string | null {
  const byTag = new Map(available.toReversed().map((tag) => [tag.toLowerCase(), tag]))
  for (const want of wanted.map((tag) => tag.toLowerCase())) {
    const parts = want.split('-')
    for (let length = parts.length; length > 0; length--) {
      const found = byTag.get(parts.slice(0, length).join('-'))
      if (found !== undefined) return found
    }
    const related = available.find((tag) => tag.toLowerCase().split('-')[0] === parts[0])
    if (related !== undefined) return related
  }
  return null
}
