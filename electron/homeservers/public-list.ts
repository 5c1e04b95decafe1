import {
  publicServersSchema,
  type PublicServer,
  type PublicServers,
} from '../../core/homeservers/catalogue.ts'
import { getJson, type Fetch } from '../../matrix/http/fetch.ts'

/** Where a refreshed list is kept between starts. */
export interface KeptList {
  get(): RefreshedList | null
  set(list: RefreshedList): void
}

/** A list as it was fetched, and when: wall-clock milliseconds. */
export interface RefreshedList {
  readonly askedAt: number
  /** Null where none came that is newer than the bundled one. */
  readonly list: PublicServers | null
}

const DAY = 24 * 60 * 60_000

/**
 * The list of public homeservers: the bundled one, or a newer one from the address that the bundled one names. A
 * refreshed list is held to the same schema, can't name another address, and adds suggestions only: everything said of
 * a homeserver comes from the homeserver.
 */
export class PublicList {
  readonly #bundled: PublicServers
  readonly #kept: KeptList

  constructor(bundled: PublicServers, kept: KeptList) {
    this.#bundled = bundled
    this.#kept = kept
  }

  get servers(): readonly PublicServer[] {
    const refreshed = this.#kept.get()?.list ?? null
    return refreshed !== null && refreshed.date > this.#bundled.date
      ? refreshed.servers
      : this.#bundled.servers
  }

  /** Asks for a newer list, once a day at most. `now` is wall-clock time. Answers whether a newer one came. */
  async refresh(fetch: Fetch, now: number): Promise<boolean> {
    const { refreshFrom, date } = this.#bundled
    const before = this.#kept.get()
    const isRecent = before !== null && before.askedAt <= now && now - before.askedAt < DAY
    if (refreshFrom === null || isRecent) return false
    const answer = await getJson(fetch, new URL(refreshFrom))
    // Nobody could be asked: the next time that the network is back will do.
    if (answer === null) return false
    const list = answer.status === 200 ? publicServersSchema.safeParse(answer.body) : null
    const known = before?.list ?? null
    const isNewer = list?.success === true && list.data.date > (known?.date ?? date)
    this.#kept.set({ askedAt: now, list: isNewer ? list.data : known })
    return isNewer
  }
}
