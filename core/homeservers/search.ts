import { mailDomainOf, parseHomeserverInput } from '../addresses/homeserver-input.ts'
import type { Community } from '../communities/community.ts'
import type { Institution } from './catalogue.ts'

/** An institution as a search shows it. Plain data, so it crosses the bridge. */
export type FoundInstitution = Pick<Institution, 'name' | 'city' | 'country' | 'server'>

/** How many results are shown; who doesn't find theirs types another letter. */
const MOST_RESULTS = 6

/**
 * Institutions by name, city, e-mail address or domain, best first. Each word typed must begin a word of the entry, in
 * any order, whatever its accents; German umlauts may be spelt out. Nothing for an empty text.
 */
export function searchInstitutions(all: readonly Institution[], text: string): FoundInstitution[] {
  const domain = domainIn(text)
  const own = domain === null ? null : ownerOf(all, domain)
  if (own !== null) return [shown(own)]
  const words = wordsOf(text)
  if (words.length === 0) return []
  return all
    .map((institution) => ({ institution, score: scoreOf(institution, words) }))
    .filter(({ score }) => score > 0)
    .toSorted(
      (one, other) => other.score - one.score || one.institution.name.localeCompare(other.institution.name),
    )
    .slice(0, MOST_RESULTS)
    .map(({ institution }) => shown(institution))
}

/** The one that a domain belongs to; of several the one with the longest match. Null where none is known. */
export function ownerOf<Owner extends { readonly domains: readonly string[]; readonly server: string }>(
  all: readonly Owner[],
  domain: string,
): Owner | null {
  let best: { owner: Owner; length: number } | null = null
  for (const owner of all) {
    for (const own of [...owner.domains, owner.server]) {
      const isWithin = domain === own || domain.endsWith(`.${own}`)
      if (isWithin && own.length > (best?.length ?? 0)) best = { owner, length: own.length }
    }
  }
  return best?.owner ?? null
}

/** Whose people have accounts on a homeserver; nameless where the community says so. */
export interface AccountOwner {
  readonly name: string | null
  readonly domains: readonly string[]
  readonly server: string
  readonly account?: string | undefined
}

/** Who has an account on which homeserver by their domain: what the community says of its own people comes first. */
export function accountOwners(
  { homeservers }: Pick<Community, 'homeservers'>,
  institutions: readonly Institution[],
): AccountOwner[] {
  const ofCommunity = homeservers.flatMap(({ name, domains = [] }) =>
    domains.length === 0 ? [] : [{ name: null, domains, server: name }],
  )
  return [...ofCommunity, ...institutions]
}

function domainIn(text: string): string | null {
  const mail = mailDomainOf(text)
  if (mail !== null) return mail
  const input = parseHomeserverInput(text)
  return input.ok ? input.value.serverName : null
}

function shown({ name, city, country, server }: Institution): FoundInstitution {
  return { name, country, server, ...(city !== undefined && { city }) }
}

/** Words in the name count most, then other names, then the city and the domains; 0 where a word is nowhere. */
function scoreOf({ name, also, city = '', domains, server }: Institution, words: readonly string[]): number {
  const fields: readonly (readonly [readonly string[], number])[] = [
    [wordsOf(name), 4],
    [also.flatMap(wordsOf), 4],
    [wordsOf(city), 3],
    [[...domains, server].flatMap(wordsOf), 1],
  ]
  let sum = 0
  for (const word of words) {
    const best = Math.max(
      0,
      ...fields.map(([own, weight]) => Math.max(0, ...own.map((each) => likeness(each, word))) * weight),
    )
    if (best === 0) return 0
    sum += best
  }
  return sum
}

function likeness(own: string, typed: string): number {
  if (own === typed) return 2
  return own.startsWith(typed) ? 1 : 0
}

function wordsOf(text: string): string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

// "Göttingen", "Goettingen" and "Gottingen" are the same town.
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([aou])e/g, '$1')
}
