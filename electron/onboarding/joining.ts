import { isAlias, serverOf } from '../../core/addresses/room-address.ts'
import { withSpaceChildren, type Community, type CommunityRoom } from '../../core/communities/community.ts'
import type { JoinState } from '../../core/joining/engine.ts'
import { freshPace } from '../../core/joining/pace.ts'
import { planJoins } from '../../core/joining/plan.ts'
import { progressOf } from '../../core/joining/progress.ts'
import { afterRestart } from '../../core/joining/queue.ts'
import { chosenBy } from '../../core/onboarding/choice.ts'
import type { JoinLine, JoinProgress, RoomsState } from '../../core/onboarding/state.ts'
import { sessionClient, type Session } from '../../matrix/client.ts'
import { JoinDriver, type DriverView } from '../../matrix/joining/join-driver.ts'
import { joinRequests, type JoinRequests } from '../../matrix/joining/join-requests.ts'
import { unending } from '../../matrix/http/tempo.ts'
import { withLeftOutRooms } from '../../matrix/rooms/left-out-rooms.ts'
import { askSpaceChildren } from '../../matrix/rooms/space-children.ts'
import { paceAfterRestart } from '../../core/joining/journal.ts'
import { journalOf, type Journal } from '../storage/pass-record.ts'
import { inParallel } from '../../matrix/in-parallel.ts'
import type { OnboardingPorts } from './ports.ts'

/** The queue for what was chosen on the rooms screen. What is known of the rooms' place spares look-ups later. */
export function planned(state: RoomsState): JoinState {
  const queue = planJoins(state.community, state.chosen, state.roomsHere)
  return { queue, pace: freshPace }
}

/** The queue of an earlier run of the app. */
export function resumed(journal: Journal, ports: OnboardingPorts): JoinState {
  const pace = paceAfterRestart(journal, ports.clock.monotonic(), ports.clock.wall())
  return { queue: afterRestart(journal.queue), pace }
}

/** The queue for the rooms of a pass whose journal is lost. */
export function replanned(community: Community, lines: readonly JoinLine[]): JoinState {
  const keys = lines.map((line) => line.key)
  return { queue: planJoins(community, keys), pace: freshPace }
}

/** One pass's joining: the driver, its journal, and how it looks on the screen. */
export class Joining {
  readonly driver: JoinDriver
  #community: Community
  readonly #ports: OnboardingPorts

  constructor(
    ports: OnboardingPorts,
    session: Session,
    community: Community,
    state: JoinState,
    /** The choice included rooms that show themselves only inside the space. */
    includesHidden: boolean,
    onProgress: (progress: JoinProgress, community: Community) => void,
  ) {
    this.#ports = ports
    this.#community = community
    const client = sessionClient(session, ports.fetch)
    const requests = joinRequests(client, ports.fetch)
    this.driver = new JoinDriver(state, {
      requests,
      ownServer: serverOf(session.userId) ?? '',
      knockReason: `I would like to join ${community.name}.`,
      now: () => ports.clock.monotonic(),
      sleep: (ms, signal) => ports.clock.sleep(ms, signal),
      save: (next) =>
        ports.keep.journal.set(journalOf(session.userId, next, ports.clock.monotonic(), ports.clock.wall())),
      onChange: (view) => onProgress(this.progress(view), this.#community),
      roomsInside: async (spaceId) => {
        if (!includesHidden) return []
        const pauses = { sleep: ports.clock.sleep, signal: unending }
        const shown = await askSpaceChildren(client, spaceId, pauses)
        if (shown === null) return null
        const children = await withLeftOutRooms(client, shown, pauses)
        this.#community = withSpaceChildren(await withRoomIds(this.#community, requests), children)
        const chosen = new Set(chosenBy('all', this.#community, []))
        return this.#community.rooms.filter((room) => chosen.has(room.key))
      },
    })
  }

  get community(): Community {
    return this.#community
  }

  /** How it stands, for the screen. */
  progress(view: DriverView = this.driver.view): JoinProgress {
    const { clock } = this.#ports
    return progressOf(this.#community, view.state, view, clock.monotonic(), clock.wall())
  }
}

/** The community with the ID of every room that an alias leads to, so that the space's rooms are told apart. */
async function withRoomIds(community: Community, requests: JoinRequests): Promise<Community> {
  const found = new Map<string, string>()
  const unknown = community.rooms.filter((room) => room.roomId === null && isAlias(room.address))
  await inParallel(unknown, 4, async (room) => {
    const answer = await requests.resolve(room.address)
    if (typeof answer !== 'string') found.set(room.key, answer.roomId)
  })
  const withId = (room: CommunityRoom): CommunityRoom => ({
    ...room,
    roomId: room.roomId ?? found.get(room.key) ?? null,
  })
  return { ...community, rooms: community.rooms.map(withId) }
}
