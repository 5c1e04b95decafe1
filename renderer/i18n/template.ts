/** One piece of a sentence: plain text, a value to fill in, or a tagged part with pieces of its own. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'tag'; readonly name: string; readonly pieces: readonly Piece[] }

const PIECE = /\{(\w+)\}|<(\w+)>(.*?)<\/\2>/g

/**
 * Takes a sentence of the i18n file apart: `{name}` is a value, `<b>…</b>` a part to be drawn differently. Values
 * are filled in afterwards, so a room called `<b>` stays a name.
 */
export function piecesOf(template: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of template.matchAll(PIECE)) {
    if (match.index > end) pieces.push({ kind: 'text', text: template.slice(end, match.index) })
    const [whole, value, tag, inner] = match
    if (value !== undefined) pieces.push({ kind: 'value', name: value })
    else if (tag !== undefined) pieces.push({ kind: 'tag', name: tag, pieces: piecesOf(inner ?? '') })
    end = match.index + whole.length
  }
  if (end < template.length) pieces.push({ kind: 'text', text: template.slice(end) })
  return pieces
}
