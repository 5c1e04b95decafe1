import { brand } from '../matrix/account/oauth/own-brand.ts'
import { deviceLink, openApp, type OauthPorts } from '../matrix/account/oauth/sign-in.ts'
import { TokenKeeper } from '../matrix/account/oauth/token-keeper.ts'
import type { Session } from '../matrix/client.ts'
import { isSamePerson, leave, type Door } from './account.ts'
import type { News } from './events.ts'
import { Failure, Interrupted } from './failure.ts'
import type { Network } from './network.ts'
import { monotonic, sleep } from '../matrix/clock.ts'
import { browserSentence } from './words.ts'

/**
 * Makes a session of our own by a code that somebody enters in a browser, on whatever device. `tell` gets the code.
 * Its tokens are kept fresh, in memory only.
 */
export async function signInByCode(
  network: Network,
  door: Door,
  signal: AbortSignal,
  tell: (code: Extract<News, { type: 'code' }>) => void,
): Promise<Session> {
  const ports: OauthPorts = {
    fetch: network.fetch,
    brand,
    wall: () => Date.now(),
    monotonic,
    sleep,
  }
  const app = await openApp(ports, door.baseUrl, signal)
  if (signal.aborted) throw new Interrupted()
  if (!app.ok) throw new Failure('signIn', browserSentence(app.reason, door.serverName))
  const link = await deviceLink(ports, app.value)
  if (!link.ok) throw new Failure('signIn', browserSentence(link.reason, door.serverName))
  const { link: page, userCode, lifetime, complete } = link.value
  tell({ type: 'code', page, code: userCode, until: new Date(Date.now() + lifetime * 1000).toISOString() })
  const made = await complete(signal)
  if (!made.ok) {
    if (signal.aborted) throw new Interrupted()
    throw new Failure('signIn', browserSentence(made.reason, door.serverName))
  }
  const keeper = new TokenKeeper(made.value, { ...ports, save: () => undefined })
  const session = { ...made.value, keeper }
  if (door.user === '' || isSamePerson(door.user, session.userId)) return session
  await leave(network, session)
  throw new Failure('signIn', `The code was entered by ${session.userId}, not by ${door.user}.`)
}
