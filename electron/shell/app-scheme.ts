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
    const url = new URL(request.url)
    const file = normalize(join(rendererDir, decodeURIComponent(url.pathname)))
    if (url.host !== HOST || !file.startsWith(rendererDir + sep)) return new Response(null, { status: 403 })
    try {
      return new Response(new Uint8Array(await readFile(file)), {
        headers: {
          'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
        },
      })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

/** True for pages that Foyer itself serves. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(`${SCHEME}://${HOST}/`)
}
