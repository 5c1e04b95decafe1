import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readRuntime } from '../setup/runtime.mjs'
import { costShortfalls, type Cost } from './cost.ts'
import { fitShortfalls, measureFit } from './fit.ts'
import { joiningPlot } from './joining-plot.ts'
import { measureMany } from './many.ts'
import type { Way } from './measure.ts'
import { readOptions, type BenchOptions } from './options.ts'
import { measureOverhead } from './overhead.ts'
import { measureQuiet, quietShortfalls } from './quiet.ts'
import { measureReading } from './reading.ts'
import { notInstalled, overheadVerdicts, verdictsOf, type Verdict } from './results.ts'
import { play, scenes, type Scene, type ScenePlayed } from './scenes.ts'
import { costTableOf, fitTableOf, quietTableOf, tableOf } from './table.ts'
import { foyer } from './ways/foyer.ts'
import { installMatrixCommander } from './ways/install-matrix-commander.ts'
import { naiveParallel, retryLoop } from './ways/loops.ts'
import { matrixCommander } from './ways/matrix-commander.ts'

/*
 * `npm run bench -- joining [--json FILE] [--full]`: how long joining takes, beside the earliest end that the
 * homeserver's limits permit and beside other ways to do it. `npm run bench -- fit [--json FILE]`: how long it takes
 * beside what was said before. Real homeservers, in the practice world. `npm run bench -- many [--json FILE]`: what a space
 * of 5,000 rooms costs before anything is joined; no homeserver is needed. `npm run bench -- quiet [--json FILE]`: what a
 * quiet start costs beside joining. `npm run bench -- reading [--json FILE]`: what large and hostile pages, manifests and
 * lists cost.
 */

const plotPath = fileURLToPath(new URL('../docs/joining-plot.svg', import.meta.url))
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort())

try {
  const options = readOptions(process.argv.slice(2))
  const benches = {
    fit: benchFit,
    many: benchCosts(measureMany),
    quiet: benchQuiet,
    joining: benchJoining,
    reading: benchCosts(measureReading),
  }
  await benches[options.what](options, ending.signal)
} catch (error) {
  if (!ending.signal.aborted) console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
// Nothing that is still under way matters any more.
process.exit()

async function benchFit({ jsonPath }: BenchOptions, signal: AbortSignal): Promise<void> {
  say('measuring what was said of 33 and 71 rooms, about two minutes')
  const cases = await measureFit(signal)
  await write(jsonPath, cases)
  console.log(fitTableOf(cases))
  tellOf(fitShortfalls(cases))
}

function benchCosts(measure: () => Promise<readonly Cost[]>) {
  return async ({ jsonPath }: BenchOptions): Promise<void> => {
    const costs = await measure()
    await write(jsonPath, costs)
    console.log(costTableOf(costs))
    tellOf(costShortfalls(costs))
  }
}

async function benchQuiet({ jsonPath }: BenchOptions, signal: AbortSignal): Promise<void> {
  say('measuring joining with and without a quiet start, about five minutes')
  const cases = await measureQuiet(signal)
  await write(jsonPath, cases)
  console.log(quietTableOf(cases))
  tellOf(quietShortfalls(cases))
}

async function benchJoining({ jsonPath, isFull }: BenchOptions, signal: AbortSignal): Promise<void> {
  const peers = await peersOf(signal)
  const isChosen = (scene: Scene): boolean => isFull || !scene.isLong
  const played = await playAll(scenes.filter(isChosen), peers, signal)
  say('measuring 200 rooms without limits')
  const overhead = await measureOverhead(signal)

  const withPeers = played.find(({ scene }) => scene.hasPeers)
  const verdicts: Verdict[] = [
    ...played.flatMap((each) => [...verdictsOf(each), ...missing(each, peers)]),
    ...overheadVerdicts(overhead),
  ]
  const cases = verdicts.map(({ result }) => result)
  if (withPeers !== undefined) await writeFile(plotPath, joiningPlot(withPeers))
  await write(jsonPath, cases)
  console.log(tableOf(cases))
  tellOf(verdicts.flatMap((verdict) => verdict.shortfalls))
}

async function write(jsonPath: string | null, cases: readonly object[]): Promise<void> {
  if (jsonPath !== null) await writeFile(jsonPath, `${JSON.stringify({ cases }, undefined, 2)}\n`)
}

function tellOf(shortfalls: readonly string[]): void {
  for (const shortfall of shortfalls) console.log(`Missed: ${shortfall}`)
  if (shortfalls.length > 0) process.exitCode = 1
}

/**
 * Scenes at default limits are mostly waiting, so they run side by side behind the others; those that are measured
 * in tenths of a second run one after the other, the shortest last, when everything else has settled down.
 */
async function playAll(
  chosen: readonly Scene[],
  peers: Peers,
  signal: AbortSignal,
): Promise<readonly ScenePlayed[]> {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const playOne = async (scene: Scene): Promise<ScenePlayed> => {
    say(`playing ${scene.name}`)
    return play(scene, scene.hasPeers ? [foyer, ...peers.ways] : [foyer], either)
  }
  const inTurn = async (): Promise<ScenePlayed[]> => {
    const done: ScenePlayed[] = []
    for (const scene of chosen.filter((each) => each.limits !== 'default').toReversed())
      done.push(await playOne(scene))
    return done
  }
  const slow = chosen.filter((scene) => scene.limits === 'default').map(playOne)
  const all = [inTurn(), ...slow.map(async (scene) => [await scene])]
  // When one fails the others must end too, and have taken their worlds down, before anything is said.
  for (const each of all) each.catch(() => failed.abort())
  const settled = await Promise.allSettled(all)
  const reasons = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  const cause =
    reasons.find((reason) => !(reason instanceof Error && reason.name === 'AbortError')) ?? reasons[0]
  if (cause !== undefined) throw cause
  const done = settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  return chosen.flatMap((scene) => done.filter((each) => each.scene === scene))
}

interface Peers {
  readonly ways: readonly Way[]
  /** Names of those that can't be had here. */
  readonly missing: readonly string[]
}

async function peersOf(signal: AbortSignal): Promise<Peers> {
  const { python } = readRuntime()
  const executable = python === null ? null : await installMatrixCommander(python, signal, say)
  if (executable === null) return { ways: [naiveParallel, retryLoop], missing: ['matrix-commander'] }
  return { ways: [naiveParallel, retryLoop, matrixCommander(executable)], missing: [] }
}

function missing({ scene, places, bound }: ScenePlayed, peers: Peers): Verdict[] {
  if (!scene.hasPeers) return []
  return peers.missing.map((name) =>
    notInstalled(`${scene.name}: ${name}`, places.local + places.remote, bound),
  )
}

// The table alone goes to standard output.
function say(line: string): void {
  console.error(line)
}
