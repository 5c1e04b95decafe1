import { looksLikeText, readPage, type PageReading } from '../../core/adding/page-reading.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import { pageText } from '../../matrix/http/page-text.ts'
import type { PageToRead } from '../onboarding/ports.ts'

/** Reads a page as it was handed in. Never throws, but may take long. */
export function readHandedPage({ content, origin }: PageToRead): Result<PageReading, 'notText'> {
  const text = typeof content === 'string' ? content : pageText(content)
  return looksLikeText(text) ? succeed(readPage(text, origin)) : fail('notText')
}
