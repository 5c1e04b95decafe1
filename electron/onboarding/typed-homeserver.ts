import { mailDomainOf, parseHomeserverInput } from '../../core/addresses/homeserver-input.ts'
import { aboutOf, candidatesFor } from '../../core/homeservers/candidates.ts'
import type { Community } from '../../core/communities/community.ts'
import { didYouMean } from '../../core/homeservers/did-you-mean.ts'
import { accountOwners, ownerOf, type AccountOwner } from '../../core/homeservers/search.ts'
import type { HomeserverCard, LookUpProblem, OwnAccount } from '../../core/onboarding/state.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import { answeredBy, blankCard, probe, type Probed } from './homeserver-flow.ts'
import type { OnboardingPorts } from './ports.ts'

/** The homeserver that somebody typed in one way or another. */
export interface TypedHomeserver {
  readonly card: HomeserverCard
  readonly probed: Probed
  /** Set where what was typed says that there is an account: a whole Matrix ID, or an institution's address. */
  readonly own: OwnAccount | null
}

/** Why nothing was found, under which name, and what was probably meant. */
export interface NotFound {
  readonly serverName: string
  readonly reason: LookUpProblem
  readonly suggestion: string | null
}

/**
 * Finds the homeserver behind a name, an address, a Matrix ID, an e-mail address or an institution's domain. What the
 * domain itself says in its .well-known file goes before the catalogue of institutions.
 */
export async function findTyped(
  ports: OnboardingPorts,
  community: Community,
  text: string,
): Promise<Result<TypedHomeserver, NotFound>> {
  const mail = mailDomainOf(text)
  const input = parseHomeserverInput(text)
  if (mail === null && !input.ok)
    return fail({ serverName: text.trim(), reason: 'notAServer', suggestion: null })
  const serverName = mail ?? (input.ok ? input.value.serverName : '')
  const username = input.ok ? input.value.username : null
  const userId = username === null ? null : `@${username}:${serverName}`
  const institution = ownerOf(accountOwners(community, ports.catalogue.institutions()), serverName)

  // For an e-mail address the institution's server is surer: a domain may belong to several.
  const its = institution === null || userId !== null ? [] : [institution.server]
  const names = mail === null ? [serverName, ...its] : [...its, serverName]
  let reason: LookUpProblem = 'noServer'
  for (const name of new Set(names)) {
    const found = await probe(ports, name)
    if (!found.ok) {
      reason = found.reason === 'noServer' ? reason : found.reason
      continue
    }
    const card = { ...blankCard(name, aboutOf(name, null)), ...answeredBy(found.value), isTyped: true }
    const isOwn = userId !== null || mail !== null || institution !== null
    const own = isOwn ? ownAccount(name, userId, institution) : null
    return succeed({ card, probed: found.value, own })
  }
  if (mail !== null && institution === null) return fail({ serverName, reason: 'mailOnly', suggestion: null })
  const others = knownServers(ports, community).filter((name) => !names.includes(name))
  return fail({ serverName: names[0] ?? serverName, reason, suggestion: didYouMean(serverName, others) })
}

/** Finds the homeserver of an institution that was picked from the catalogue; its people have accounts there. */
export async function findInstitution(
  ports: OnboardingPorts,
  institution: string,
  server: string,
): Promise<Result<TypedHomeserver, NotFound>> {
  const found = await probe(ports, server)
  if (!found.ok) return fail({ serverName: server, reason: found.reason, suggestion: null })
  const card = { ...blankCard(server, 'institution'), ...answeredBy(found.value), isTyped: true }
  const known = ports.catalogue.institutions().find((each) => each.server === server)
  const own = ownAccount(server, null, { account: known?.account, name: institution })
  return succeed({ card, probed: found.value, own })
}

function ownAccount(
  server: string,
  userId: string | null,
  owner: Pick<AccountOwner, 'name' | 'account'> | null,
): OwnAccount {
  const login = owner?.account
  return { server, userId, institution: owner?.name ?? null, ...(login !== undefined && { login }) }
}

function knownServers({ catalogue }: OnboardingPorts, community: Community): string[] {
  const listed = catalogue.publicServers()
  return [
    ...candidatesFor(community, listed).map((candidate) => candidate.name),
    ...listed.map((server) => server.name),
    ...catalogue.institutions().map((institution) => institution.server),
  ]
}
