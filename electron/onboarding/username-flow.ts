import type { UsernameCheck } from '../../core/onboarding/state.ts'
import { askUsername, offerUsernames } from '../../matrix/account/username.ts'
import type { OnboardingPorts } from './ports.ts'

/** Letters of a Matrix username (spec v1.19, user identifiers). */
const USERNAME = /^[a-z0-9._=/+-]+$/

/** What to say of a username; null when the homeserver can't be asked now and creating the account will tell. */
export async function usernameFlow(
  ports: Pick<OnboardingPorts, 'fetch'>,
  baseUrl: string,
  username: string,
): Promise<UsernameCheck | null> {
  if (username === '') return null
  if (!USERNAME.test(username)) return { kind: 'invalid', username }
  const availability = await askUsername(ports.fetch, baseUrl, username)
  switch (availability) {
    case 'free':
    case 'invalid':
      return { kind: availability, username }
    case 'taken':
      return { kind: 'taken', username, offers: await offerUsernames(ports.fetch, baseUrl, username) }
    case 'unknown':
      return { kind: 'none' }
  }
}
