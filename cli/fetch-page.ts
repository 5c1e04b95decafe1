import { lookup } from 'node:dns/promises'
import type { Fetch } from '../matrix/http/fetch.ts'
import { publicOnly } from '../matrix/http/public-only.ts'
import { getPublicPage, type PageProblem } from '../matrix/http/public-page.ts'
import { Failure } from './failure.ts'

const ACCEPT = 'text/markdown, text/html;q=0.9, text/plain;q=0.8, */*;q=0.1'

const sentences: Readonly<Record<PageProblem, string>> = {
  private: 'leads into a private network, so it isn’t read',
  missing: 'has no page',
  unreachable: 'can’t be read',
  tooLarge: 'is larger than any page',
}

/** Whether an argument is the address of a page, by its beginning. */
export function isPageAddress(text: string): boolean {
  return /^https:\/\//i.test(text)
}

/**
 * Fetches a public page for the command line, to wherever it has moved; each step on the way is https and public. Throws
 * a `Failure` that says why there is none. `resolve` is null where a proxy is the way out.
 */
export async function fetchPage(
  address: string,
  fetch: Fetch,
  resolve: typeof resolveHost | null,
  signal?: AbortSignal,
): Promise<string> {
  const lookUp = resolve === null ? null : lookedUpOnce(resolve)
  const page = await getPublicPage(publicOnly(httpsOnly(fetch), lookUp), lookUp, address, ACCEPT, signal)
  if (page.ok) return page.value
  throw new Failure('unreachable', `${address} ${sentences[page.reason]}.`)
}

/** Where a name leads; nowhere for one that can’t be looked up, which the request itself tells apart. */
export function resolveHost(name: string): Promise<string[]> {
  return lookup(name, { all: true }).then(
    (all) => all.map((each) => each.address),
    () => [],
  )
}

function lookedUpOnce(resolve: typeof resolveHost): typeof resolveHost {
  const found = new Map<string, Promise<string[]>>()
  return (name) => {
    const addresses = found.get(name) ?? resolve(name)
    found.set(name, addresses)
    return addresses
  }
}

function httpsOnly(fetch: Fetch): Fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.protocol !== 'https:') return Promise.reject(new TypeError(`${url.host} is not asked over https`))
    return fetch(input, init)
  }
}
