import type { Fetch } from './fetch.ts'

/** As many as browsers follow (Fetch standard, "HTTP-redirect fetch"). */
const MOST_REDIRECTS = 20

/** Where an answer sends its request, and what goes there. */
interface Redirect {
  readonly url: URL
  readonly init: RequestInit
}

/**
 * Where an answer from `from` sends its request; null where it is the answer. What goes there is as the Fetch standard
 * has it: a POST may become a GET, and a token is meant for the host it was given to. Throws a TypeError for anywhere
 * that isn't on the web, as a server could have Foyer read a file of this computer otherwise, and for the way from https
 * to http, on which everybody could read along.
 */
function redirectOf({ status, headers }: Response, from: URL, init: RequestInit): Redirect | null {
  const location = status >= 300 && status < 400 ? headers.get('location') : null
  if (location === null) return null
  const url = new URL(location, from)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError(`Sent to ${url.protocol}, which is not on the web`)
  if (url.protocol === 'http:' && from.protocol === 'https:') throw new TypeError('Sent to http, by https')
  const isStranger = url.host !== from.host
  const becomesGet = status === 303 || ((status === 301 || status === 302) && init.method === 'POST')
  const kept = becomesGet ? { ...init, method: 'GET', body: null } : init
  const dropped = [...(isStranger ? ['authorization'] : []), ...(becomesGet ? ['content-type'] : [])]
  return { url, init: without(kept, dropped) }
}

/**
 * A `fetch` that follows redirects, at most so many, made of one that hands them over. Rejects where there are more, and
 * where one leads off the web or from https to http.
 */
export function following(step: Fetch, mostRedirects = MOST_REDIRECTS): Fetch {
  return async (input, init = {}) => {
    const { redirect = 'follow' } = init
    let next: Redirect = { url: new URL(input instanceof Request ? input.url : input), init }
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const answer = await step(next.url, { ...next.init, redirect: 'manual' })
      const found = redirect === 'manual' ? null : redirectOf(answer, next.url, next.init)
      if (found === null) return answer
      await answer.body?.cancel()
      if (redirect === 'error') throw new TypeError('Sent elsewhere')
      next = found
    }
    throw new TypeError('Too many redirects')
  }
}

function without(init: RequestInit, names: readonly string[]): RequestInit {
  if (names.length === 0) return init
  const headers = new Headers(init.headers)
  for (const name of names) headers.delete(name)
  return { ...init, headers: Object.fromEntries(headers) }
}
