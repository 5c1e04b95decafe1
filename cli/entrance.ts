import type { Session } from '../matrix/client.ts'
import { leave, sessionOfToken, signIn } from './account.ts'
import type { Home } from './begin.ts'
import { Failure } from './failure.ts'
import type { Network } from './network.ts'
import { askedTwice, PATIENCE_MS, unlessStopped, within } from './waiting.ts'
import { noServerWords } from './words.ts'

/** How long signing out may take at the end. */
const SIGNING_OUT_MS = 30_000

/** Whose account it is, and what proves it. */
export interface Visitor {
  readonly user: string
  readonly secret: 'password' | 'token' | null
}

/** Finds the homeserver; throws the sentence for one that isn't there. */
export async function findHome(network: Network, serverName: string, signal: AbortSignal): Promise<Home> {
  const asked = askedTwice(
    () => network.homeservers.find(serverName),
    ({ ok }) => ok,
    signal,
  )
  const found = await unlessStopped(asked, signal)
  if (found.ok) return { baseUrl: found.value, serverName }
  throw new Failure('noServer', noServerWords(found.reason, serverName))
}

/** Signs in, or takes the session of the token that was brought. `notice` tells of waiting. */
export async function enter(
  network: Network,
  home: Home,
  { user, secret: kind }: Visitor,
  secret: string,
  signal: AbortSignal,
  notice: (sentence: string) => void,
): Promise<Session> {
  const door = { ...home, user }
  const onWait = (until: number): void => {
    const time = new Date(until).toLocaleTimeString('en-GB')
    notice(`${home.serverName} asks to wait before the next sign-in, until ${time}.`)
  }
  const asked =
    kind === 'token'
      ? sessionOfToken(network, door, secret, signal)
      : signIn(network, door, secret, signal, onWait)
  return unlessStopped(asked, signal)
}

/** Ends a session of our own, and says so where nobody confirms it. */
export async function endSession(
  network: Network,
  session: Session,
  homeserver: string,
  signal: AbortSignal,
  notice: (sentence: string) => void,
): Promise<void> {
  const isGone = await within(leave(network, session), signal.aborted ? PATIENCE_MS : SIGNING_OUT_MS)
  if (isGone !== true)
    notice(
      `${homeserver} didn’t confirm signing out. Remove the session “Foyer (temporary)” in your chat app.`,
    )
}
