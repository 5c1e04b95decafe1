import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ACCESS_LOG } from './homeserver-config.ts'
import { serverOf } from './servers.ts'
import type { PracticeWorld } from './world.ts'

/** One request for a room that a homeserver has answered. */
export interface JoinRequest {
  /** Room ID or alias, as it was asked for. */
  readonly room: string
  /** The HTTP status it was answered with. */
  readonly status: number
  /** Servers that were named, in the current parameter and in the older one. */
  readonly via: readonly string[]
  readonly serverName: readonly string[]
}

// "… {@ada:matrix.org} Processed request: … 58B 200 "POST /_matrix/client/v3/join/!a%3Ab?via=c HTTP/1.1" …"
const JOIN = /\{(@[^}]+)\} Processed request: .*? (\d{3}!?) "POST (\/_matrix\/client\/[^/]+\/join\/\S+) HTTP/

/**
 * All join requests of a user in the order in which their homeserver answered them, read from its log of requests.
 * A request that was never answered is not among them.
 */
export async function joinRequestsOf(
  world: Pick<PracticeWorld, 'directory'>,
  userId: string,
): Promise<JoinRequest[]> {
  const log = await readFile(join(world.directory, serverOf(userId), ACCESS_LOG), 'utf8')
  return log.split('\n').flatMap((line) => {
    const [, user, status = '', target = ''] = JOIN.exec(line) ?? []
    if (user !== userId) return []
    const url = new URL(target, 'https://server.example')
    const room = decodeURIComponent(url.pathname.split('/join/')[1] ?? '')
    const named = (name: string): string[] => url.searchParams.getAll(name)
    return [
      { room, status: Number.parseInt(status, 10), via: named('via'), serverName: named('server_name') },
    ]
  })
}
