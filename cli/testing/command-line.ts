import type { Event } from '../events.ts'

/** Of everybody who is new. */
export const PASSWORD = 'four unrelated words'

/** Somebody with an account, and the words that say so on the command line. */
export interface Newcomer {
  readonly id: string
  readonly token: string
  readonly words: readonly string[]
}

let count = 0

/** Somebody new on this server. `create` makes the account and gives its access token. */
export async function newcomer(
  server: string,
  create: (account: { username: string; password: string }) => Promise<string>,
): Promise<Newcomer> {
  const username = `cli-${process.pid}-${count++}`
  const token = await create({ username, password: PASSWORD })
  return { id: `@${username}:${server}`, token, words: ['--homeserver', server, '--user', username] }
}

/** The words that lead through a practice world. */
export function networkWords({ proxyUrl, caPath }: { proxyUrl: string; caPath: string }): string[] {
  return ['--proxy', proxyUrl, '--ca', caPath]
}

/** How many rooms and spaces were joined, by these events. */
export function joinedCount(events: readonly Event[]): number {
  return events.filter((event) => event.type === 'joined').length
}

/** The journal that the last event of a run names. Throws where there is none. */
export function journalIn(event: Event | undefined): string {
  if (event?.type !== 'interrupted' || event.journal === null) throw new Error('There is no journal')
  return event.journal
}
