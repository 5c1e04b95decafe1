// Walks the whole app as a newcomer, once for each community, and keeps a picture of every screen, light and dark, in
// out/tour/ beside tour.json.
//   npm run tour                                                   all four communities, limits raised
//   npm run tour -- --community auxolotl --limits default          one of them, through Synapse's own limits
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startWorld } from '../../practice/world.ts'
import { buildIfNeeded } from '../../scripts/build-if-needed.ts'
import { openDisplay } from '../../scripts/with-display.ts'
import { readRuntime } from '../../setup/runtime.mjs'
import { tourCommunity, type TourResult } from './tour-community.ts'

const COMMUNITIES = ['galaxy', 'mathesar', 'derse', 'auxolotl'] as const
const OUT = 'out/tour'

const { values } = parseArgs({
  options: {
    community: { type: 'string', multiple: true },
    limits: { type: 'string', default: 'raised' },
  },
})
const wanted = values.community ?? [...COMMUNITIES]
const limits = values.limits === 'default' ? 'default' : 'raised'
const unknown = wanted.find((id) => !COMMUNITIES.some((known) => known === id))

if (unknown !== undefined) {
  console.log(`There is no community “${unknown}”. There are: ${COMMUNITIES.join(', ')}.`)
  process.exitCode = 2
} else process.exitCode = await tour()

async function tour(): Promise<number> {
  const { python } = readRuntime()
  if (python === null) throw new Error('Synapse is missing: run `npm run setup`.')
  buildIfNeeded()
  rmSync(OUT, { recursive: true, force: true })
  mkdirSync(OUT, { recursive: true })
  const display = await openDisplay()
  Object.assign(process.env, display.env)
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort())
  const world = await startWorld({ python, limits, delegates: true, signal: ending.signal })
  const results: TourResult[] = []
  try {
    for (const id of wanted) {
      ending.signal.throwIfAborted()
      const profile = mkdtempSync(join(tmpdir(), 'foyer-tour-'))
      const result = await tourCommunity({
        id,
        world,
        profile,
        pictures: join(OUT, id),
        signal: ending.signal,
      })
      rmSync(profile, { recursive: true, force: true })
      results.push(result)
      writeFileSync(join(OUT, 'tour.json'), `${JSON.stringify({ communities: results }, null, 2)}\n`)
      const { asked, joined, notJoined, actions, seconds } = result
      const rest = notJoined.map(({ room, reason }) => `${room}: ${reason}`).join(', ')
      console.log(
        `${id}: ${joined} of ${asked} rooms, ${actions} clicks and fields, ${seconds} s${rest && ` (${rest})`}`,
      )
    }
    return 0
  } catch (error) {
    if (!ending.signal.aborted) throw error
    return 130
  } finally {
    await world.stop()
    display.close()
  }
}
