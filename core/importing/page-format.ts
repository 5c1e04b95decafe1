/** The markup that a page is written in. */
export type PageFormat = 'markdown' | 'html' | 'mediawiki' | 'rst' | 'asciidoc'

const BY_ENDING: Readonly<Record<string, PageFormat>> = {
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  wiki: 'mediawiki',
  mediawiki: 'mediawiki',
  rst: 'rst',
  adoc: 'asciidoc',
  asciidoc: 'asciidoc',
}

/** Tells a page’s format by its name’s ending, else by how it looks. What is unsure is Markdown. */
export function formatOf(text: string, name: string): PageFormat {
  const start = text.slice(0, 20_000)
  // Pages at addresses ending in .md or .wiki are most often the HTML made of them.
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<(!doctype html|html|head|body)\b/i.test(start)) return 'html'
  const ending = /\.([a-z]+)$/i.exec(name.replace(/[?#].*$/, ''))?.[1]?.toLowerCase() ?? ''
  const known = BY_ENDING[ending]
  if (known !== undefined) return known
  if (/^\{\|/m.test(start) || /^==[^=\n]+==\s*$/m.test(start) || /\[https?:\S+ [^\]\n]+\]/.test(start))
    return 'mediawiki'
  if (/^={1,5} \S.*$/m.test(start) || /^\|===/m.test(start)) return 'asciidoc'
  if (/`[^`<\n]+<https?:[^>\n]+>`__?/.test(start) || /^\.\. [\w_-]+::?/m.test(start)) return 'rst'
  if (/^\s*<(table|div|p|ul|h[1-6]|section|article)\b/i.test(start) && !/^#{1,6} /m.test(start)) return 'html'
  return 'markdown'
}
