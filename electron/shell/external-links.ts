import { shell } from 'electron'

/** Schemes that may leave Foyer; whatever they open, they open in another program. */
const ALLOWED = ['https:', 'matrix:', 'mailto:']

/**
 * The address to hand to the system, re-serialised so that what is checked is what is opened; null when it isn't
 * one that Foyer opens.
 */
export function externalUrl(text: string): string | null {
  try {
    const url = new URL(text)
    return ALLOWED.includes(url.protocol) && url.username === '' && url.password === '' ? url.href : null
  } catch {
    return null
  }
}

/** Opens a page in the system's browser. False where it isn't one that may be opened, or the system has no browser. */
export async function openPage(text: string): Promise<boolean> {
  const url = externalUrl(text)
  if (url === null || !url.startsWith('https:')) return false
  return shell.openExternal(url).then(
    () => true,
    () => false,
  )
}

/** Opens a link in the system's own program for it. Answers whether it was one that may be opened. */
export function openExternally(text: string): boolean {
  const url = externalUrl(text)
  if (url !== null) void shell.openExternal(url)
  return url !== null
}
