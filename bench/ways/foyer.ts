import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JoinState } from '../../core/joining/join-state.ts'
import { freshPace } from '../../core/joining/pace.ts'
import { planJoins } from '../../core/joining/plan.ts'
import { monotonic, sleep } from '../../matrix/clock.ts'
import { sessionClient, type Session } from '../../matrix/client.ts'
import { quietRequests } from '../../matrix/joining/account-requests.ts'
import { JoinDriver, type DriverView } from '../../matrix/joining/join-driver.ts'
import { nothingInside } from '../../matrix/joining/join-ports.ts'
import { JournalFile } from '../../matrix/joining/journal-file.ts'
import { joinRequests } from '../../matrix/joining/join-requests.ts'
import { QuietDriver } from '../../matrix/joining/quiet-driver.ts'
import { serverOf } from '../../practice/servers.ts'
import type { Way } from '../measure.ts'
import { communityOf, type RoomList } from '../room-lists.ts'
import type { Stage } from '../stage.ts'

/** The engine as the app drives it: matrix-js-sdk underneath, and a journal written to disk at every change. */
export const foyer: Way = { name: 'Foyer', join: (...run) => drive(...run, () => undefined) }

/** The same with a quiet start beside it. Ends when the last room is joined and the last rule is set. */
export const foyerQuietly: Way = {
  name: 'Foyer, quiet start',
  async join(stage, session, list) {
    let quiet: QuietDriver | null = null
    // Nobody was in any room before: the account is a new one.
    const entered = { before: [], replaced: [] }
    await drive(stage, session, list, ({ state, phase }) => {
      quiet ??= new QuietDriver(
        { isWanted: true, marks: [] },
        { queue: state.queue, entered },
        {
          requests: quietRequests(sessionClient(session, stage.fetch)),
          now: monotonic,
          sleep,
          save: (marks) => writeFileSync(join(stage.scratch, 'quiet.json'), JSON.stringify(marks)),
          onChange: () => undefined,
        },
      )
      quiet.follow({ queue: state.queue, entered }, phase === 'running' || phase === 'finished')
    })
    await (quiet as QuietDriver | null)?.settled()
  },
}

async function drive(
  stage: Stage,
  session: Session,
  list: RoomList,
  onChange: (view: DriverView) => void,
): Promise<void> {
  const community = communityOf(list)
  const keys = community.rooms.map((room) => room.key)
  const journal = new JournalFile<JoinState>(join(stage.scratch, `journal-${session.deviceId}.jsonl`))
  const roomsHere = list.known.size === 0 ? null : [...list.known.keys()]
  const driver = new JoinDriver(
    { queue: planJoins(community, keys, roomsHere), pace: freshPace },
    {
      requests: joinRequests(sessionClient(session, stage.fetch), stage.fetch),
      ownServer: serverOf(session.userId),
      knockReason: '',
      now: monotonic,
      sleep,
      save: (state) => journal.write(state),
      onChange,
      roomsInside: async () => nothingInside,
    },
  )
  stage.signal.addEventListener('abort', () => void driver.pause(), { once: true })
  await driver.run()
  const { phase, stopReason } = driver.view
  if (phase !== 'finished' && !stage.signal.aborted)
    throw new Error(`Foyer ended as ${phase}: ${stopReason ?? 'nobody says why'}`)
}
