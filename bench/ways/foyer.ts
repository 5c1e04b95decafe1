import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as timeout } from 'node:timers/promises'
import { freshPace } from '../../core/joining/pace.ts'
import { planJoins } from '../../core/joining/plan.ts'
import { sessionClient } from '../../matrix/client.ts'
import { JoinDriver } from '../../matrix/joining/join-driver.ts'
import { joinRequests } from '../../matrix/joining/join-requests.ts'
import { serverOf } from '../../practice/servers.ts'
import type { Way } from '../measure.ts'
import { communityOf } from '../room-lists.ts'

/** The engine as the app drives it: matrix-js-sdk underneath, and a journal written to disk at every change. */
export const foyer: Way = {
  name: 'Foyer',
  async join(stage, session, list) {
    const community = communityOf(list)
    const keys = community.rooms.map((room) => room.key)
    const journal = join(stage.scratch, 'journal.json')
    const roomsHere = list.known.size === 0 ? null : [...list.known.keys()]
    const driver = new JoinDriver(
      { queue: planJoins(community, keys, roomsHere), pace: freshPace },
      {
        requests: joinRequests(sessionClient(session, stage.fetch), stage.fetch),
        ownServer: serverOf(session.userId),
        knockReason: '',
        now: () => performance.now(),
        async sleep(ms, signal) {
          // Being woken early is the normal case, not an error.
          await timeout(ms, undefined, { signal }).catch(() => undefined)
        },
        save(state) {
          writeFileSync(`${journal}.new`, JSON.stringify(state, undefined, '\t'))
          renameSync(`${journal}.new`, journal)
        },
        onChange: () => undefined,
        roomsInside: async () => [],
      },
    )
    stage.signal.addEventListener('abort', () => void driver.pause(), { once: true })
    await driver.run()
    const { phase, stopReason } = driver.view
    if (phase !== 'finished' && !stage.signal.aborted)
      throw new Error(`Foyer ended as ${phase}: ${stopReason ?? 'nobody says why'}`)
  },
}
