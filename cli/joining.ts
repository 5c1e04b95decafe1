import {
  isByInvitation,
  roomTitle,
  spacesOf,
  withSpaceChildren,
  type Community,
  type CommunityRoom,
} from '../core/communities/community.ts'
import type { JoinState } from '../core/joining/join-state.ts'
import { withReplaced, type Entered } from '../core/joining/entered.ts'
import type { QuietStart } from '../core/joining/quiet.ts'
import { progressOf } from '../core/joining/progress.ts'
import { serverOf } from '../core/addresses/room-address.ts'
import { chosenBy, isQuietFor } from '../core/onboarding/choice.ts'
import { sessionClient, sessionFetch, type Session } from '../matrix/client.ts'
import { invitationRequest, quietRequests, type AskInvitations } from '../matrix/joining/account-requests.ts'
import { JoinDriver, type DriverView } from '../matrix/joining/join-driver.ts'
import { knowingBefore } from '../matrix/joining/known-before.ts'
import { mayLieDeeper, plannedOf } from '../core/joining/plan.ts'
import { isWaiting, roomEntries, type JoinQueue, type QueueEntry } from '../core/joining/queue.ts'
import { joinRequests } from '../matrix/joining/join-requests.ts'
import { QuietDriver } from '../matrix/joining/quiet-driver.ts'
import { withRoomIds } from '../matrix/joining/room-ids.ts'
import { withLeftOutRooms } from '../matrix/rooms/left-out-rooms.ts'
import { askAllSpaceChildren } from '../matrix/rooms/space-children.ts'
import { nothingInside, NEWS_TRAVELS_MS } from '../matrix/joining/join-ports.ts'
import type { Fetch } from '../matrix/http/fetch.ts'
import type { Journal, JournalFile } from './journal.ts'
import { quietNews } from './news.ts'
import type { Output } from './output.ts'
import { choiceId, type Choice } from './plan.ts'
import { monotonic, sleep } from '../matrix/clock.ts'
import { countsOf, newsBetween, type Names } from './settled.ts'
import type { Scene } from './words.ts'

/** What a run of the queue begins with. */
export interface Beginning {
  readonly community: Community
  readonly choice: Choice
  readonly state: JoinState
  readonly inside: Journal['inside']
  readonly names: Names
  readonly entered: Entered
  readonly quiet: QuietStart
  /** What was said about a quiet start; null where nothing was. */
  readonly wantsQuiet: boolean | null
}

/** One run of the queue: the driver, the quiet start beside it, their journal, and what they tell. */
export class Joining {
  readonly driver: JoinDriver
  readonly #quiet: QuietDriver
  readonly #wantsQuiet: boolean | null
  readonly #output: Output
  readonly #scene: Scene
  #community: Community
  #inside: Journal['inside']
  #names: Names
  #shown: JoinState
  #entered: Entered
  /** As the journal has it. */
  #written: JoinQueue
  #waitingFor = 0
  #isOffline = false
  readonly #stop = new AbortController()
  readonly #askInvitations: AskInvitations

  constructor(
    beginning: Beginning,
    session: Session,
    fetch: Fetch,
    sourceId: string,
    journal: JournalFile,
    output: Output,
    scene: Scene,
  ) {
    const { community, choice, state, inside, names, entered, quiet, wantsQuiet } = beginning
    const client = sessionClient(session, fetch)
    const requests = knowingBefore(
      joinRequests(client, sessionFetch(session, fetch)),
      () => this.#entered.before !== null,
      (roomIds) => {
        this.#entered = { ...this.#entered, before: [...roomIds] }
        save(this.driver.view.state)
      },
    )
    const save = ({ queue, pace }: JoinState): void => {
      this.#entered = withReplaced(this.#entered, this.#written, queue)
      this.#written = queue
      journal.write({
        version: 1,
        userId: session.userId,
        community: sourceId,
        choice: choiceId(choice),
        inside: this.#inside,
        names: this.#names,
        queue,
        pace,
        entered: this.#entered,
        leaving: null,
        quiet: this.#quiet.quiet,
        wantsQuiet,
        monotonic: monotonic(),
        wall: Date.now(),
      })
    }
    this.#output = output
    this.#scene = scene
    this.#community = community
    this.#inside = inside
    this.#names = names
    this.#shown = state
    this.#entered = entered
    this.#written = state.queue
    this.#wantsQuiet = wantsQuiet
    this.#askInvitations = invitationRequest(client)
    this.#quiet = new QuietDriver(
      quiet,
      { queue: state.queue, entered },
      {
        requests: quietRequests(client),
        now: monotonic,
        sleep,
        save: () => save(this.driver.view.state),
        onChange: () => undefined,
      },
    )
    this.driver = new JoinDriver(state, {
      requests,
      ownServer: serverOf(session.userId) ?? '',
      knockReason: `I would like to join ${community.name}.`,
      now: monotonic,
      // Being woken early is the normal case, not an error.
      sleep,
      save,
      onChange: (view) => this.#changed(view),
      roomsInside: async (spaceId, signal) => {
        const { preset } = choice
        const isFirst = this.#inside === 'unlisted'
        const isWanted = (isFirst || this.#inside === 'partly') && preset !== null
        const { queue } = this.driver.view.state
        if (!isWanted && !mayLieDeeper(queue)) return nothingInside
        const pauses = { sleep, signal }
        if (!isFirst) await sleep(NEWS_TRAVELS_MS, signal)
        const shown = await askAllSpaceChildren(client, spaceId, pauses)
        if (shown === null) return null
        const children = isFirst ? await withLeftOutRooms(client, shown, pauses) : shown
        const known = await withRoomIds(this.#community, requests, signal, knownIds(this.driver.view.state))
        if (signal.aborted) return null
        this.#community = withSpaceChildren(known, children)
        this.#names = { ...namesOf(this.#community), ...this.#names }
        const spaces = spacesOf(children)
        if (!isWanted) return { rooms: plannedOf(queue, this.#community.rooms), spaces }
        const keys = new Set(chosenBy(preset, this.#community, []))
        // What a space inside hides shows itself once that space is joined, if it isn't by invitation.
        const isHidden = ({ sight, path }: CommunityRoom): boolean =>
          preset === 'all' && sight === 'private' && path.length > 0
        const rooms = this.#community.rooms.filter((room) => keys.has(room.key) || isHidden(room))
        // One that seemed to be by invitation may have shown that it isn't.
        const isPlanned = (entry: QueueEntry): boolean => !isWaiting(entry) || entry.status === 'asked'
        const planned = new Set(queue.entries.filter(isPlanned).map((entry) => entry.key))
        const gateways = new Set(queue.entries.flatMap(({ kind, key }) => (kind === 'gateway' ? [key] : [])))
        const leadsOn = (room: CommunityRoom): boolean =>
          isHidden(room) && room.path.some(({ address }) => !gateways.has(address))
        const mayShowMore = isFirst
          ? children.some(({ facts }) => facts.sight === 'private')
          : rooms.some((room) => leadsOn(room) || (!planned.has(room.key) && !isByInvitation(room)))
        this.#inside = mayShowMore ? 'partly' : 'listed'
        return { rooms, spaces }
      },
    })
  }

  /** False where the rooms inside the space were wanted but no server would list them. */
  get isComplete(): boolean {
    return this.#inside !== 'unlisted'
  }

  get names(): Names {
    return this.#names
  }

  /** False where the homeserver didn't let everything be set, or taken back, that a quiet start consists of. */
  get isQuietComplete(): boolean {
    return !this.#quiet.hasFailed
  }

  /** Joins, and sees to it that everything is as quiet as it is to be. Resolves when neither has anything to do. */
  async run(): Promise<void> {
    const hadMarks = this.#quiet.quiet.marks.length > 0
    await this.#lookForInvitations()
    if (this.#stop.signal.aborted) return
    await this.driver.run()
    if (this.driver.view.phase !== 'finished') return this.#quiet.stop()
    await this.#quiet.settled()
    const { quiet, hasFailed } = this.#quiet
    if (!this.#stop.signal.aborted && (quiet.isWanted || hadMarks))
      this.#output.tell(quietNews(quiet, !hasFailed))
  }

  /** Sends nothing more. Resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await Promise.all([this.driver.pause(), this.#quiet.stop()])
  }

  // Somebody inside may have said yes since the last run.
  async #lookForInvitations(): Promise<void> {
    const { entries } = this.driver.view.state.queue
    const waiting = entries.filter(isWaiting).flatMap(({ roomId }) => roomId ?? [])
    if (waiting.length === 0) return
    const answer = await this.#askInvitations(null, 0, waiting, this.#stop.signal)
    if (!('kind' in answer)) this.driver.admit(answer.invited)
  }

  #changed(view: DriverView): void {
    const { state } = view
    const mayWork = view.phase === 'running' || view.phase === 'finished'
    this.#quiet.follow({ queue: state.queue, entered: this.#entered }, mayWork)
    // Only inside the space it shows how many rooms there are.
    const isQuiet = isQuietFor(this.#wantsQuiet, roomEntries(state.queue).length)
    if (mayWork && isQuiet && !this.#quiet.quiet.isWanted) this.#quiet.turn(true)
    const before = this.#shown
    this.#shown = state
    for (const news of newsBetween(before.queue, state.queue, this.#names, this.#scene))
      this.#output.tell(news)
    const counts = countsOf(state.queue)
    const { homeserver } = this.#scene
    const { secondsLeft, nextAt } = progressOf(this.#community, state, view, monotonic(), Date.now())
    this.#output.show({ ...counts, secondsLeft, nextAt })
    if ((view.phase === 'offline') !== this.#isOffline) {
      this.#isOffline = !this.#isOffline
      this.#output.tell({ type: this.#isOffline ? 'offline' : 'online', homeserver })
    }
    // The moment is computed anew at each change and wavers by a few milliseconds.
    if (nextAt !== null && Math.abs(nextAt - this.#waitingFor) > 500) {
      this.#waitingFor = nextAt
      this.#output.tell({ type: 'waiting', until: new Date(nextAt).toISOString(), secondsLeft, ...counts })
    }
  }
}

/** What rooms are called, for events and for a later run. */
export function namesOf(community: Community): Record<string, string> {
  const rooms = community.rooms.map((room) => [room.key, roomTitle(room)] as const)
  const { space } = community
  const all = space === null ? rooms : [[space.address, space.name ?? community.name] as const, ...rooms]
  return Object.fromEntries(all.filter(([, name]) => name !== ''))
}

function knownIds({ queue }: JoinState): ReadonlyMap<string, string | null> {
  return new Map(queue.entries.map(({ key, roomId }) => [key, roomId]))
}
