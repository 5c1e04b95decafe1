import { serverOf } from '../core/addresses/room-address.ts'
import { isWaiting, type JoinQueue } from '../core/joining/queue.ts'
import type { Session } from '../matrix/client.ts'
import { aborted } from '../matrix/clock.ts'
import { isSamePerson } from './account.ts'
import { signInByCode } from './device-code.ts'
import type { JoinOptions } from './join-arguments.ts'
import { begin, type Home } from './begin.ts'
import { endSession, enter, findHome } from './entrance.ts'
import type { News } from './events.ts'
import { Failure } from './failure.ts'
import type { Interruption } from './interruption.ts'
import { Joining } from './joining.ts'
import { JournalFile, usualJournal, type Journal } from './journal.ts'
import { openNetwork, type Network } from './network.ts'
import { finishedNews, plannedNews } from './news.ts'
import type { Output } from './output.ts'
import { choiceOf, mustAgree, type Choice } from './plan.ts'
import { isFinished, isOfThisRun, readJournal, refuseForeign, resumedFrom } from './resume.ts'
import { readSecret } from './secret.ts'
import { countsOf } from './settled.ts'
import { openSource, sourceId, type Source } from './source.ts'
import { PATIENCE_MS, within } from './waiting.ts'
import { nothingLeft, quietTrouble, stopReason, stopSentence, type Scene } from './words.ts'

/** The world around a run. */
export interface Setting {
  readonly input: NodeJS.ReadStream
  readonly output: Output
  readonly interruption: Interruption
}

/** How a run ended, and the journal with which to go on. */
export interface Ending {
  readonly exit: number
  readonly journalPath: string | null
}

type LastNews = Extract<News, { type: 'finished' | 'failed' | 'interrupted' }>

/** Joins. Never rejects: whatever happens is told, and ends in an exit code. */
export async function join(options: JoinOptions, setting: Setting): Promise<Ending> {
  const run = new Run(options, setting)
  const news = await run.work().catch((error: unknown) => run.lastWords(error))
  setting.output.tell(news)
  const canGoOn = news.type === 'interrupted' || (news.type === 'failed' && news.reason !== 'journal')
  return { exit: news.exit, journalPath: canGoOn ? news.journal : null }
}

/** One run, from the source to the last word. */
class Run {
  readonly #options: JoinOptions
  readonly #setting: Setting
  readonly #signal: AbortSignal
  /** Set once there is a journal to go on with. */
  #journalPath: string | null = null
  #queue: JoinQueue = { entries: [] }

  constructor(options: JoinOptions, setting: Setting) {
    this.#options = options
    this.#setting = setting
    this.#signal = setting.interruption.signal
  }

  async work(): Promise<LastNews> {
    const { community, resumePath, homeserver, proxy, caPath, secret: kind } = this.#options
    const network = await openNetwork(proxy, caPath)
    const source = await openSource(community, network, this.#signal)
    const choice = choiceOf(this.#options, source)
    const named = resumePath === null ? null : new JournalFile(resumePath)
    const kept = named === null ? null : this.#readNamed(named, source, choice)
    // For rooms that wait for somebody inside, the homeserver is asked whether there is an answer.
    if (kept !== null && isFinished(kept, this.#options.isQuiet) && !kept.queue.entries.some(isWaiting)) {
      this.#notice(nothingLeft(resumePath ?? ''))
      const scene = { community: kept.community, homeserver }
      return finishedNews(kept.queue, kept.names, scene, kept.inside !== 'unlisted')
    }
    if (kept === null) mustAgree(this.#options, source)
    const isTyped = kind === 'password' || kind === 'token'
    const secret = isTyped ? await readSecret(this.#setting.input, kind, this.#signal) : ''
    this.#setting.output.busy('Looking around …')
    const home = await findHome(network, homeserver, this.#signal)
    const notice = (sentence: string): void => this.#notice(sentence)
    const session = kind === null ? null : await this.#enter(network, home, kind, secret)
    try {
      const needsJournal = session !== null && !this.#options.isDryRun
      const file = named ?? (needsJournal ? usualJournal(session.userId, sourceId(source)) : null)
      const earlier = kept ?? (session === null ? null : this.#readUsual(file, session, source, choice))
      return await this.#joinAll(network, home, session, source, choice, file, earlier)
    } finally {
      if (session !== null && kind !== 'token')
        await endSession(network, session, homeserver, this.#signal, notice)
    }
  }

  /** The last word on a run that ended by an error. */
  lastWords(error: unknown): LastNews {
    const journal = this.#journalPath
    if (error instanceof Failure)
      return { type: 'failed', reason: error.reason, sentence: error.message, journal, exit: error.exit }
    if (this.#signal.aborted) {
      const { exit } = this.#setting.interruption
      return { type: 'interrupted', ...countsOf(this.#queue), journal, exit }
    }
    const detail = error instanceof Error ? error.message : String(error)
    const sentence = `Something went wrong inside Foyer: ${detail}`
    return { type: 'failed', reason: 'unknown', sentence, journal, exit: 1 }
  }

  #readNamed(file: JournalFile, source: Source, choice: Choice): Journal | null {
    const { user, homeserver } = this.#options
    const journal = readJournal(file, homeserver, this.#setting.output)
    const isUser = (userId: string): boolean => user === '' || isSamePerson(user, userId)
    if (journal !== null && !isOfThisRun(journal, isUser, source, choice)) refuseForeign(journal, file.path)
    return journal
  }

  // Of an earlier run that was interrupted or killed; one for other rooms is forgotten.
  #readUsual(file: JournalFile | null, session: Session, source: Source, choice: Choice): Journal | null {
    if (file === null || this.#options.resumePath !== null) return null
    const journal = readJournal(file, this.#options.homeserver, this.#setting.output)
    const isUser = (userId: string): boolean => userId === session.userId
    return journal !== null && isOfThisRun(journal, isUser, source, choice) ? journal : null
  }

  async #enter(
    network: Network,
    home: Home,
    kind: NonNullable<JoinOptions['secret']>,
    secret: string,
  ): Promise<Session> {
    const { user } = this.#options
    if (kind === 'code') {
      const door = { ...home, user }
      return signInByCode(network, door, this.#signal, (code) => this.#setting.output.tell(code))
    }
    return enter(network, home, { user, secret: kind }, secret, this.#signal, (sentence) =>
      this.#notice(sentence),
    )
  }

  async #joinAll(
    network: Network,
    home: Home,
    session: Session | null,
    source: Source,
    choice: Choice,
    file: JournalFile | null,
    earlier: Journal | null,
  ): Promise<LastNews> {
    const { output } = this.#setting
    // A homeserver may be reached under another name than the one in its users' IDs and in rooms.
    const ownHome = { ...home, serverName: (session && serverOf(session.userId)) ?? home.serverName }
    const beginning =
      earlier === null
        ? await begin(network, ownHome, session, source, choice, this.#options.isQuiet, this.#signal)
        : resumedFrom(earlier, source, choice, this.#options.isQuiet)
    this.#signal.throwIfAborted()
    this.#queue = beginning.state.queue
    const isDryRun = this.#options.isDryRun || session === null || file === null
    const scene = { community: beginning.community.name, homeserver: home.serverName }
    const run = { journal: isDryRun ? null : file.path, isResumed: earlier !== null }
    output.tell(plannedNews(beginning, source, scene, session, run))
    if (isDryRun) return { type: 'finished', ...countsOf(this.#queue), notJoined: [], isDryRun, exit: 0 }
    const joining = new Joining(beginning, session, network.fetch, sourceId(source), file, output, scene)
    this.#journalPath = file.path
    await this.#drive(joining, scene)
    if (!joining.isQuietComplete) this.#notice(quietTrouble(scene))
    else if (this.#options.resumePath === null) file.remove()
    const isOld = earlier !== null && isFinished(earlier, this.#options.isQuiet)
    if (isOld && countsOf(earlier.queue).joined === countsOf(this.#queue).joined)
      this.#notice(nothingLeft(file.path))
    if (!joining.isComplete)
      this.#notice(`${scene.homeserver} didn’t list the rooms inside ${scene.community}. Try again later.`)
    return finishedNews(this.#queue, joining.names, scene, joining.isComplete)
  }

  /** Runs the queue to its end; throws where it stops before. */
  async #drive(joining: Joining, scene: Scene): Promise<void> {
    const { driver } = joining
    const running = joining.run()
    try {
      await Promise.race([running, aborted(this.#signal)])
    } finally {
      if (this.#signal.aborted) {
        // No more goes out. What is still under way afterwards is verified when somebody goes on.
        running.catch(() => undefined)
        await within(joining.stop(), PATIENCE_MS)
      }
      this.#queue = driver.view.state.queue
    }
    this.#signal.throwIfAborted()
    const { phase, stopReason: reason } = driver.view
    if (phase !== 'finished') throw new Failure(stopReason(reason), stopSentence(reason, scene))
  }

  #notice(sentence: string): void {
    this.#setting.output.tell({ type: 'notice', sentence })
  }
}
