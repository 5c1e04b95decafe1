import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'

const SCHEME = 'foyer-app'
const HOST = 'screens'

/** The address of the one page. */
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Nothing is allowed but our own files: no network, no inline code, no frames, no forms, no markup from strings. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** Declares the scheme; must happen before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the screens' files from `rendererDir` to one session, and nothing outside that folder. */
export function serveAppScheme(session: Session, rendererDir: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const file = fileFor(request.url, rendererDir)
    const content = file === null ? null : await readFile(file).catch(() => null)
    return new Response(content === null ? null : new Uint8Array(content), {
      status: file === null ? 403 : content === null ? 404 : 200,
      // A refusal is a page of our origin too, and would have the bridge: it gets the same policy.
      headers: {
        'content-type': CONTENT_TYPES[extname(file ?? '')] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
    })
  })
}

/** Null for everything outside the folder, and for addresses that name no file at all. */
function fileFor(address: string, rendererDir: string): string | null {
  const url = new URL(address)
  try {
    const file = normalize(join(rendererDir, decodeURIComponent(url.pathname)))
    return url.host === HOST && file.startsWith(rendererDir + sep) ? file : null
  } catch {
    return null
  }
}

/** True for pages that Foyer itself serves. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(`${SCHEME}://${HOST}/`)
}
