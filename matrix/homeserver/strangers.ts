import { publicOnly } from '../http/public-only.ts'
import type { Fetch } from '../http/fetch.ts'
import type { ResolveHost } from '../http/public-page.ts'
import { HomeserverDirectory } from './discover.ts'

/** How servers are asked that nobody here has named: a community's page, a link or another server did. */
export interface Strangers {
  readonly fetch: Fetch
  readonly homeservers: HomeserverDirectory
}

/**
 * A way to ask strangers' servers that leads to the web only, wherever they redirect or delegate to. `resolve` as with
 * `publicOnly`; `allowed` are hosts that somebody here did name.
 */
export function amongStrangers(
  fetch: Fetch,
  resolve: ResolveHost | null,
  allowed: readonly string[] = [],
): Strangers {
  const guarded = publicOnly(fetch, resolve, allowed)
  return { fetch: guarded, homeservers: new HomeserverDirectory(guarded) }
}
