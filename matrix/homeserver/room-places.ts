import { isAlias } from '../../core/addresses/room-address.ts'
import type { RoomPlace } from '../../core/homeservers/fit.ts'
import { endpoint, getJson, type Fetch } from '../http/fetch.ts'
import { inParallel } from '../in-parallel.ts'
import { askAliasDirectory } from '../rooms/room-summary.ts'

/** Questions to one homeserver at a time. */
const PARALLEL = 3
/** A homeserver that keeps silent so often in a row isn't asked about further rooms. */
const MOST_SILENCES = 3
/** How long an answer counts, in milliseconds: rooms come to a server when somebody joins, not by the minute. */
const LASTING = 10 * 60_000

interface RoomToPlace {
  readonly key: string
  readonly address: string
}

interface AskedServer {
  readonly name: string
  readonly baseUrl: string
}

/**
 * Asks homeservers without an account which rooms they take part in, and remembers it: who goes back and forth between
 * screens doesn't have them asked again.
 */
export class RoomPlaces {
  readonly #fetch: Fetch
  readonly #now: () => number
  readonly #known = new Map<string, { readonly place: RoomPlace; readonly at: number }>()

  /** `now` in milliseconds that never jump. */
  constructor(fetch: Fetch, now: () => number) {
    this.#fetch = fetch
    this.#now = now
  }

  /** Tells of each room as its answer arrives. Rejects only when `signal` was aborted. */
  async ask(
    server: AskedServer,
    rooms: readonly RoomToPlace[],
    signal: AbortSignal,
    onPlace: (key: string, place: RoomPlace) => void,
  ): Promise<void> {
    let silences = 0
    await inParallel(rooms, PARALLEL, async ({ key, address }) => {
      const name = `${server.baseUrl} ${address}`
      const known = this.#known.get(name)
      const isFresh = known !== undefined && this.#now() - known.at < LASTING
      if (isFresh) return onPlace(key, known.place)
      if (silences >= MOST_SILENCES) return onPlace(key, 'unknown')
      const place = await askPlace(this.#fetch, server, address, signal)
      signal.throwIfAborted()
      silences = place === 'unknown' ? silences + 1 : 0
      if (place !== 'unknown') this.#known.set(name, { place, at: this.#now() })
      onPlace(key, place)
    })
  }
}

// Synapse's alias directory lists the servers in the room as far as it knows, itself among them when it is inside. A room
// that has no alias is summed up without help from other servers only by one that is in it.
async function askPlace(
  fetch: Fetch,
  { name, baseUrl }: AskedServer,
  address: string,
  signal: AbortSignal,
): Promise<RoomPlace> {
  if (isAlias(address)) {
    const found = await askAliasDirectory(fetch, baseUrl, address, { signal })
    if (found === 'unreachable' || found === 'tooFast') return 'unknown'
    return found !== 'missing' && found.servers.includes(name) ? 'here' : 'elsewhere'
  }
  const url = endpoint(baseUrl, `/_matrix/client/v1/room_summary/${encodeURIComponent(address)}`)
  const answer = await getJson(fetch, url, { signal })
  if (answer === null || answer.status === 429 || answer.status >= 500) return 'unknown'
  return answer.status === 200 ? 'here' : 'elsewhere'
}
