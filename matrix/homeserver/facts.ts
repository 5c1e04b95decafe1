import { z } from 'zod'
import type { KnownSoftware, PublicServer } from '../../core/homeservers/catalogue.ts'
import { judgeSoftware, type ServerSoftware } from '../../core/homeservers/software.ts'
import { statedAge } from '../../core/homeservers/stated-age.ts'
import type { HomeserverFacts } from '../../core/onboarding/state.ts'
import { endpoint, getJson, getText, type Fetch } from '../http/fetch.ts'

/** What facts are asked about: the server, what the list says of it, and the rules it named when sign-up was probed. */
export interface FactsQuestion {
  readonly name: string
  readonly baseUrl: string
  readonly listed: PublicServer | null
  readonly rules: readonly string[]
}

const TIMEOUT_MS = 6_000
/** Pages of rules read for one server: terms and privacy notice. */
const MOST_RULES = 2

/** Asks a homeserver what it runs and reads its rules. Whatever it doesn't say is null. Rejects only when aborted. */
export async function askFacts(
  fetch: Fetch,
  { name, baseUrl, listed, rules }: FactsQuestion,
  software: readonly KnownSoftware[],
  signal: AbortSignal,
): Promise<HomeserverFacts> {
  const pages = [...new Set([...rules, ...(listed?.rules === undefined ? [] : [listed.rules])])]
  const own = pages.filter((page) => isOwnPage(page, name, baseUrl)).slice(0, MOST_RULES)
  const [runs, ...ages] = await Promise.all([
    askSoftware(fetch, name, baseUrl, software, signal),
    ...own.map((page) => askAge(fetch, page, signal)),
  ])
  return {
    operator: listed?.operator ?? null,
    country: listed?.country ?? null,
    age: ageOf(ages, listed?.minimumAge ?? null),
    rules: pages[0] ?? null,
    software: runs,
  }
}

/** `undefined` for a page that couldn't be read, null for one that states no age. */
type ReadAge = number | null | undefined

// Rules that could be read and state no age any more outweigh the list.
function ageOf(read: readonly ReadAge[], listed: number | null): HomeserverFacts['age'] {
  const stated = read.filter((age) => typeof age === 'number')
  if (stated.length > 0) return { years: Math.max(...stated), isStated: true }
  return listed === null || read.includes(null) ? null : { years: listed, isStated: false }
}

async function askAge(fetch: Fetch, page: string, signal: AbortSignal): Promise<ReadAge> {
  const answer = await getText(fetch, new URL(page), 'text/html, text/plain', {
    signal,
    timeoutMs: TIMEOUT_MS,
  })
  return answer?.status === 200 ? statedAge(answer.text) : undefined
}

// A homeserver may name any address; only pages of its own domain are fetched, so that nobody is sent to strangers.
function isOwnPage(page: string, name: string, baseUrl: string): boolean {
  if (!URL.canParse(page)) return false
  const { protocol, hostname, port } = new URL(page)
  if (protocol !== 'https:' || port !== '') return false
  const server = name.replace(/:\d+$/, '')
  return hostname === new URL(baseUrl).hostname || isWithin(hostname, server) || isWithin(server, hostname)
}

function isWithin(host: string, domain: string): boolean {
  return domain.includes('.') && (host === domain || host.endsWith(`.${domain}`))
}

const versionSchema = z.object({
  server: z.object({ name: z.string().min(1).max(60), version: z.string().min(1).max(200) }),
})
const delegationSchema = z.object({ 'm.server': z.string().regex(/^[A-Za-z0-9.-]{1,230}(:\d{1,5})?$/) })

/**
 * The software by the federation API (spec v1.19), which is often served beside the client API; else where the server's
 * own .well-known file says. SRV records can't be asked for; then nothing is known.
 */
async function askSoftware(
  fetch: Fetch,
  name: string,
  baseUrl: string,
  known: readonly KnownSoftware[],
  signal: AbortSignal,
): Promise<ServerSoftware | null> {
  const ask = async (base: string): Promise<ServerSoftware | null> => {
    const answer = await getJson(fetch, endpoint(base, '/_matrix/federation/v1/version'), options)
    const parsed = versionSchema.safeParse(answer?.body)
    return parsed.success && answer?.status === 200
      ? judgeSoftware(known, parsed.data.server.name, parsed.data.server.version)
      : null
  }
  const options = { signal, timeoutMs: TIMEOUT_MS }
  const beside = await ask(baseUrl)
  if (beside !== null) return beside
  const file = await getJson(fetch, endpoint(`https://${name}`, '/.well-known/matrix/server'), options)
  const delegation = delegationSchema.safeParse(file?.body)
  if (!delegation.success) return null
  const server = delegation.data['m.server']
  return ask(`https://${/:\d+$/.test(server) ? server : `${server}:8448`}`)
}
