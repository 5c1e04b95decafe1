import type { Fetch } from './fetch.ts'
import { isPublic, type ResolveHost } from './public-page.ts'

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
  return async (input, init) => {
    let url = new URL(input instanceof Request ? input.url : input)
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (!(await isAllowed(url))) throw new TypeError(`${url.host} is on a private network`)
      const answer = await fetch(url, { ...init, redirect: 'manual' })
      const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
      if (next === null) return answer
      await answer.body?.cancel()
      const target = new URL(next, url)
      // A token is meant for the host it was given to.
      if (target.host !== url.host || target.protocol !== 'https:') init = withoutToken(init)
      url = target
    }
    throw new TypeError('Too many redirects')
  }
}

function withoutToken(init: RequestInit | undefined): RequestInit {
  const headers = new Headers(init?.headers)
  headers.delete('authorization')
  return { ...init, headers: Object.fromEntries(headers) }
}
