import { distance } from 'fastest-levenshtein'

/** Letters that may be wrong, for names of at least so many letters. */
const TOLERANCE = [
  { from: 12, letters: 3 },
  { from: 7, letters: 2 },
  { from: 4, letters: 1 },
] as const

/**
 * The known server that somebody probably meant, or null where none is near. A forgotten or added `matrix.` in front
 * counts as near, and so does another ending.
 */
export function didYouMean(typed: string, known: readonly string[]): string | null {
  const others = known.filter((name) => name !== typed)
  const withoutPrefix = typed.replace(/^(?:www|matrix|chat|element)\./, '')
  const sameBut = others.find((name) => name === withoutPrefix || name === `matrix.${typed}`)
  if (sameBut !== undefined) return sameBut
  const tolerance = TOLERANCE.find(({ from }) => typed.length >= from)?.letters ?? 0
  let best: { name: string; letters: number } | null = null
  for (const name of others) {
    const letters = distance(typed, name)
    if (letters <= tolerance && letters < (best?.letters ?? Infinity)) best = { name, letters }
  }
  return best?.name ?? sameStem(typed, others)
}

// `matrix.com` for `matrix.org`: only where a single known server has that stem.
function sameStem(typed: string, others: readonly string[]): string | null {
  const stem = stemOf(typed)
  const fitting = stem === null ? [] : others.filter((name) => stemOf(name) === stem)
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

function stemOf(name: string): string | null {
  const at = name.lastIndexOf('.')
  return at >= 4 ? name.slice(0, at) : null
}
