import { AutoDiscovery, AutoDiscoveryAction, AutoDiscoveryError } from 'matrix-js-sdk'
import { z } from 'zod'
import type { DiscoveryProblem } from '../../core/onboarding/state.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import { getJson, wholeAnswers, type Fetch } from '../http/fetch.ts'
import '../quiet-sdk.ts'

const fileSchema = z.object({ 'm.homeserver': z.object({ base_url: z.string().min(1).max(2000) }) })

/**
 * Finds the base URL of a homeserver's client-server API by its name (spec v1.19, server discovery). Without a
 * .well-known file the name itself is tried (IGNORE); a file that can't be read (FAIL_PROMPT), or that leads to something
 * else than a homeserver (FAIL_ERROR), ends it, since guessing on might lead to a server that nobody meant.
 */
export async function discoverHomeserver(
  fetch: Fetch,
  serverName: string,
): Promise<Result<string, DiscoveryProblem>> {
  const hostname = serverName.replace(/:\d+$/, '')
  const file = await getJson(fetch, new URL(`https://${hostname}/.well-known/matrix/client`))
  // A name with a port may well have nothing but that port.
  if (file === null) return hostname === serverName ? fail('noServer') : validate(fetch, serverName)
  if (file.status === 404) return validate(fetch, serverName)
  const parsed = fileSchema.safeParse(file.body)
  if (file.status !== 200 || !parsed.success) return fail('brokenFile')
  return leadsTo(fetch, parsed.data['m.homeserver'].base_url, 'wrongAddress')
}

async function validate(fetch: Fetch, serverName: string): Promise<Result<string, DiscoveryProblem>> {
  return leadsTo(fetch, `https://${serverName}`, 'noServer')
}

// The SDK judges the address. Identity servers are left out, as Foyer has nothing to ask them.
async function leadsTo(
  fetch: Fetch,
  baseUrl: string,
  otherwise: DiscoveryProblem,
): Promise<Result<string, DiscoveryProblem>> {
  // A password must never travel in the open, whatever a .well-known file says.
  if (/^http:/i.test(baseUrl)) return fail('insecure')
  AutoDiscovery.setFetchFn(wholeAnswers(fetch))
  const found = await AutoDiscovery.fromDiscoveryConfig({ 'm.homeserver': { base_url: baseUrl } })
  const { state, error, base_url: address } = found['m.homeserver']
  if (state === AutoDiscoveryAction.SUCCESS && address?.startsWith('https://')) return succeed(address)
  return fail(error === AutoDiscoveryError.UnsupportedHomeserverSpecVersion ? 'tooOld' : otherwise)
}

/** Remembers what was found, so that each server is looked up once in a run. Failures are asked again. */
export class HomeserverDirectory {
  readonly #fetch: Fetch
  readonly #found = new Map<string, Promise<Result<string, DiscoveryProblem>>>()

  constructor(fetch: Fetch) {
    this.#fetch = fetch
  }

  /** The base URL of a server's client-server API. */
  async find(serverName: string): Promise<Result<string, DiscoveryProblem>> {
    const known = this.#found.get(serverName)
    const lookup = known ?? discoverHomeserver(this.#fetch, serverName)
    this.#found.set(serverName, lookup)
    const result = await lookup.catch(() => fail<DiscoveryProblem>('noServer'))
    if (!result.ok && this.#found.get(serverName) === lookup) this.#found.delete(serverName)
    return result
  }
}
