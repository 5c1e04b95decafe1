import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { amongStrangers, type Strangers } from '../matrix/homeserver/strangers.ts'
import type { ResolveHost } from '../matrix/http/public-page.ts'
import { HomeserverDirectory } from '../matrix/homeserver/discover.ts'
import type { Fetch } from '../matrix/http/fetch.ts'
import { following } from '../matrix/http/redirects.ts'
import { Failure, systemCodeOf } from './failure.ts'
import { resolveHost } from './fetch-page.ts'

/** The way to the homeservers. */
export interface Network {
  readonly fetch: Fetch
  readonly homeservers: HomeserverDirectory
  /** For servers that a manifest or a link names, and nobody on the command line. */
  readonly strangers: Strangers
  /** Null where a proxy looks names up. */
  readonly resolveHost: ResolveHost | null
}

/** Opens the way: directly, or through a proxy, or trusting one more authority. */
export async function openNetwork(proxy: string | null, caPath: string | null): Promise<Network> {
  const step = proxy === null && caPath === null ? globalThis.fetch : await fetchThrough(proxy, caPath)
  // Node's own follows redirects from https to http as well.
  const fetch = following(step)
  const resolve = proxy === null ? resolveHost : null
  return {
    fetch,
    homeservers: new HomeserverDirectory(fetch),
    strangers: amongStrangers(fetch, resolve),
    resolveHost: resolve,
  }
}

async function fetchThrough(proxy: string | null, caPath: string | null): Promise<Fetch> {
  const { Agent, fetch, ProxyAgent } = await import('undici')
  const ca = caPath === null ? undefined : [...rootCertificates, readAuthority(caPath)]
  const tls = ca === undefined ? {} : { ca }
  const dispatcher =
    proxy === null
      ? new Agent({ connect: tls })
      : new ProxyAgent({ uri: proxy, requestTls: tls, proxyTls: tls })
  return (input, init) => fetch(input as string, { ...(init as object), dispatcher })
}

function readAuthority(path: string): string {
  try {
    const text = readFileSync(path, 'utf8')
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  } catch (error) {
    throw new Failure('usage', `--ca ${path} can’t be read (${systemCodeOf(error)}).`)
  }
  throw new Failure('usage', `--ca ${path} holds no certificate in PEM form.`)
}
