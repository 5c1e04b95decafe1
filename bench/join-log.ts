import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ACCESS_LOG } from '../practice/homeserver-config.ts'
import { serverOf } from '../practice/servers.ts'
import type { PracticeWorld } from '../practice/world.ts'

/** A join request as the homeserver saw it. */
export interface LoggedJoin {
  readonly status: number
  /** Milliseconds of the server's wall clock. */
  readonly receivedAt: number
  readonly answeredAt: number
}

// "2026-11-21 03:10:56,123 … {@ada:matrix.org} Processed request: 0.041sec/… 200 "POST /_matrix/client/v3/join/… HTTP"
const JOIN =
  /^(\S+) (\S+),(\d{3}) .*\{(@[^}]+)\} Processed request: ([\d.]+)sec.*? (\d{3})!? "POST \/_matrix\/client\/[^/]+\/join\/\S+ HTTP/

/** All join requests of a user, in the order in which their homeserver answered them, with their moments. */
export async function joinLogOf(world: PracticeWorld, userId: string): Promise<LoggedJoin[]> {
  const log = await readFile(join(world.directory, serverOf(userId), ACCESS_LOG), 'utf8')
  return log.split('\n').flatMap((line) => {
    const joined = loggedJoin(line)
    return joined?.userId === userId ? [joined] : []
  })
}

/** Reads one line of the log, null where it tells of something else. */
export function loggedJoin(line: string): (LoggedJoin & { readonly userId: string }) | null {
  const [, date, time, milliseconds, userId = '', seconds, status] = JOIN.exec(line) ?? []
  if (userId === '') return null
  // Whatever the time zone: only differences matter.
  const answeredAt = Date.parse(`${date}T${time}.${milliseconds}Z`)
  return { userId, status: Number(status), answeredAt, receivedAt: answeredAt - Number(seconds) * 1000 }
}
