import type { UsernameCheck } from '../../core/onboarding/state.ts'
import { askUsername, offerUsernames } from '../../matrix/account/username.ts'
import type { OnboardingPorts } from './ports.ts'

/** Letters of a Matrix username (spec v1.19, user identifiers). */
const USERNAME = /^[a-z0-9._=/+-]+$/

/**
 * Tells what the homeserver says of a username; `none` when it can't be asked now and creating the account will tell.
 * Of a taken one it tells twice, first without offers: Synapse takes a second for each name that it is asked about.
 */
export async function usernameFlow(
  ports: Pick<OnboardingPorts, 'fetch'>,
  baseUrl: string,
  username: string,
  tell: (check: UsernameCheck) => void,
): Promise<void> {
  if (username === '') return
  if (!USERNAME.test(username)) return tell({ kind: 'invalid', username })
  const availability = await askUsername(ports.fetch, baseUrl, username)
  switch (availability) {
    case 'free':
    case 'invalid':
      return tell({ kind: availability, username })
    case 'taken':
      tell({ kind: 'taken', username, offers: [] })
      return tell({ kind: 'taken', username, offers: await offerUsernames(ports.fetch, baseUrl, username) })
    case 'unknown':
      return tell({ kind: 'none' })
  }
}
