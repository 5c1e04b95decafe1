import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Session } from 'electron'
import { z } from 'zod'

const worldSchema = z.object({
  proxy: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
  ca: z.string(),
  servers: z.array(z.object({ name: z.string() })),
})

/** How to reach a practice world: its proxy on this computer, and the authority that signs its certificates. */
export interface PracticeWorldAddress {
  readonly proxy: string
  readonly authority: X509Certificate
  /** Names of its homeservers. */
  readonly servers: readonly string[]
}

/** Reads a practice world's description (`world.json`). Throws when it isn't one, since there is no way on then. */
export function readPracticeWorld(path: string): PracticeWorldAddress {
  const world = worldSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  const servers = world.servers.map((server) => server.name)
  return { proxy: world.proxy, authority: new X509Certificate(readFileSync(world.ca)), servers }
}

/**
 * Ties a session to a practice world: everything goes through its proxy, which knows no other servers, and only
 * certificates of its own authority count, so that even a mistaken route ends before anything real.
 * Must run before the session's first request, as verdicts on certificates are cached.
 */
export async function enterPracticeWorld(
  session: Session,
  world: PracticeWorldAddress,
  { reachesLoopback = false } = {},
): Promise<void> {
  session.setCertificateVerifyProc((request, verdict) => {
    const certificate = new X509Certificate(request.certificate.data)
    const isGenuine =
      certificate.verify(world.authority.publicKey) && certificate.checkHost(request.hostname) !== undefined
    verdict(isGenuine ? 0 : -2)
  })
  // Without `<-loopback>` Chromium would reach 127.0.0.1 directly, past the proxy.
  const proxyBypassRules = reachesLoopback ? '' : '<-loopback>'
  await session.setProxy({ mode: 'fixed_servers', proxyRules: world.proxy, proxyBypassRules })
}
