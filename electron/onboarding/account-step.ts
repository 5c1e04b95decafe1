import type { UserEvent } from '../../core/onboarding/events.ts'
import type { Account, AccountProblem, KnownProfile, SignInState } from '../../core/onboarding/state.ts'
import { fetchProviderIcon } from '../../matrix/account/provider-icon.ts'
import { askLoginWays, type OfferedProvider } from '../../matrix/account/sso.ts'
import { signOut } from '../../matrix/account/sign-in.ts'
import type { Session } from '../../matrix/client.ts'
import { inParallel } from '../../matrix/in-parallel.ts'
import { signInFlow } from './account-flow.ts'
import type { Pass } from './pass.ts'
import { findTyped } from './typed-homeserver.ts'
import { usernameFlow } from './username-flow.ts'

/** Whoever has come in, and their profile where it is to be asked for. */
export interface Entrance {
  readonly session: Session
  readonly profile: KnownProfile | null
}

const ICONS_AT_ONCE = 4

/** Asks whether a username is free, in place of the one asked about before. */
export async function checkUsername(pass: Pass, baseUrl: string, username: string): Promise<void> {
  const signal = pass.newLookUp()
  await usernameFlow(pass.ports, baseUrl, username, (check) => {
    if (!signal.aborted) pass.dispatch({ type: 'usernameChecked', check })
  })
}

/** Finds the homeserver of the ID being typed. */
export async function lookUpId(pass: Pass, { community }: SignInState, text: string): Promise<void> {
  const signal = pass.newLookUp()
  const found = await findTyped(pass.ports, community, text)
  if (signal.aborted) return
  if (!found.ok) {
    const { reason, suggestion } = found.reason
    return pass.dispatch({ type: 'idNotFound', reason, suggestion })
  }
  const { card, probed, own } = found.value
  pass.dispatch({ type: 'idLookedUp', homeserver: card, acceptsPassword: probed.acceptsPassword, own })
}

/** Asks how people sign in on the homeserver that was found: by a password, or by somebody who vouches for them. */
export async function learnLoginWays(pass: Pass, { homeserver }: SignInState): Promise<void> {
  const { ports, stepSignal: signal } = pass
  const baseUrl = homeserver?.baseUrl ?? null
  if (homeserver === null || baseUrl === null) return
  const ways = await askLoginWays(ports.fetch, baseUrl)
  // What is meant for apps that know OAuth 2.0 is done by OAuth 2.0.
  if (ways === null || ways.isOauthAware || signal.aborted) return
  const { acceptsPassword, providers } = ways
  const { name } = homeserver
  pass.dispatch({ type: 'loginWaysLearned', homeserver: name, acceptsPassword, providers })
  await inParallel(providers ?? [], ICONS_AT_ONCE, (provider) => showIcon(pass, name, baseUrl, provider))
}

async function showIcon(
  pass: Pass,
  homeserver: string,
  baseUrl: string,
  { id, iconUri }: OfferedProvider,
): Promise<void> {
  const { ports, state, stepSignal: signal } = pass
  const shown = state.step === 'signIn' ? state.providers?.find((each) => each.id === id) : undefined
  if (iconUri === null || shown === undefined || shown.icon !== null) return
  const icon = await fetchProviderIcon(ports.fetch, baseUrl, iconUri, signal)
  if (icon !== null && !signal.aborted) pass.dispatch({ type: 'iconArrived', homeserver, provider: id, icon })
}

/** Signs in. Null when that didn't work out; the screen has been told why. */
export async function signIn(
  pass: Pass,
  { homeserver }: SignInState,
  wish: Extract<UserEvent, { type: 'signIn' }>,
): Promise<Entrance | null> {
  const flow = signInFlow(pass.ports, homeserver, wish, pass.formerDevice, pass.stepSignal, refuseOn(pass))
  return adopted(
    pass,
    flow.then((session) => session && { session, profile: null }),
  )
}

/** What the screens may know of a session. */
export function accountOf(session: Session): Account {
  return { userId: session.userId, homeserver: session.userId.slice(session.userId.indexOf(':') + 1) }
}

/** After a sign-in or sign-up: the token is in our hands. Null when the newcomer has left meanwhile. */
export async function adopted(pass: Pass, flow: Promise<Entrance | null>): Promise<Entrance | null> {
  const { stepSignal: signal } = pass
  const entrance = await flow
  if (entrance === null) return null
  if (signal.aborted) {
    // Back was pressed while the server was making the session; it must not stay behind.
    await signOut(pass.ports.fetch, entrance.session)
    return null
  }
  pass.session = entrance.session
  return entrance
}

function refuseOn(pass: Pass): (problem: AccountProblem) => void {
  return (problem) => pass.dispatch({ type: 'accountRefused', problem })
}
