import { readRuntime } from '../setup/runtime.mjs'
import { describeForPeople } from './describe-for-people.ts'
import { readOptions } from './options.ts'
import { startWorld } from './world.ts'

/*
 * `npm run practice [-- --limits raised]`: runs a practice world by itself until Ctrl-C or a signal to end.
 */

const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort())

try {
  await run()
} catch (error) {
  if (!ending.signal.aborted) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
// Standard input may still be open, and would keep us here.
process.exit()

async function run(): Promise<void> {
  const { python, isEndingWithInput, ...kind } = readOptions(process.argv.slice(2))
  if (isEndingWithInput) process.stdin.resume().once('end', () => ending.abort())
  const isEnding = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()))
  const world = await startWorld({
    python: python ?? pythonOfSetup(),
    ...kind,
    signal: ending.signal,
    log: (line) => console.error(line),
  })
  console.log(describeForPeople(world, kind.limits))
  await isEnding
  await world.stop()
  console.log('The practice world is gone.')
}

function pythonOfSetup(): string {
  const { python } = readRuntime()
  if (!python)
    throw new Error('There is no Python with matrix-synapse: run `npm run setup`, or pass --python.')
  return python
}
