import type { Fetch } from './fetch.ts'
import { isPublic, type ResolveHost } from './public-page.ts'
import { redirectOf, type Redirect } from './redirects.ts'

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
  return async (input, init = {}) => {
    let next: Redirect = { url: new URL(input instanceof Request ? input.url : input), init }
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (!(await isAllowed(next.url))) throw new TypeError(`${next.url.host} is on a private network`)
      const answer = await fetch(next.url, { ...next.init, redirect: 'manual' })
      const found = redirectOf(answer, next.url, next.init)
      if (found === null) return answer
      await answer.body?.cancel()
      next = found
    }
    throw new TypeError('Too many redirects')
  }
}
