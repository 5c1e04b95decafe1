import unhomoglyph from 'unhomoglyph'
import { plainLine } from './plain-text.ts'

/**
 * What a text looks like: two texts with the same skeleton can't be told apart by eye (Unicode Technical Standard 39,
 * section 4), as with “Lobby” in Latin letters and one with a Cyrillic “о”. Upper and lower case count as the same.
 */
export function skeletonOf(text: string): string {
  const look = unhomoglyph(plainLine(text).normalize('NFKD')).normalize('NFKD')
  return look.toLowerCase().replace(/\s+/g, ' ')
}
