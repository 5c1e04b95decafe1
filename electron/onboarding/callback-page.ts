import { createHash } from 'node:crypto'
import { shellWord } from '../i18n/words.ts'

/** What the browser is told when it comes back: all is well, the person said no, it was here before, or it is late. */
export type CallbackOutcome = 'done' | 'denied' | 'again' | 'old'

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 30rem; margin: 18vh auto 0; padding: 0 1.5rem }
svg { width: 2.5rem; height: 2.5rem }
h1 { font-size: 1.875rem; line-height: 2.25rem; margin: 1rem 0 0.5rem }
p { margin: 0; opacity: 0.85 }
`
const DOOR = `<svg viewBox="0 0 24 24" aria-hidden="true"><path fill="#f4b52e" stroke="currentColor" stroke-width="1.8" d="M4 3.5h12V20H4Z"/><path fill="currentColor" d="M4 3.5 10 6v11.5L4 20Z"/></svg>`

/** The page as a whole: nothing in it is fetched, and it runs nothing. */
export function callbackPage(outcome: CallbackOutcome): string {
  const title = shellWord(`callback.${outcome}.title`)
  const text = shellWord(`callback.${outcome}.text`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${DOOR}
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`
}

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** What goes with the page. Its address holds a code, which must not travel on or be kept. */
export const callbackHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}
