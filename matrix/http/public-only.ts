import type { Fetch } from './fetch.ts'
import { isPublic, type ResolveHost } from './public-page.ts'
import { following } from './redirects.ts'

const MOST_REDIRECTS = 5

/**
 * A fetch that asks nothing of hosts on private networks, not even when a public one redirects there; to its callers
 * they are out of reach. For addresses that strangers wrote. `allowed` are those that we were told to ask. `resolve`
 * says where names lead; null where the way out is a proxy that decides that itself.
 */
export function publicOnly(
  fetch: Fetch,
  resolve: ResolveHost | null,
  allowed: readonly string[] = [],
): Fetch {
  const asked = new Map<string, Promise<boolean>>()
  const isOnTheWeb = (hostname: string): Promise<boolean> => {
    const known = asked.get(hostname) ?? isPublic(hostname, resolve)
    asked.set(hostname, known)
    return known
  }
  const isAllowed = async ({ host, hostname }: URL): Promise<boolean> =>
    allowed.includes(host) || allowed.includes(hostname) || (await isOnTheWeb(hostname))
  const step: Fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (!(await isAllowed(url))) throw new TypeError(`${url.host} is on a private network`)
    return fetch(url, init)
  }
  const fetchAllowed = following(step, MOST_REDIRECTS)
  // Whatever the caller has in mind: each host on the way is looked at.
  return (input, init) => fetchAllowed(input, { ...init, redirect: 'follow' })
}
