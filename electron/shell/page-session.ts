import { session as electronSession, type Session } from 'electron'
import { isOwnPage, serveAppScheme } from './app-scheme.ts'

/** Nothing listens on port 1, so what is sent to this proxy goes nowhere. */
const NOWHERE = 'http://127.0.0.1:1'

/**
 * The session of the page, apart from the one that main talks to servers with. It serves the files in `rendererDir`
 * and leads nowhere else: the content security policy forbids the rest already, but has no say over WebRTC.
 */
export async function openPageSession(rendererDir: string): Promise<Session> {
  const session = electronSession.fromPartition('page')
  // Without `<-loopback>` Chromium would reach this computer directly.
  await session.setProxy({ mode: 'fixed_servers', proxyRules: NOWHERE, proxyBypassRules: '<-loopback>' })
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !isOwnPage(url) && !url.startsWith('devtools:') }),
  )
  serveAppScheme(session, rendererDir)
  return session
}
