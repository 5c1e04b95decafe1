import { meaningOfIdentifier, meaningOfUrl, type Meaning } from './matrix-address.ts'

/** Something in a text that stands for something in Matrix. */
export interface Mention {
  readonly meaning: Meaning
  /** As it is written on the page. */
  readonly written: string
  /** Where it begins and ends, in UTF-16 units. */
  readonly start: number
  readonly end: number
}

// An address on the web, or an identifier that doesn’t begin in the middle of a word. Each part is bounded, so that
// no text takes more than linear time.
const CANDIDATE =
  /\b(?:https?|matrix|element|io\.element\.desktop|im\.fluffychat):[^\s<>"'`\\|]{1,2000}|(?<![\p{L}\p{N}/&=?#!@%._-])(?:[#@][^\s:#@<>()[\]{}"'`|,;!?/\\*]{1,200}:[\w.:[\]-]{3,240}|![\w+/=-]{8,200}(?::[\w.-]{3,240}(?::\d{1,5})?)?)(?:\?via=[^\s<>"'`)\]|]{1,500})?/giu

/** Everything in a running text that stands for something in Matrix, in its order. */
export function mentionsInText(text: string): Mention[] {
  if (!/[#!@]|matrix|%2[13]/i.test(text)) return []
  return [...text.matchAll(CANDIDATE)].flatMap((match): Mention[] => {
    const written = withoutPunctuation(match[0])
    const meaning = /^[#!@]/.test(written) ? meaningOfIdentifier(written) : meaningOfUrl(written)
    return meaning === null
      ? []
      : [{ meaning, written, start: match.index, end: match.index + written.length }]
  })
}

/** Whether a label is just an address again, so that it names nothing. */
export function isAddressLike(text: string): boolean {
  const trimmed = text.trim()
  return /^([#!@]\S+|https?:\S+|matrix:\S+|matrix\.to\S*)$/i.test(trimmed)
}

// What ends a sentence doesn’t belong to an address; a closing bracket does where it was opened within.
function withoutPunctuation(text: string): string {
  let end = text.length
  for (; end > 0; end--) {
    const last = text[end - 1] ?? ''
    if (/[.,;:!?*_~'"”’»…\]}]/u.test(last)) continue
    if (last === ')' && !text.slice(0, end).includes('(')) continue
    break
  }
  return text.slice(0, end)
}
