import { anonymousClient } from '../client.ts'
import { failureOf } from '../http/matrix-error.ts'
import type { Fetch } from '../http/fetch.ts'

/** What the homeserver says of a username. `unknown` where it can't be asked now; creating the account will tell. */
export type Availability = 'free' | 'taken' | 'invalid' | 'unknown'

/** Asks whether a username is free (`/register/available`). Never rejects for what a server answers. */
export async function askUsername(fetch: Fetch, baseUrl: string, username: string): Promise<Availability> {
  try {
    return (await anonymousClient(baseUrl, fetch).isUsernameAvailable(username)) ? 'free' : 'taken'
  } catch (error) {
    switch (failureOf(error).errcode) {
      case 'M_INVALID_USERNAME':
      case 'M_EXCLUSIVE':
        return 'invalid'
      default:
        return 'unknown'
    }
  }
}

/** Names like the wanted one that the homeserver says are free; asked one after the other, at most `count`. */
export async function offerUsernames(
  fetch: Fetch,
  baseUrl: string,
  username: string,
  count = 3,
): Promise<string[]> {
  const year = new Date().getFullYear()
  const ideas = [
    `${username}-writes`,
    `${username}.codes`,
    `${username}${year}`,
    `${username}-is-here`,
    `the-${username}`,
  ]
  const free: string[] = []
  for (const idea of ideas) {
    if (free.length === count) break
    if ((await askUsername(fetch, baseUrl, idea)) === 'free') free.push(idea)
  }
  return free
}
