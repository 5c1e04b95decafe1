import { communityFromManifest, type Community } from '../../core/communities/community.ts'
import { readManifestText } from '../../core/communities/manifest-text.ts'
import { changesOf } from '../../core/joined/compare.ts'
import {
  acknowledged,
  countOf,
  fingerprint,
  joinedId,
  MOST_COMMUNITIES,
  remembered,
  withInside,
  withoutLeft,
  type JoinedCommunity,
  type PassOutcome,
} from '../../core/joined/joined-community.ts'
import { joinedCard } from '../../core/joined/return.ts'
import type { Account, JoinedCard } from '../../core/onboarding/state.ts'
import { sessionClient, type Session } from '../../matrix/client.ts'
import { getPublicPage } from '../../matrix/http/public-page.ts'
import { lookAgain } from '../../matrix/joined/look-again.ts'
import { askSpaceChildren } from '../../matrix/rooms/space-children.ts'
import type { OnboardingPorts } from '../onboarding/ports.ts'
import type { JoinedFile } from '../storage/joined-record.ts'

/** What these need of the world around them. */
export type JoinedPorts = Pick<
  OnboardingPorts,
  'fetch' | 'strangers' | 'resolveHost' | 'manifests' | 'joined' | 'clock' | 'log'
>

/** The communities that were joined: remembers them on disk, and finds out what has changed in them. */
export class JoinedCommunities {
  #file: JoinedFile
  /** How their pages described them when they were last read. */
  readonly #described = new Map<string, Community>()
  readonly #ports: JoinedPorts
  readonly #onChange: () => void

  /** `onChange` hears of everything that the front doors show. */
  constructor(ports: JoinedPorts, onChange: () => void) {
    this.#ports = ports
    this.#onChange = onChange
    this.#file = ports.joined.get() ?? { version: 1, isWatching: false, communities: [] }
  }

  /** What the front doors show of them. */
  get cards(): readonly JoinedCard[] {
    const { communities } = this.#file
    return communities.map((record) => joinedCard(record, communities))
  }

  /** All of them, the latest first. */
  get records(): readonly JoinedCommunity[] {
    return this.#file.communities
  }

  /** Whether Foyer stays in the tray to look after them. Without any there is nothing to look after. */
  get isWatching(): boolean {
    return this.#file.isWatching && this.#file.communities.length > 0
  }

  /** The one with this ID; null where it was forgotten meanwhile. */
  find(id: string): JoinedCommunity | null {
    return this.#file.communities.find((record) => record.id === id) ?? null
  }

  /** How its page describes it now; null until that was read, and where there is none. */
  describedNow({ id }: JoinedCommunity): Community | null {
    return this.#described.get(id) ?? null
  }

  /** Remembers what came of a pass. */
  remember(outcome: PassOutcome): void {
    const before = this.find(joinedId(outcome.community, outcome.account))
    const record = remembered(before, outcome)
    if (record === null) return
    const others = this.#file.communities.filter(({ id }) => id !== record.id)
    this.#write({ communities: [record, ...others].slice(0, MOST_COMMUNITIES) })
  }

  /** Forgets rooms that were left, and a community without any. */
  onLeft(community: Community, account: Account, leftIds: readonly string[]): void {
    const record = this.find(joinedId(community, account))
    if (record === null) return
    this.#replace(record, withoutLeft(record, new Set(leftIds)))
  }

  /** Looks after it no longer. */
  forget(id: string): void {
    this.#write({ communities: this.#file.communities.filter((record) => record.id !== id) })
  }

  /** The newcomer has seen what has changed. */
  acknowledge(id: string): void {
    const record = this.find(id)
    if (record !== null) this.#replace(record, acknowledged(record, this.#ports.clock.wall()))
  }

  /** Whether Foyer is to stay in the tray. */
  setWatching(isWatching: boolean): void {
    this.#write({ isWatching })
  }

  /** Notes what a member sees of the space's rooms, so that later ones can be told apart. */
  async lookInside(session: Session, community: Community, signal: AbortSignal): Promise<void> {
    const { fetch, clock } = this.#ports
    const id = joinedId(community, { userId: session.userId, homeserver: '' })
    const space = this.find(id)?.joined.find((room) => room.kind === 'space')
    if (space === undefined) return
    const client = sessionClient(session, fetch)
    const children = await askSpaceChildren(client, space.roomId, { sleep: clock.sleep, signal })
    const record = this.find(id)
    if (children === null || record === null || signal.aborted) return
    const roomIds = children.map(({ facts, address }) => facts.roomId ?? address)
    this.#replace(record, withInside(record, roomIds))
  }

  /**
   * Looks at all of them, one after the other. `session` is one that is there anyway. False where nobody answered.
   * Rejects only when aborted.
   */
  async look(session: () => Session | null, signal: AbortSignal): Promise<boolean> {
    let isAnswered = this.#file.communities.length === 0
    for (const { id } of this.#file.communities) {
      const record = this.find(id)
      if (record !== null) isAnswered = (await this.#lookAt(record, session(), signal)) || isAnswered
    }
    return isAnswered
  }

  /** News that no notification has told of, with its communities; from now on it has. */
  takeNews(): readonly JoinedCommunity[] {
    const isNews = (record: JoinedCommunity): boolean =>
      countOf(record.changes) > 0 && fingerprint(record.changes) !== record.notified
    const news = this.#file.communities.filter(isNews)
    if (news.length > 0) {
      const communities = this.#file.communities.map((record) =>
        isNews(record) ? { ...record, notified: fingerprint(record.changes) } : record,
      )
      this.#write({ communities })
    }
    return news
  }

  async #lookAt(record: JoinedCommunity, session: Session | null, signal: AbortSignal): Promise<boolean> {
    const { fetch, strangers, clock } = this.#ports
    const described = await this.#describe(record, signal)
    if (described !== null) this.#described.set(record.id, described)
    const own = session?.userId === record.account.userId ? session : null
    const now = (): number => clock.monotonic()
    const ports = { fetch, strangers, now, sleep: clock.sleep, signal }
    const found = await lookAgain(ports, record, described, own)
    if (found === null) return false
    // Whoever has joined, left or seen something meanwhile knows better than this look.
    if (this.find(record.id) === record)
      this.#replace(record, { ...record, changes: changesOf(record, found) })
    return true
  }

  async #describe({ community }: JoinedCommunity, signal: AbortSignal): Promise<Community | null> {
    const { source } = community
    const { manifests, strangers, resolveHost } = this.#ports
    switch (source?.kind) {
      case 'bundled': {
        const manifest = manifests.find(({ id }) => id === source.id)
        return manifest === undefined ? null : communityFromManifest(manifest)
      }
      case 'page': {
        const page = await getPublicPage(
          strangers.fetch,
          resolveHost,
          source.url,
          'application/json, */*',
          signal,
        )
        const manifest = page.ok ? readManifestText(page.value) : null
        const described = manifest?.ok === true ? communityFromManifest(manifest.value) : null
        // Under the same address there may be another community one day.
        return described?.space?.address === community.space?.address ? described : null
      }
      case undefined:
        return null
    }
  }

  #replace(record: JoinedCommunity, by: JoinedCommunity | null): void {
    const communities = this.#file.communities.flatMap((each) => (each === record ? (by ?? []) : [each]))
    this.#write({ communities })
  }

  #write(change: Partial<JoinedFile>): void {
    this.#file = { ...this.#file, ...change }
    this.#ports.joined.set(this.#file)
    this.#onChange()
  }
}
