import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { signInWithPassword, signOut } from '../matrix/account/sign-in.ts'
import { sessionClient, type Session } from '../matrix/client.ts'
import { failureOf } from '../matrix/http/matrix-error.ts'
import { Failure, Interrupted } from './failure.ts'
import type { Network } from './network.ts'
import { askedTwice } from './waiting.ts'
import { problemSentence } from './words.ts'

/** How often signing out is tried when nobody answers. */
const MOST_TRIES = 3

const whoamiSchema = z.object({ user_id: z.string().startsWith('@'), device_id: z.string().default('') })

/** Somebody’s place to sign in. */
export interface Door {
  readonly baseUrl: string
  readonly serverName: string
  readonly user: string
}

/**
 * Makes a session of our own with a password. A rate limit is waited for, and `onWait` told until when. Once the
 * server has made the session it is handed over even if the run was interrupted meanwhile, so that it can be ended.
 */
export async function signIn(
  network: Network,
  door: Door,
  password: string,
  signal: AbortSignal,
  onWait: (until: number) => void,
): Promise<Session> {
  for (;;) {
    const identifier = { kind: 'user', user: door.user } as const
    const made = await signInWithPassword(network.fetch, door.baseUrl, identifier, password, null, Date.now)
    if (made.ok) return made.value
    if (signal.aborted) throw new Interrupted()
    const problem = made.reason
    if (problem.kind !== 'rateLimited')
      throw new Failure('signIn', problemSentence(problem, door.serverName, door.user))
    onWait(problem.retryAt)
    await sleep(Math.max(0, problem.retryAt - Date.now()), undefined, { signal }).catch(() => undefined)
    if (signal.aborted) throw new Interrupted()
  }
}

/** The session behind a token that the caller brought, once the homeserver has said whose it is. */
export async function sessionOfToken(
  network: Pick<Network, 'fetch' | 'homeservers'>,
  door: Door,
  token: string,
  signal: AbortSignal,
): Promise<Session> {
  const { baseUrl, serverName, user } = door
  const blank = { baseUrl, userId: '', deviceId: '', accessToken: token }
  const client = sessionClient(blank, network.fetch)
  const { whoami, isUnknown } = await askedTwice(
    async () => {
      try {
        return { whoami: whoamiSchema.safeParse(await client.whoami()), isUnknown: false }
      } catch (error) {
        return { whoami: null, isUnknown: failureOf(error).httpStatus === 401 }
      }
    },
    (answer) => answer.isUnknown || answer.whoami?.success === true,
    signal,
  )
  if (whoami?.success !== true)
    throw new Failure(
      'signIn',
      isUnknown
        ? `${serverName} doesn’t know this access token.`
        : `${serverName} didn’t say whose access token this is. Try again later.`,
    )
  const { user_id: userId, device_id: deviceId } = whoami.data
  if (!isSamePerson(user, userId))
    throw new Failure('signIn', `This access token belongs to ${userId}, not to ${user}.`)
  return { baseUrl, userId, deviceId, accessToken: token }
}

/** Ends a session of our own. False where nobody answered, so that it is still there. */
export async function leave(network: Network, session: Session): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    if (await signOut(network.fetch, session)) return true
    if (tries === MOST_TRIES) return false
    await sleep(1_000)
  }
}

/** Whether a username or Matrix ID, as somebody typed it, names this account. */
export function isSamePerson(user: string, userId: string): boolean {
  const wanted = user.toLowerCase()
  return wanted.startsWith('@')
    ? wanted === userId.toLowerCase()
    : userId.toLowerCase().startsWith(`@${wanted}:`)
}
