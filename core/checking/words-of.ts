/* How labels, purposes and addresses are compared: by their words, since pages and rooms write them differently. */

/** Names that many communities give to their main room, whatever its address is. */
const GENERIC = new Set(
  (
    'all and channel chat community discussion for general group lobby main off official our room rooms space ' +
    'the topic welcome'
  ).split(' '),
)

/** The words of a text in lower case, single letters left out. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []
}

/** The words that say which room is meant. */
export function tellingWordsOf(text: string): string[] {
  return wordsOf(text).filter((word) => !GENERIC.has(word))
}

/** A text as one run of letters and digits, for comparing however it is written. */
export function compactOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The part of an alias before its server, in lower case. */
export function localpartOf(alias: string): string {
  return alias.slice(1, alias.indexOf(':')).toLowerCase()
}

/** True where an alias may well be that of a room so called; lenient, as aliases abbreviate. */
export function mayFit(word: string, localpart: string): boolean {
  if (localpart.includes(word.slice(0, 3))) return true
  return localpart
    .split(/[^\p{L}\p{N}]+/u)
    .some((token) => token.length >= 2 && (word.startsWith(token) || isAbbreviation(token, word)))
}

/**
 * What an address says beyond a label that is wholly in it, such as the prefix that a community gives to all its
 * rooms. Null where a telling word of the label isn't in the address.
 */
export function restOfAddress(label: string, localpart: string): string[] | null {
  const words = wordsOf(label)
  if (words.length === 0) return null
  let rest = localpart
  // Telling words first, and the longer ones before the shorter, lest a lesser one take a piece of theirs.
  const weight = (word: string): number => word.length - (GENERIC.has(word) ? 1000 : 0)
  for (const word of words.toSorted((one, other) => weight(other) - weight(one))) {
    const part = longestPartIn(word, rest)
    if (part !== null) rest = rest.replace(part, ' ')
    else if (!GENERIC.has(word)) return null
  }
  return wordsOf(rest)
}

// “gov” for “governance”: the longest beginning that is there, of at least three letters, or the whole short word.
function longestPartIn(word: string, text: string): string | null {
  for (let length = word.length; length >= Math.min(3, word.length); length -= 1) {
    const part = word.slice(0, length)
    if (text.includes(part)) return part
  }
  return null
}

// “js” for “javascript”, “k8s” for “kubernetes”: first letter, and the others in order.
function isAbbreviation(token: string, word: string): boolean {
  if (token[0] !== word[0] || token.length > 4) return false
  let at = 0
  for (const letter of token) {
    if (/\d/.test(letter)) continue
    at = word.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
