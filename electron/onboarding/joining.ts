import type { MatrixClient } from 'matrix-js-sdk'
import { serverOf } from '../../core/addresses/room-address.ts'
import {
  communityFromManifest,
  isByInvitation,
  spacesOf,
  withSpaceChildren,
  type Community,
  type CommunityRoom,
} from '../../core/communities/community.ts'
import { isOpenedBySpace, onlyRoomsOf, withSpaceManifest } from '../../core/communities/space-manifest.ts'
import type { JoinState } from '../../core/joining/join-state.ts'
import { withReplaced } from '../../core/joining/entered.ts'
import { leavingOf } from '../../core/joining/leaving.ts'
import { mayLieDeeper, plannedOf } from '../../core/joining/plan.ts'
import { progressOf } from '../../core/joining/progress.ts'
import { isWaiting, type JoinQueue } from '../../core/joining/queue.ts'
import type { Traces } from '../../core/joining/traces.ts'
import { chosenBy } from '../../core/onboarding/choice.ts'
import type { JoinProgress } from '../../core/onboarding/state.ts'
import { sessionClient, sessionFetch, type Session } from '../../matrix/client.ts'
import { invitationRequest, leaveRequests, quietRequests } from '../../matrix/joining/account-requests.ts'
import { watchInvitations } from '../../matrix/joining/invitation-watch.ts'
import { JoinDriver, type DriverView } from '../../matrix/joining/join-driver.ts'
import { joinRequests, type JoinRequests } from '../../matrix/joining/join-requests.ts'
import { nothingInside, NEWS_TRAVELS_MS } from '../../matrix/joining/join-ports.ts'
import { unending } from '../../matrix/http/tempo.ts'
import { withRoomIds } from '../../matrix/joining/room-ids.ts'
import { withLeftOutRooms } from '../../matrix/rooms/left-out-rooms.ts'
import { knowingBefore } from '../../matrix/joining/known-before.ts'
import { LeaveDriver } from '../../matrix/joining/leave-driver.ts'
import { QuietDriver } from '../../matrix/joining/quiet-driver.ts'
import { askSpaceManifest } from '../../matrix/rooms/space-manifest.ts'
import { askAllSpaceChildren } from '../../matrix/rooms/space-children.ts'
import { journalOf } from '../storage/pass-record.ts'
import type { JoinBeginning } from './join-beginning.ts'
import type { OnboardingPorts } from './ports.ts'
import { publicPages } from './rooms-flow.ts'

/** Milliseconds between two pieces of news for the screen. */
const TELL_EVERY = 100

/** What joining tells. */
export interface JoiningListener {
  readonly onProgress: (progress: JoinProgress, community: Community) => void
  /** Somebody inside has opened rooms that were waited for; they are in line. */
  readonly onAdmitted: () => void
}

/** One pass's joining: the driver, what goes on beside it, their journal, and how it looks on the screen. */
export class Joining {
  readonly driver: JoinDriver
  readonly #quiet: QuietDriver
  #community: Community
  /** Whether the space was looked into, and whether it showed every room. */
  #hasLooked = false
  #showsAll = false
  #entered: Traces['entered']
  /** As it was written last. */
  #queue: JoinQueue
  #watch: AbortController | null = null
  /** Knocks that are being taken back, by the rooms' keys. */
  readonly #takingBack = new Map<string, LeaveDriver>()
  #isEnded = false
  readonly #knockReason: string
  readonly #wish: Traces['wish']
  readonly #ports: OnboardingPorts
  readonly #session: Session
  readonly #listener: JoiningListener
  #told: { readonly phase: DriverView['phase'] | null; readonly at: number } = { phase: null, at: 0 }
  #isToldSoon = false

  constructor(
    ports: OnboardingPorts,
    session: Session,
    community: Community,
    { state, traces }: JoinBeginning,
    /** The choice included rooms that show themselves only inside the space. */
    includesHidden: boolean,
    listener: JoiningListener,
  ) {
    this.#ports = ports
    this.#session = session
    this.#community = community
    this.#entered = traces.entered
    this.#queue = state.queue
    this.#knockReason = traces.knockReason
    this.#wish = traces.wish
    this.#listener = listener
    const client = sessionClient(session, ports.fetch)
    const requests = knowingBefore(
      joinRequests(client, sessionFetch(session, ports.fetch)),
      () => this.#entered.before !== null,
      (roomIds) => {
        this.#entered = { ...this.#entered, before: [...roomIds] }
        this.keep()
      },
    )
    const clock = {
      now: () => ports.clock.monotonic(),
      sleep: (ms: number, signal: AbortSignal) => ports.clock.sleep(ms, signal),
    }
    this.#quiet = new QuietDriver(
      traces.quiet,
      { queue: state.queue, entered: traces.entered },
      {
        ...clock,
        requests: quietRequests(client),
        save: () => this.#save(this.driver.view.state),
        onChange: () => this.#tell(),
      },
    )
    this.driver = new JoinDriver(state, {
      ...clock,
      requests,
      ownServer: serverOf(session.userId) ?? '',
      knockReason: this.#knockReason || `I would like to join ${community.name}.`,
      save: (next) => this.#save(next),
      onChange: (view) => this.#follow(view),
      roomsInside: async (spaceId, signal) => {
        const described = await this.#description(client, requests, spaceId, signal)
        if (signal.aborted) return null
        const describe = (): void => {
          if (described !== null)
            this.#community = withSpaceManifest(this.#community, onlyRoomsOf(this.#community, described))
        }
        describe()
        const isWanted = includesHidden && !this.#showsAll
        const { queue } = this.driver.view.state
        if (!isWanted && !mayLieDeeper(queue)) return nothingInside
        const pauses = { sleep: ports.clock.sleep, signal }
        if (this.#hasLooked) await ports.clock.sleep(NEWS_TRAVELS_MS, signal)
        const shown = await askAllSpaceChildren(client, spaceId, pauses)
        if (shown === null) return null
        const children = this.#hasLooked ? shown : await withLeftOutRooms(client, shown, pauses)
        const known = await withRoomIds(this.#community, requests, signal)
        if (signal.aborted) return null
        this.#hasLooked = true
        this.#showsAll = children.every(({ facts }) => facts.sight !== 'private')
        this.#community = withSpaceChildren(known, children)
        describe()
        const spaces = spacesOf(children)
        if (!isWanted) return { rooms: plannedOf(queue, this.#community.rooms), spaces }
        const chosen = new Set(chosenBy('all', this.#community, []))
        const isNamed = (room: CommunityRoom): boolean => chosen.has(room.key) || isByInvitation(room)
        return { rooms: this.#community.rooms.filter(isNamed), spaces }
      },
    })
  }

  // Most spaces show it to members only, so it is read here. It may name and order what the newcomer agreed to, and
  // adds nothing to it.
  async #description(
    client: MatrixClient,
    requests: JoinRequests,
    spaceId: string,
    signal: AbortSignal,
  ): Promise<Community | null> {
    if (!isOpenedBySpace(this.#community)) return null
    const { clock } = this.#ports
    const pauses = { sleep: clock.sleep, signal }
    const manifest = await askSpaceManifest(client, spaceId, pauses, publicPages(this.#ports, signal))
    return manifest === null ? null : withRoomIds(communityFromManifest(manifest), requests, signal)
  }

  get community(): Community {
    return this.#community
  }

  /** What this pass has done to the account beside joining. */
  get traces(): Traces {
    return {
      entered: this.#entered,
      quiet: this.#quiet.quiet,
      leaving: null,
      knockReason: this.#knockReason,
      wish: this.#wish,
    }
  }

  /** How it stands, for the screen. Joining isn't finished before everything is as quiet as it is to be. */
  progress(view: DriverView = this.driver.view): JoinProgress {
    const { clock } = this.#ports
    const queue = progressOf(this.#community, view.state, view, clock.monotonic(), clock.wall())
    const { isBusy, hasFailed } = this.#quiet
    const quiet = { isOn: this.#quiet.quiet.isWanted, isBusy, hasFailed }
    const phase = view.phase === 'finished' && isBusy ? 'running' : view.phase
    return { ...queue, phase, quiet, leaving: null }
  }

  /** Writes it down as it stands. */
  keep(): void {
    this.#save(this.driver.view.state)
  }

  /** Turns the quiet start on or off. */
  turnQuiet(isOn: boolean): void {
    this.#quiet.turn(isOn)
  }

  /** Takes a knock back: once the homeserver has forgotten it the room counts as not asked. */
  async takeBack(key: string): Promise<void> {
    const entry = this.driver.view.state.queue.entries.find((each) => each.key === key)
    if (entry?.status !== 'asked' || entry.roomId === null || this.#takingBack.has(key)) return
    const { clock, fetch } = this.#ports
    const leave = new LeaveDriver(leavingOf([entry.roomId]), {
      requests: leaveRequests(sessionClient(this.#session, fetch)),
      now: () => clock.monotonic(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      // What the queue says holds until the answer: whoever is stopped before takes it back once more.
      save: () => undefined,
      onChange: () => undefined,
    })
    this.#takingBack.set(key, leave)
    await leave.run().finally(() => this.#takingBack.delete(key))
    if (leave.leaving.steps.every((step) => step.status === 'left')) this.driver.takeBack(key)
  }

  /** Looks for what came while Foyer was closed: rooms that arrived late, and invitations. */
  async catchUp(): Promise<void> {
    await this.driver.reconcile()
    this.#watchOver(this.driver.view)
  }

  /** Ends everything of this pass that talks to the homeserver. Resolves when nothing is under way. */
  async end(): Promise<void> {
    this.#isEnded = true
    this.#watch?.abort()
    const takingBack = [...this.#takingBack.values()].map((leave) => leave.cancel())
    await Promise.all([this.driver.pause(), this.#quiet.stop(), ...takingBack])
  }

  #follow(view: DriverView): void {
    const mayWork = view.phase === 'running' || view.phase === 'finished'
    this.#quiet.follow({ queue: view.state.queue, entered: this.#entered }, mayWork)
    this.#watchOver(view)
    this.#tell(view)
  }

  #watchOver({ state }: DriverView): void {
    const isOpen = !this.#isEnded && state.queue.entries.some(isWaiting)
    if (!isOpen) {
      this.#watch?.abort()
      this.#watch = null
    } else if (this.#watch === null) {
      this.#watch = new AbortController()
      const { clock, log } = this.#ports
      const ports = {
        ask: invitationRequest(sessionClient(this.#session, this.#ports.fetch)),
        roomIds: () =>
          this.driver.view.state.queue.entries.filter(isWaiting).flatMap(({ roomId }) => roomId ?? []),
        now: () => clock.monotonic(),
        sleep: (ms: number, signal: AbortSignal) => clock.sleep(ms, signal),
        onInvited: (roomIds: ReadonlySet<string>) => {
          if (this.driver.admit(roomIds)) this.#listener.onAdmitted()
        },
      }
      const watch = this.#watch
      watchInvitations(ports, watch.signal)
        .catch((error: unknown) =>
          log(`joining: ${error instanceof Error ? error.message : 'the watch failed'}`),
        )
        .finally(() => {
          // The account was locked, say; whoever goes on afterwards watches again.
          if (this.#watch === watch) this.#watch = null
        })
    }
  }

  // A fast server answers a hundred times a second; people are told as often as they can see it.
  #tell(view: DriverView = this.driver.view): void {
    const { clock } = this.#ports
    const isNews = view.phase !== this.#told.phase
    if (isNews || clock.monotonic() - this.#told.at >= TELL_EVERY) return this.#tellNow(view)
    if (this.#isToldSoon) return
    this.#isToldSoon = true
    void clock.sleep(TELL_EVERY, unending).then(() => this.#isToldSoon && this.#tellNow(this.driver.view))
  }

  #tellNow(view: DriverView): void {
    this.#isToldSoon = false
    this.#told = { phase: view.phase, at: this.#ports.clock.monotonic() }
    this.#listener.onProgress(this.progress(view), this.#community)
  }

  #save(state: JoinState): void {
    const { keep, clock } = this.#ports
    this.#entered = withReplaced(this.#entered, this.#queue, state.queue)
    this.#queue = state.queue
    keep.journal.set(journalOf(this.#session.userId, state, this.traces, clock.monotonic(), clock.wall()))
  }
}
