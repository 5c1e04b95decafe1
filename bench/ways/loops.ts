import { setTimeout as delay } from 'node:timers/promises'
import { MAX_PARALLEL } from '../../core/joining/next-action.ts'
import type { Session } from '../../matrix/client.ts'
import type { Way } from '../measure.ts'
import { addressesOf } from '../room-lists.ts'
import type { Stage } from '../stage.ts'

/* What people write when they need to join some rooms: a few lines, no library. */

const PATIENCE = 2000

/** Join requests one after the other in as many lanes as Foyer has, with nothing around them. */
export const bareLoop: Way = {
  name: `bare loop of ${MAX_PARALLEL}`,
  async join(stage, session, list) {
    const left = addressesOf(list).toReversed()
    const lane = async (): Promise<void> => {
      for (let address = left.pop(); address !== undefined; address = left.pop())
        await ask(stage, session, address)
    }
    await Promise.all(Array.from({ length: MAX_PARALLEL }, lane))
  },
}

/** Everything at once, and whatever is refused is lost. */
export const naiveParallel: Way = {
  name: 'naive parallel',
  async join(stage, session, list) {
    await Promise.all(addressesOf(list).map((address) => ask(stage, session, address)))
  },
}

/** Everything at once, and each refused request again after two seconds, until it gets through. */
export const retryLoop: Way = {
  name: 'retry every 2 s',
  async join(stage, session, list) {
    const insist = async (address: string): Promise<void> => {
      while ((await ask(stage, session, address)) === 429)
        await delay(PATIENCE, undefined, { signal: stage.signal })
    }
    await Promise.all(addressesOf(list).map(insist))
  },
}

/** One join request; returns the status of the answer. */
async function ask(stage: Stage, session: Session, address: string): Promise<number> {
  const url = `${session.baseUrl}/_matrix/client/v3/join/${encodeURIComponent(address)}`
  const response = await stage.fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.accessToken}`, 'content-type': 'application/json' },
    body: '{}',
    signal: stage.signal,
  })
  // The connection is free for the next request only when the answer was read.
  await response.text()
  return response.status
}
