import { meaningOf } from '../../core/joining/answer.ts'
import { clampWait } from '../../core/joining/refusal.ts'
import type { WaitingClock } from '../clock.ts'
import type { AskInvitations } from './account-requests.ts'

/** What watching needs of the world around it. */
export interface WatchPorts extends WaitingClock {
  readonly ask: AskInvitations
  /** IDs of the rooms that are waited for, as they are at each moment. */
  readonly roomIds: () => readonly string[]
  readonly onInvited: (roomIds: ReadonlySet<string>) => void
}

/** How long the homeserver may keep one question open. */
const OPEN_FOR = 30_000
/** The least time between two questions, whatever the server answers. */
const LEAST_BETWEEN = 5_000
const MOST_BETWEEN = 120_000

/**
 * Tells when somebody inside opens a room, by one request at a time that the homeserver keeps open. The first also tells
 * of what happened while Foyer was closed. Ends when `signal` is aborted, or when the session is over.
 */
export async function watchInvitations(ports: WatchPorts, signal: AbortSignal): Promise<void> {
  let since: string | null = null
  let between = LEAST_BETWEEN
  while (!signal.aborted) {
    const askedAt = ports.now()
    const answer = await ports.ask(since, OPEN_FOR, ports.roomIds(), signal)
    if (signal.aborted) return
    if ('kind' in answer) {
      const meaning = meaningOf(answer)
      if (meaning.kind === 'stop') return
      const least = meaning.kind === 'rateLimited' ? clampWait(meaning.retryAfter) : 0
      await ports.sleep(Math.max(between, least), signal)
      between = Math.min(between * 2, MOST_BETWEEN)
      continue
    }
    since = answer.next
    between = LEAST_BETWEEN
    if (answer.invited.size > 0) ports.onInvited(answer.invited)
    await ports.sleep(Math.max(0, askedAt + LEAST_BETWEEN - ports.now()), signal)
  }
}
