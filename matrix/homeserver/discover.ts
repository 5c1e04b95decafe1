import { AutoDiscovery, AutoDiscoveryAction } from 'matrix-js-sdk'
import { fail, succeed, type Result } from '../../core/result.ts'
import type { Fetch } from '../http/fetch.ts'

/**
 * Finds the base URL of a homeserver's client-server API by its name: .well-known first, the name itself where
 * there is none (spec v1.19, server discovery; the SDK's AutoDiscovery decides).
 */
export async function discoverHomeserver(
  fetch: Fetch,
  serverName: string,
): Promise<Result<string, 'noServer'>> {
  AutoDiscovery.setFetchFn(fetch)
  const found = await AutoDiscovery.findClientConfig(serverName)
  const homeserver = found['m.homeserver']
  if (homeserver.state === AutoDiscoveryAction.SUCCESS && homeserver.base_url) {
    // A password must never travel in the open, whatever a .well-known file says.
    return homeserver.base_url.startsWith('https://') ? succeed(homeserver.base_url) : fail('noServer')
  }
  if (homeserver.state !== AutoDiscoveryAction.PROMPT) return fail('noServer')
  // No .well-known file: the name itself may be the server.
  const direct = await AutoDiscovery.fromDiscoveryConfig({
    'm.homeserver': { base_url: `https://${serverName}` },
  })
  const plain = direct['m.homeserver']
  return plain.state === AutoDiscoveryAction.SUCCESS && plain.base_url
    ? succeed(plain.base_url)
    : fail('noServer')
}

/** Remembers what was found, so that each server is looked up once in a run. Failures are asked again. */
export class HomeserverDirectory {
  readonly #fetch: Fetch
  readonly #found = new Map<string, Promise<Result<string, 'noServer'>>>()

  constructor(fetch: Fetch) {
    this.#fetch = fetch
  }

  /** The base URL of a server's client-server API. */
  async find(serverName: string): Promise<Result<string, 'noServer'>> {
    const known = this.#found.get(serverName)
    if (known !== undefined) return known.catch(() => fail<'noServer'>('noServer'))
    const lookup = discoverHomeserver(this.#fetch, serverName)
    this.#found.set(serverName, lookup)
    const result = await lookup.catch(() => fail<'noServer'>('noServer'))
    if (!result.ok) this.#found.delete(serverName)
    return result
  }
}
