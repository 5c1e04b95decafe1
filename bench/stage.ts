import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProxyAgent, fetch as undiciFetch } from 'undici'
import type { Session } from '../matrix/client.ts'
import type { Fetch } from '../matrix/http/fetch.ts'
import { askAliasDirectory } from '../matrix/rooms/room-summary.ts'
import { createAccount } from '../practice/admin.ts'
import type { Limits } from '../practice/limits.ts'
import type { ServerName } from '../practice/servers.ts'
import { startWorld, type PracticeWorld } from '../practice/world.ts'
import { readRuntime } from '../setup/runtime.mjs'
import type { Places } from './bound.ts'
import { addressesOf, type RoomList } from './room-lists.ts'

/** A practice world of its own for some runs, and what they reach it with. */
export interface Stage {
  readonly world: PracticeWorld
  readonly limits: Limits
  readonly fetch: Fetch
  /** For what a run has to write; goes with the stage. */
  readonly scratch: string
  readonly signal: AbortSignal
}

/** Starts a world, hands it to `play`, and ends it whatever happens. */
export async function onStage<Result>(
  limits: Limits,
  signal: AbortSignal,
  play: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const { python } = readRuntime()
  if (!python) throw new Error('There is no Python with matrix-synapse: run `npm run setup practice`.')
  const world = await startWorld({ python, limits, signal, log: (line) => console.error(line) })
  const dispatcher = new ProxyAgent({ uri: world.proxyUrl, requestTls: { ca: world.caPem } })
  const scratch = await mkdtemp(join(tmpdir(), 'foyer-bench-'))
  const fetch: Fetch = (input, init) => undiciFetch(input as string, { ...(init as object), dispatcher })
  try {
    return await play({ world, limits, fetch, scratch, signal })
  } finally {
    await dispatcher.destroy()
    await world.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

let count = 0

/** An account that nobody has used before, so one whose buckets are empty. */
export async function newcomer({ world }: Stage, server: ServerName): Promise<Session> {
  const accessToken = await createAccount(world, server, { username: `bench-${count++}` })
  const whoami = await world.client.request(server, '/_matrix/client/v3/account/whoami', {
    token: accessToken,
  })
  return {
    baseUrl: `https://${server}`,
    userId: String(whoami['user_id']),
    deviceId: String(whoami['device_id']),
    accessToken,
  }
}

/** Counts by the homeserver's alias directory which rooms it takes part in. */
export async function placesOf(
  { fetch, signal }: Stage,
  server: ServerName,
  list: RoomList,
): Promise<Places> {
  const answers = await Promise.all(
    addressesOf(list).map((alias) => askAliasDirectory(fetch, `https://${server}`, alias, { signal })),
  )
  const isLocal = answers.map((answer) => {
    if (typeof answer === 'string') throw new Error(`${server} says of a room to be measured: ${answer}`)
    return answer.servers.includes(server)
  })
  const local = isLocal.filter(Boolean).length
  return { local, remote: isLocal.length - local }
}
