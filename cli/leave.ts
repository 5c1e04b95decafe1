import { serverOf } from '../core/addresses/room-address.ts'
import {
  enteredAfterLeaving,
  leavingAfterRestart,
  planLeaving,
  queueAfterLeaving,
} from '../core/joining/leaving.ts'
import { withQuiet } from '../core/joining/quiet.ts'
import { afterRestart } from '../core/joining/queue.ts'
import { sessionClient, type Session } from '../matrix/client.ts'
import { leaveRequests, quietRequests } from '../matrix/joining/account-requests.ts'
import { LeaveDriver } from '../matrix/joining/leave-driver.ts'
import { QuietDriver } from '../matrix/joining/quiet-driver.ts'
import { endSession, enter, findHome } from './entrance.ts'
import { exitCodes, Failure } from './failure.ts'
import type { Interruption } from './interruption.ts'
import { JournalFile, type Journal } from './journal.ts'
import type { LeaveOptions } from './leave-arguments.ts'
import { openNetwork, type Network } from './network.ts'
import { readSecret } from './secret.ts'
import { aborted, monotonic, sleep } from '../matrix/clock.ts'
import { PATIENCE_MS, within } from './waiting.ts'
import { leaveText, quietTrouble } from './words.ts'

/** The world around a run. */
export interface LeaveSetting {
  readonly input: NodeJS.ReadStream
  /** Takes a line about how far it is. */
  readonly tell: (line: string) => void
  readonly notice: (sentence: string) => void
  readonly interruption: Interruption
}

/** Leaves what a run of `foyer join` has joined, and gives the exit code. Throws a `Failure` where that can't begin. */
export async function leaveAll(options: LeaveOptions, setting: LeaveSetting): Promise<number> {
  const { notice, interruption } = setting
  const { signal } = interruption
  const file = new JournalFile(options.journalPath)
  const journal = readOrRefuse(file)
  const homeserver = options.homeserver ?? serverOf(journal.userId) ?? ''
  const network = await openNetwork(options.proxy, options.caPath)
  const secret = await readSecret(setting.input, options.secret ?? 'password', signal)
  const home = await findHome(network, homeserver, signal)
  const visitor = { user: journal.userId, secret: options.secret }
  const session = await enter(network, home, visitor, secret, signal, notice)
  try {
    return await work(file, journal, network, session, homeserver, setting)
  } finally {
    if (options.secret === 'password') await endSession(network, session, homeserver, signal, notice)
  }
}

function readOrRefuse(file: JournalFile): Journal {
  const found = file.read()
  if (found.kind === 'journal') return found.journal
  throw new Failure(
    'journal',
    found.kind === 'nothing'
      ? `There is no journal at ${file.path}. It is the file that \`foyer join --resume\` was given.`
      : `The journal can’t be understood and is kept as ${found.asidePath}, so nobody knows what to leave.`,
  )
}

async function work(
  file: JournalFile,
  journal: Journal,
  network: Network,
  session: Session,
  homeserver: string,
  { tell, notice, interruption }: LeaveSetting,
): Promise<number> {
  const queue = afterRestart(journal.queue)
  const begun =
    journal.leaving === null ? planLeaving(queue, journal.entered) : leavingAfterRestart(journal.leaving)
  const client = sessionClient(session, network.fetch)
  const common = { now: monotonic, sleep, onChange: (): void => undefined }
  const save = (): void => file.write({ ...journal, queue, quiet: quiet.quiet, leaving: driver.leaving })
  const driver = new LeaveDriver(begun, { ...common, requests: leaveRequests(client), save })
  const quiet = new QuietDriver(
    withQuiet(journal.quiet, false),
    { queue, entered: journal.entered },
    { ...common, requests: quietRequests(client), save },
  )
  quiet.turn(false)
  const running = Promise.all([driver.run(), quiet.settled()])
  await Promise.race([running, aborted(interruption.signal)])
  if (interruption.signal.aborted) {
    running.catch(() => undefined)
    await within(Promise.all([driver.cancel(), quiet.stop()]), PATIENCE_MS)
  }
  const { leaving, phase } = driver
  const left = leaving.steps.filter((step) => step.status === 'left').length
  const count = leaving.steps.length
  if (phase === 'finished') {
    file.write({
      ...journal,
      queue: queueAfterLeaving(queue, leaving),
      quiet: quiet.quiet,
      entered: enteredAfterLeaving(journal.entered, leaving),
      leaving: null,
    })
  }
  tell(leaveText(left, count))
  if (interruption.signal.aborted) return interruption.exit
  if (phase === 'stopped')
    throw new Failure(
      'locked',
      'The homeserver does nothing for this account right now. Run this again later.',
    )
  if (quiet.hasFailed) notice(quietTrouble({ homeserver }))
  return left === count && !quiet.hasFailed ? exitCodes.allJoined : exitCodes.someNotJoined
}
