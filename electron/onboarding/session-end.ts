import { signOut } from '../../matrix/account/sign-in.ts'
import type { Pass } from './pass.ts'

/**
 * Ends the session on the homeserver, trying until it is ended. Goes on behind whatever comes next: a session must not
 * stay behind because somebody was quick.
 */
export async function endSession(pass: Pass): Promise<void> {
  const { session, ports, runSignal: signal } = pass
  for (let wait = 2_000; session !== null; wait = Math.min(wait * 2, 60_000)) {
    if (await signOut(ports.fetch, session)) break
    pass.dispatch({ type: 'signedOut', isDone: false })
    await ports.clock.sleep(wait, signal)
    if (signal.aborted) return
  }
  if (pass.session === session) pass.session = null
  pass.dispatch({ type: 'signedOut', isDone: true })
  pass.write()
}
