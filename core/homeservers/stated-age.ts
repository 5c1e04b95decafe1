/** Ages that rules name as a minimum; other numbers beside the word "years" are about something else. */
const AGES = { from: 12, to: 21 } as const

// Rules say it in many ways; each of these names a minimum for people, in English or German.
const PATTERNS: readonly RegExp[] = [
  /(?:at least|minimum age(?: of| is)?|older than|over(?: the age of)?|age of) (\d\d)\b(?! (?:days|hours|months|characters))/giu,
  /\b(\d\d) (?:years(?: of age| old)?|yrs) (?:or|and) (?:older|over|above)/giu,
  /\baged? (\d\d) (?:or|and) (?:older|over|above|up)/giu,
  /\b(\d\d)\+(?= |\.|,|$)/gu,
  /(?:mindestens|ab) (\d\d) jahren?\b/giu,
  /\b(\d\d)\. lebensjahr/giu,
]

/**
 * The minimum age in years that a page of rules states, or null where none is found. Of several numbers the highest,
 * as lower ones are mostly exceptions (with a parent's consent). `html` may be a page or plain text.
 */
export function statedAge(html: string): number | null {
  const text = html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/giu, ' ')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&nbsp;|\s+/gu, ' ')
  const ages = PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => Number(match[1])))
  const plausible = ages.filter((age) => age >= AGES.from && age <= AGES.to)
  return plausible.length === 0 ? null : Math.max(...plausible)
}
