// Kills the command line and the app at random moments, over random faults, and counts what was lost:
//   npm run kills                                  200 kills of the command line, 20 of the app
//   npm run kills -- --cli 10 --app 0 --seed 7     some of them, with the same faults again
import { parseArgs } from 'node:util'
import { startWorld } from '../../../practice/world.ts'
import { buildIfNeeded } from '../../../scripts/build-if-needed.ts'
import { openDisplay } from '../../../scripts/with-display.ts'
import { readRuntime } from '../../../setup/runtime.mjs'
import { killApp } from './app.ts'
import { killCommandLine } from './cli.ts'
import { breachLines, noTally, tableOf, type Tally } from './tally.ts'

/** So many people at once; most of their time they wait. */
const LANES = 3

const { values } = parseArgs({
  options: {
    cli: { type: 'string', default: '200' },
    app: { type: 'string', default: '20' },
    seed: { type: 'string' },
  },
})
const [cliKills, appKills] = [Number(values.cli), Number(values.app)]
const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed)
if (![cliKills, appKills, seed].every((number) => Number.isSafeInteger(number) && number >= 0)) {
  console.error('Say how many: npm run kills -- [--cli 200] [--app 20] [--seed N]')
  process.exit(2)
}
process.exit(await kill())

async function kill(): Promise<number> {
  const { python } = readRuntime()
  if (python === null) throw new Error('Synapse is missing: run `npm run setup`.')
  const ending = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => ending.abort())
  const { signal } = ending
  console.log(`Seed ${seed}`)
  const display = appKills === 0 ? null : await openDisplay()
  if (display !== null) {
    buildIfNeeded()
    Object.assign(process.env, display.env)
  }
  const world = await startWorld({ python, limits: 'raised', signal })
  try {
    const options = { world, seed, signal, log: (line: string) => console.log(line) }
    const tallies: Record<string, Tally> = {
      'command line':
        cliKills === 0 ? noTally : await killCommandLine({ ...options, kills: cliKills, lanes: LANES }),
      app: appKills === 0 ? noTally : await killApp({ ...options, kills: appKills }),
    }
    console.log(tableOf(tallies))
    for (const tally of Object.values(tallies)) for (const line of breachLines(tally)) console.log(line)
    const isShort =
      Object.values(tallies).reduce((kills, tally) => kills + tally.kills, 0) < cliKills + appKills
    const isClean = Object.values(tallies).every((tally) => breachLines(tally).length === 0)
    const isVerified = tallies['command line']?.unverified.length === 0
    return isClean && isVerified && !isShort ? 0 : 1
  } finally {
    await world.stop()
    display?.close()
  }
}
