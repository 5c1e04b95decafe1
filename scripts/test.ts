// Runs every check there is and ends with one line, "N passed, N failed". Later stages run even when earlier ones
// fail, so that one look at the output tells everything. `node scripts/test.ts unit types` runs just those stages.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { leftovers, markRun } from './leftovers.ts'

interface Count {
  readonly passed: number
  readonly failed: number
}

const UNIT_REPORT = 'test-results/unit.json'
const JOURNEY_REPORT = 'test-results/results.json'

const stages: Readonly<Record<string, () => Count>> = {
  types: () => single(run('tsc', ['--build'])),
  lint: () => single(run('oxlint', ['--type-aware', '--deny-warnings'])),
  format: () => single(run('prettier', ['--check', '--log-level', 'warn', '.'])),
  unit: () => {
    run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`])
    const report = readReport(UNIT_REPORT)
    return report === null
      ? NONE
      : { passed: report['numPassedTests'] ?? 0, failed: report['numFailedTests'] ?? 0 }
  },
  build: () => single(run('electron-vite', ['build', '--logLevel', 'warn'])),
  journeys: () => {
    run('node', ['scripts/with-display.ts', 'playwright', 'test'])
    const stats = readReport(JOURNEY_REPORT)?.['stats'] as unknown as Record<string, number> | undefined
    if (stats === undefined) return NONE
    const { expected = 0, unexpected = 0, flaky = 0 } = stats
    if (flaky > 0) console.log(`journeys: ${flaky} passed at the second try only; their names stand above`)
    return { passed: expected + flaky, failed: unexpected }
  },
  leftovers: () => {
    const running = leftovers()
    for (const line of running) console.log(`Still running: ${line}`)
    return running.length === 0 ? { passed: 1, failed: 0 } : NONE
  },
}

/** A stage that never got to count anything has failed. */
const NONE: Count = { passed: 0, failed: 1 }

const wanted = process.argv.slice(2)
markRun()
mkdirSync('test-results', { recursive: true })
let total: Count = { passed: 0, failed: 0 }
for (const [name, stage] of Object.entries(stages)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const started = performance.now()
  const count = stage()
  total = { passed: total.passed + count.passed, failed: total.failed + count.failed }
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed, ${seconds(started)} s`)
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1

function run(command: string, args: readonly string[]): number {
  rmSync(command === 'vitest' ? UNIT_REPORT : JOURNEY_REPORT, { force: true })
  return spawnSync(command, args, { stdio: 'inherit' }).status ?? 1
}

function single(status: number): Count {
  return status === 0 ? { passed: 1, failed: 0 } : NONE
}

function readReport(path: string): Record<string, number> | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>
  } catch {
    return null
  }
}

function seconds(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1)
}
