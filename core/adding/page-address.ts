const MOST_CHARACTERS = 2_000
const DOMAIN = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}(?::\d{1,5})?(?:[/?#]\S*)?$/u

/**
 * The address that somebody typed in place of a page's text, with https:// where they left it out or wrote http://; null
 * for everything that is a text. Whether anything is there, and whether it may be asked, is another question.
 */
export function pageAddressIn(text: string): string | null {
  if (text.length > 2 * MOST_CHARACTERS) return null
  const line = text.trim()
  if (line === '' || line.length > MOST_CHARACTERS || /\s/.test(line)) return null
  if (DOMAIN.test(line)) return `https://${line}`
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(line)) return null
  return line.replace(/^http:\/\//i, 'https://')
}
