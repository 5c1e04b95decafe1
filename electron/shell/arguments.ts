/** What Foyer was started with beside its switches: a link, or the path of a file. */
export interface OutsideLink {
  readonly kind: 'link' | 'file'
  readonly text: string
}

/** The link or file that the system hands over when one is opened (`foyer foyer:?join=…`, `foyer invitation.foyer`). */
export function outsideLink(argv: readonly string[]): OutsideLink | null {
  // Later ones win: Electron and Chromium put their own first.
  for (const text of argv.slice(1).toReversed()) {
    if (/^foyer:/i.test(text)) return { kind: 'link', text }
    if (!text.startsWith('-') && /\.foyer$/i.test(text)) return { kind: 'file', text }
  }
  return null
}

/** Whether pages open in the system's browser also in the practice world, where a test has one of its own. */
export function usesSystemBrowser(argv: readonly string[]): boolean {
  return argv.includes('--system-browser')
}

/** The description of a practice world, when Foyer was started in one (`--practice=<world.json>`). */
export function practiceWorldPath(argv: readonly string[]): string | null {
  const found = argv.find((argument) => argument.startsWith('--practice='))
  return found === undefined ? null : found.slice('--practice='.length)
}
