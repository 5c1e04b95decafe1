import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createElement as h, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

/** What one HTML file needs besides its text. */
export interface StaticPage {
  readonly title: string
  readonly description: string
  /** BCP 47. */
  readonly language: string
  /** `#rrggbb`; every colour of the page is computed from it. */
  readonly colour: string | null
  /** Rules beside the shared ones. */
  readonly styles: string
  /** Makes the page a little better where scripts run; it must be whole without. */
  readonly script?: string
  readonly body: ReactNode
}

/**
 * One HTML file that needs nothing else: no server, no other file, no script. React puts the text in, so nothing that
 * a manifest or a server says can become markup; the content security policy lets nothing be fetched.
 */
export function staticPage(page: StaticPage): string {
  const styles = sharedStyles() + page.styles
  const colour = /^#[0-9a-f]{6}$/i.exec(page.colour ?? '')?.[0]
  const seed = colour === undefined ? '' : `:root{--community:${colour}}`
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(styles + seed)}'`,
    ...(page.script === undefined ? [] : [`script-src '${hashOf(page.script)}'`]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const html = h(
    'html',
    { lang: page.language },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'description', content: page.description }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      h('title', null, page.title),
      h('style', { dangerouslySetInnerHTML: { __html: styles + seed } }),
    ),
    h(
      'body',
      null,
      page.body,
      page.script === undefined ? null : h('script', { dangerouslySetInnerHTML: { __html: page.script } }),
    ),
  )
  return `<!doctype html>\n${renderToStaticMarkup(html)}\n`
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** The app's own colours and sizes, so that a page looks like the rooms behind it. */
function sharedStyles(): string {
  const path = new URL('../../renderer/styles/tokens.css', import.meta.url)
  const [, tokens] = /\/\* ══ Tokens [^\n]*\n([\s\S]*?)\/\* ══ Ground /.exec(readFileSync(path, 'utf8')) ?? []
  if (tokens === undefined) throw new Error('tokens.css has no part with the tokens')
  return `${tokens.trim()}\n${GROUND}`
}

const GROUND = `
*, *::before, *::after { box-sizing: border-box }
body { margin: 0; padding: var(--s7) var(--inset) var(--s8); color: var(--ink); background: var(--floor);
  font: var(--text-body)/var(--line-body) system-ui, sans-serif }
main, footer { max-inline-size: var(--measure); margin-inline: auto }
h1 { margin: 0; font-size: var(--text-title); line-height: var(--line-title); font-weight: var(--weight-title);
  text-wrap: balance; overflow-wrap: anywhere }
h2 { margin: var(--s7) 0 var(--s3); font-size: var(--text-head); line-height: var(--line-head) }
p { margin: var(--s2) 0; text-wrap: pretty; overflow-wrap: anywhere }
ul { margin: 0; padding: 0; list-style: none }
a { color: var(--accent); text-underline-offset: 0.2em }
:focus-visible { outline: var(--focus-width) solid var(--focus); outline-offset: 2px }
.quiet { color: var(--ink-2) }
.small { font-size: var(--text-small); line-height: var(--line-small) }
@media print { body { padding: 0 } }
`
