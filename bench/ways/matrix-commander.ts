import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Way } from '../measure.ts'
import { addressesOf } from '../room-lists.ts'

const MOST_SECONDS = 300

/** The command-line client, given all rooms in one call as its manual says, with a sign-in made beforehand. */
export function matrixCommander(executable: string): Way {
  return {
    name: 'matrix-commander',
    async join(stage, session, list) {
      const { world, signal } = stage
      const home = await mkdtemp(join(stage.scratch, 'matrix-commander-'))
      const credentials = join(home, 'credentials.json')
      await mkdir(join(home, 'store'))
      await writeFile(
        credentials,
        JSON.stringify({
          homeserver: session.baseUrl,
          device_id: session.deviceId,
          user_id: session.userId,
          // The room that messages would go to.
          room_id: addressesOf(list)[0],
          access_token: session.accessToken,
        }),
      )
      const parameters = ['--credentials', credentials, '--store', join(home, 'store')]
      const network = ['--proxy', world.proxyUrl, '--ssl-certificate', world.caPath]
      // It ends with an error when a room was refused, which is what is measured here.
      await promisify(execFile)(
        executable,
        [...parameters, ...network, '--room-join', ...addressesOf(list)],
        {
          cwd: home,
          env: { HOME: home, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' },
          timeout: MOST_SECONDS * 1000,
          signal,
        },
      ).catch(() => undefined)
    },
  }
}
