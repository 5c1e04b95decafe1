import { isPrivateAddress, isPrivateHost } from '../../core/addresses/private-host.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import { getBoundedText, type Fetch } from './fetch.ts'

/** The addresses that a host's name leads to, as text; empty where nobody knows it. */
export type ResolveHost = (name: string) => Promise<readonly string[]>

/** Why a page isn't to be had. `private`: the address leads into a computer or a network, not to the web. */
export type PageProblem = 'private' | 'unreachable' | 'missing' | 'tooLarge'

/**
 * GETs a text from the web whose address a stranger chose. Nothing on this computer or in its network is asked:
 * https only, no address but public ones (RFC 6890), and no way from there to elsewhere, unless `fetch` is `publicOnly`,
 * which takes each step with the same care. `resolve` is null where the way out is a proxy that decides that itself.
 */
export async function getPublicPage(
  fetch: Fetch,
  resolve: ResolveHost | null,
  address: string,
  accept: string,
  signal?: AbortSignal,
  limits: { readonly maxBytes?: number; readonly timeoutMs?: number } = {},
): Promise<Result<string, PageProblem>> {
  if (!URL.canParse(address)) return fail('missing')
  const url = new URL(address)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return fail('private')
  if (!(await isPublic(url.hostname, resolve))) return fail('private')
  // Followed blindly, a redirect would lead where the check above did not look.
  const strict: Fetch = (input, init) => fetch(input, { ...init, redirect: 'error' })
  const options = { ...limits, ...(signal !== undefined && { signal }) }
  const answer = await getBoundedText(strict, url, accept, options)
  if (answer === null) return fail('unreachable')
  if (answer === 'tooLarge') return fail('tooLarge')
  if (answer.status === 404 || answer.status === 410) return fail('missing')
  return answer.status >= 200 && answer.status < 300 ? succeed(answer.text) : fail('unreachable')
}

/** True for a host, without a port, that neither by its name nor by any of its addresses leads into a network of its own. */
export async function isPublic(hostname: string, resolve: ResolveHost | null): Promise<boolean> {
  if (isPrivateHost(hostname)) return false
  if (resolve === null) return true
  // A name that leads to nothing is told apart by the request itself.
  return !(await resolve(hostname.replace(/^\[|\]$/g, ''))).some(isPrivateAddress)
}
