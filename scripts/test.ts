// Runs every check there is and ends with one line, "N passed, N failed". Later stages run even when earlier ones
// fail, so that one look at the output tells everything. `node scripts/test.ts unit types` runs just those stages.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { journeysThatWere, vitestFailures, vitestSecondTries } from './failures.ts'
import { leftovers, markRun } from './leftovers.ts'

interface Count {
  readonly passed: number
  readonly failed: number
}

/** Runs a program. True if it ended well. */
type Run = (command: string, ...args: readonly string[]) => Promise<boolean>

type Stage = (run: Run) => Promise<Count>

/** Stages of a lane run one after the other. */
type Lane = Readonly<Record<string, Stage>>

const JOURNEY_REPORT = 'test-results/results.json'

/** A stage that never got to count anything has failed. */
const NONE: Count = { passed: 0, failed: 1 }

/**
 * Lanes of a round run beside each other: tests against real homeservers mostly wait. Journeys have the computer to
 * themselves, as they look at what people would see in time.
 */
const rounds: readonly (readonly Lane[])[] = [
  [
    {
      types: single('tsc', '--build'),
      lint: single('oxlint', '--type-aware', '--deny-warnings'),
      format: single('prettier', '--check', '--log-level', 'warn', '.'),
      build: single('electron-vite', 'build', '--logLevel', 'warn'),
      unit: vitest('core', 'pure', 'screens'),
    },
    { world: vitest('world') },
  ],
  [{ journeys }],
  [{ leftovers: nothingLeft }],
]

const wanted = process.argv.slice(2)
markRun()
mkdirSync('test-results', { recursive: true })
let total: Count = { passed: 0, failed: 0 }
/** What the end of the output says once more. */
const failures: string[] = []
for (const round of rounds) {
  const lanes = round.map(stagesOf).filter((lane) => lane.length > 0)
  await Promise.all(lanes.map((lane) => runLane(lane, lanes.length > 1)))
}
for (const failure of failures) console.log(failure)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1

function stagesOf(lane: Lane): (readonly [string, Stage])[] {
  return Object.entries(lane).filter(([name]) => wanted.length === 0 || wanted.includes(name))
}

async function runLane(lane: readonly (readonly [string, Stage])[], hasCompany: boolean): Promise<void> {
  for (const [name, stage] of lane) {
    const started = performance.now()
    const count = await stage(runner(hasCompany ? name : null))
    if (count.failed > 0) failures.push(`Failed: ${name}`)
    total = { passed: total.passed + count.passed, failed: total.failed + count.failed }
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${name}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`)
  }
}

function single(command: string, ...args: readonly string[]): Stage {
  return async (run) => ((await run(command, ...args)) ? { passed: 1, failed: 0 } : NONE)
}

function vitest(...projects: readonly string[]): Stage {
  const path = `test-results/${projects.join('-')}.json`
  return async (run) => {
    rmSync(path, { force: true })
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`]
    const ended = await run('vitest', 'run', ...projects.map((name) => `--project=${name}`), ...reporters)
    const report = readReport(path)
    if (report === null) return NONE
    failures.push(...vitestFailures(report))
    for (const test of vitestSecondTries(report)) failures.push(`At the second try only: ${test}`)
    const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = report
    // A file that can't be read has no tests that could fail.
    return { passed, failed: ended ? failed : Math.max(1, failed) }
  }
}

async function journeys(run: Run): Promise<Count> {
  rmSync(JOURNEY_REPORT, { force: true })
  await run('node', 'scripts/with-display.ts', 'playwright', 'test')
  const report = readReport(JOURNEY_REPORT)
  const stats = report?.['stats'] as unknown as Record<string, number> | undefined
  if (report === null || stats === undefined) return NONE
  const { expected = 0, unexpected = 0, flaky = 0 } = stats
  failures.push(...journeysThatWere('unexpected', report))
  for (const journey of journeysThatWere('flaky', report)) failures.push(`At the second try only: ${journey}`)
  return { passed: expected + flaky, failed: unexpected }
}

async function nothingLeft(): Promise<Count> {
  const running = leftovers()
  for (const line of running) console.log(`Still running: ${line}`)
  return running.length === 0 ? { passed: 1, failed: 0 } : NONE
}

/** Begins each line of a program with a name, unless that is null. */
function runner(name: string | null): Run {
  return async (command, ...args) => {
    const child = spawn(command, args, { stdio: name === null ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
    const ended = new Promise<boolean>((resolve) => {
      child.once('error', (error) => {
        console.log(error.message)
        resolve(false)
      })
      // What it has left running may hold its streams open; that is counted later.
      child.once('exit', () => setTimeout(() => letGo(child.stdout, child.stderr), 2_000).unref())
      child.once('close', (code) => resolve(code === 0))
    })
    for (const stream of [child.stdout, child.stderr]) pass(stream, name ?? '')
    return ended
  }
}

function pass(stream: Readable | null, name: string): void {
  if (stream !== null)
    createInterface(stream).on('line', (line) => console.log(`${name.padEnd(6)} | ${line}`))
}

function letGo(...streams: readonly (Readable | null)[]): void {
  for (const stream of streams) stream?.destroy()
}

function readReport(path: string): Record<string, number> | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>
  } catch {
    return null
  }
}
