// Unicode 17, general categories: control, format (bidirectional marks, tags), surrogate, line and paragraph
// separators. The two joiners stay, as emoji and some scripts are written with them.
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/u
const ALL_HIDDEN = new RegExp(HIDDEN, 'gu')
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu

/** True where a text has characters that nobody sees but that change what others look like, or are no text at all. */
export function hasHiddenCharacters(text: string): boolean {
  return HIDDEN.test(text)
}

/**
 * The text as one line that shows itself as it is: white space is one blank, hidden characters and towers of accents
 * are gone. What others wrote goes through here before it is shown.
 */
export function plainLine(text: string): string {
  return (
    text
      .replace(/[\s\u0085]+/g, ' ')
      .replace(ALL_HIDDEN, '')
      // Blanks that something hidden stood between.
      .replace(/ {2,}/g, ' ')
      .normalize('NFC')
      .replace(STACKED_MARKS, '$1')
      .trim()
  )
}
